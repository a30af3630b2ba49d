"""The reviewer pool as its page shows it: who is trained, lapsed, never used, over-used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from authorities.models import Authority, Region, User
from authorities.queries.reviewers import LATELY, SOON
from authorities.states import Role, TeamSeat
from peerchallenge.shared.spreadsheets import Sheet, Value
from rounds.queries.chasing import Tile
from rounds.queries.pool import PoolMember, pool_of
from rounds.queries.visits import counted

# Whoever named no most is over-used with more than so many times what the others gave.
TIMES, LEAST_DAYS = 2, 4
SHOW = {
    "": "Everybody",
    "trained": "Trained",
    "lapsing": "Training lapses soon or has lately",
    "lapsed": "Training has lapsed",
    "untrained": "Not trained",
    "never": "Never used",
    "over": "Over-used",
    "paused": "Asks not to be asked",
}
SORTS = {
    "name": "Name",
    "authority": "Authority",
    "trained": "Training",
    "days": "Days in 12 months",
    "challenges": "Challenges given",
}
SEAT_LABELS = dict(TeamSeat.choices)


@dataclass(frozen=True)
class Line:
    """One person of the pool, in words."""

    member: PoolMember
    # More than their own most, or than the others; empty where they are not.
    over: str = ""

    @property
    def name(self) -> str:
        return self.member.user.name

    @property
    def authority(self) -> str:
        return self.member.authority.name

    @property
    def never(self) -> bool:
        return not self.member.given.challenges and not self.member.given.days_to_come

    @property
    def seats(self) -> str:
        """As they said; else what their post makes likely."""
        own = ", ".join(SEAT_LABELS[seat] for seat in self.member.seats if seat in SEAT_LABELS)
        return own or "Not said"

    @property
    def trained(self) -> str:
        """“Trained until 3 March 2028”, “Lapsed on 3 March 2026”, “Not trained”."""
        member = self.member
        if member.trained_on is None:
            return "Not trained"
        if member.lapsed and member.trained_until:
            return f"Lapsed on {_day(member.trained_until)}"
        if member.trained_until:
            return f"Trained until {_day(member.trained_until)}"
        return f"Trained on {_day(member.trained_on)}"

    @property
    def days(self) -> str:
        """“4, at most 6; 2 to come”."""
        given, most = self.member.given, self.member.days_most
        limit = f", at most {most}" if most is not None else ""
        to_come = f"; {given.days_to_come} to come" if given.days_to_come else ""
        return f"{given.days}{limit}{to_come}"

    @property
    def use(self) -> str:
        """“Never used”, “Over-used: …”, or when they last were."""
        if self.over:
            return self.over
        if self.never:
            return "Never used"
        last = self.member.given.last_day
        return f"Last on {_day(last)}" if last else "Booked for the first time"

    @property
    def paused(self) -> str:
        until = self.member.paused_until
        return f"Asks not to be asked until {_day(until)}" if self.member.paused and until else ""

    @property
    def lapsing(self) -> bool:
        until = self.member.trained_until
        return until is not None and self.member.on - LATELY <= until <= self.member.on + SOON


@dataclass(frozen=True)
class Pool:
    """All that a person may see of it, and what over-used means today."""

    lines: list[Line]
    average: float

    @property
    def over_said(self) -> str:
        average = f"{self.average:.1f}".removesuffix(".0")
        return (
            "Over-used is who gave more days in 12 months than the most they named; where they "
            f"named none, more than {'twice' if TIMES == 2 else f'{TIMES} times'} the average of "
            f"those who gave any ({average} today), from {LEAST_DAYS} days on."
        )

    @property
    def tiles(self) -> list[Tile]:
        return [
            Tile(len(self.lines), "in the pool", "?"),
            Tile(sum(WANTED["trained"](one) for one in self.lines), "trained", "?show=trained"),
            Tile(sum(WANTED["lapsed"](one) for one in self.lines), "lapsed", "?show=lapsed"),
            Tile(sum(WANTED["never"](one) for one in self.lines), "never used", "?show=never"),
            Tile(sum(WANTED["over"](one) for one in self.lines), "over-used", "?show=over"),
        ]

    @property
    def expertise(self) -> list[str]:
        """Everything that somebody knows, by name."""
        names = {name for one in self.lines for name in one.member.expertise}
        return sorted(names, key=str.casefold)


WANTED: dict[str, Callable[[Line], bool]] = {
    "": lambda one: True,
    "trained": lambda one: one.member.trained,
    "lapsing": lambda one: one.lapsing,
    "lapsed": lambda one: one.member.lapsed,
    "untrained": lambda one: one.member.trained_on is None,
    "never": lambda one: one.never,
    "over": lambda one: bool(one.over),
    "paused": lambda one: one.member.paused,
}
BY: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "name": lambda one: (),
    "authority": lambda one: (one.authority.casefold(),),
    "trained": lambda one: (
        one.member.trained_on is not None,
        one.member.trained_until or date.max,
    ),
    "days": lambda one: (-one.member.given.days, -one.member.given.days_to_come),
    "challenges": lambda one: (-one.member.given.challenges,),
}


def pool_seen_by(user: User, on: date) -> Pool:
    """All of the regions whose officer they are; their own authority's for a director."""
    runs = user.regions_where(Role.BOARD_OFFICER)
    own = user.authorities_where(Role.DIRECTOR)
    theirs = Authority.objects.filter(pk__in=own).values("region")
    members: dict[int, PoolMember] = {}
    averages: list[float] = []
    for region in Region.objects.filter(pk__in=runs) | Region.objects.filter(pk__in=theirs):
        pool = pool_of(region, on)
        averages.append(_average(pool))
        seen = (one for one in pool if region.pk in runs or one.authority.pk in own)
        members |= {one.user.pk: one for one in seen}
    average = max(averages, default=0)
    found = sorted(members.values(), key=lambda one: (one.user.name.casefold(), one.user.pk))
    return Pool([_line(one, average) for one in found], average)


def chosen(
    pool: Pool, *, show: str = "", seat: str = "", expertise: str = "", sort: str = "name"
) -> list[Line]:
    """Those that fit all of it, in this order; by name where they are equal."""
    found = [
        one
        for one in pool.lines
        if WANTED[show](one)
        and (not seat or seat in one.member.seats)
        and (not expertise or expertise in one.member.expertise)
    ]
    return sorted(found, key=BY[sort])


def line_of(pool: Pool, user: int) -> Line | None:
    return next((one for one in pool.lines if one.member.user.pk == user), None)


def _average(pool: Sequence[PoolMember]) -> float:
    given = [one.given.days for one in pool if one.given.days]
    return sum(given) / len(given) if given else 0


def _line(member: PoolMember, average: float) -> Line:
    line, days = Line(member), member.given.days
    if member.days_most is not None:
        over = days > member.days_most
        why = f"gave {counted(days, 'day')}, {member.days_most} at most"
    else:
        over = days >= LEAST_DAYS and days > TIMES * average
        why = f"gave {counted(days, 'day')}, the average is {average:.1f}".removesuffix(".0")
    return replace(line, over=f"Over-used: {why}") if over else line


COLUMNS = {
    "Name": 28,
    "E-mail address": 34,
    "Authority": 34,
    "Seats": 40,
    "Knows well": 50,
    "Trained on": 14,
    "Counts until": 14,
    "Training": 26,
    "Days in 12 months": 12,
    "Days at most": 12,
    "Days to come": 12,
    "Challenges given": 12,
    "Use": 40,
    "Asks not to be asked until": 16,
}


def pool_sheet(lines: Sequence[Line]) -> Sheet:
    """Everything but the officers' notes."""
    table: list[list[Value]] = [
        [
            one.name,
            one.member.user.email,
            one.authority,
            one.seats,
            "\n".join(one.member.expertise),
            one.member.trained_on,
            one.member.trained_until,
            one.trained,
            one.member.given.days,
            one.member.days_most,
            one.member.given.days_to_come,
            one.member.given.challenges,
            one.use,
            one.member.paused_until if one.member.paused else None,
        ]
        for one in lines
    ]
    return Sheet("Reviewer pool", list(COLUMNS), table, list(COLUMNS.values()))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
