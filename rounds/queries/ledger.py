"""What each authority gave the others and received from them, in challenges and in days.

A challenge counts from the day both sides have accepted it, until it is cancelled. An
authority's days in it are the days on site times its people on the team; with none of them
entered, the days on site once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.utils.text import slugify

from authorities.models import Membership, Region, Succession
from rounds.models import Challenge, EarlierChallenge, FellowChallenger, Round, TeamMember
from rounds.states import OPEN_TO_TEAM, ChallengeState

C = ChallengeState
COUNTED = (*OPEN_TO_TEAM, C.CLOSED)
TO_COME = (C.ACCEPTED, C.SCOPED, C.READY, C.POSTPONED)
# What was one authority's is another's afterwards; a part that moved, or one that was split,
# leaves its past where it was.
CARRIED = ("merged", "replaced")


@dataclass(frozen=True, order=True)
class Turn:
    """One round in the ledger: run here, or entered as held earlier."""

    first_day: date
    key: str
    name: str


@dataclass(frozen=True)
class Gift:
    """What one authority gave to one host in one challenge.

    `challenges` is 0 where its people sat on the team of another authority's challenge.
    """

    giver: int
    host: int
    turn: Turn
    on: date
    days: int
    challenges: int = 1
    to_come: bool = False


@dataclass(frozen=True)
class Sums:
    """What is given and received, in challenges and in days; `to_come` are days agreed only."""

    challenges_given: int = 0
    challenges_received: int = 0
    days_given: int = 0
    days_received: int = 0
    days_to_come: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.challenges_given + other.challenges_given,
            self.challenges_received + other.challenges_received,
            self.days_given + other.days_given,
            self.days_received + other.days_received,
            self.days_to_come + other.days_to_come,
        )

    @property
    def balance(self) -> int:
        """Days given less days received."""
        return self.days_given - self.days_received

    @property
    def balance_said(self) -> str:
        """“+3”, “0” or “−2”."""
        return f"{self.balance:+d}".replace("-", "\u2212") if self.balance else "0"

    @property
    def in_words(self) -> str:
        if not any((self.challenges_given, self.challenges_received, self.days_given)):
            return "Neither gave nor received yet"
        if not self.balance:
            return "Gave as many days as it received"
        more, less = ("Gave", "received") if self.balance > 0 else ("Received", "gave")
        days = abs(self.balance)
        return f"{more} {days} {'day' if days == 1 else 'days'} more than it {less}"


@dataclass(frozen=True)
class Heir:
    """Who carries on what an authority was, and from which day."""

    authority: int
    on: date


def sums_by_authority(gifts: Iterable[Gift]) -> dict[int, Sums]:
    """Everybody's sums: what is given in all is what is received in all."""
    found: defaultdict[int, Sums] = defaultdict(Sums)
    for gift in gifts:
        to_come = gift.days if gift.to_come else 0
        found[gift.giver] += Sums(gift.challenges, 0, gift.days, 0, to_come)
        found[gift.host] += Sums(0, gift.challenges, 0, gift.days, 0)
    return dict(found)


def carried_over(gifts: Iterable[Gift], heirs: Mapping[int, Heir]) -> list[Gift]:
    """The gifts as those have them who carry on: what was before the day is the heir's."""
    return [
        replace(
            gift,
            giver=heir_of(gift.giver, gift.on, heirs),
            host=heir_of(gift.host, gift.on, heirs),
        )
        for gift in gifts
    ]


def heir_of(authority: int, on: date, heirs: Mapping[int, Heir]) -> int:
    """Whose the authority's acts of that day are now."""
    seen = {authority}
    while (heir := heirs.get(authority)) and on < heir.on and heir.authority not in seen:
        authority = heir.authority
        seen.add(authority)
    return authority


def days_of_team(
    challengers: Sequence[int], seats: Mapping[int, int], days_on_site: int
) -> dict[int, int]:
    """Days by authority: its people times the days on site, at least one of a challenger's."""
    people = dict.fromkeys(challengers, 1) | {key: seats[key] for key in seats if seats[key]}
    return {authority: number * days_on_site for authority, number in people.items()}


def gifts_of(region: Region) -> list[Gift]:
    """Everything given in the region, as those have it who carry on; oldest first."""
    gifts = [*_given_earlier(region), *_given_here(region)]
    return sorted(carried_over(gifts, heirs()), key=lambda gift: (gift.turn, gift.on))


def heirs() -> dict[int, Heir]:
    """Who carries on each authority that is no more."""
    rows = Succession.objects.filter(event__in=CARRIED).values_list("before", "after", "on")
    return {before: Heir(after, on) for before, after, on in rows}


def key_of(round: Round) -> str:
    return f"round-{round.pk}"


def _given_earlier(region: Region) -> list[Gift]:
    turns: dict[str, Turn] = {}
    gifts = []
    for row in EarlierChallenge.objects.filter(region=region).order_by("held_on", "pk"):
        name = row.round_name or str(row.held_on.year)
        key = f"earlier-{slugify(name) or row.held_on.year}"
        turn = turns.setdefault(key, Turn(row.held_on, key, name))
        gifts.append(Gift(row.challenger_id, row.host_id, turn, row.held_on, row.days))
    return gifts


def _given_here(region: Region) -> list[Gift]:
    fellows = FellowChallenger.objects.select_related("participation")
    challenges = list(
        Challenge.objects.filter(round__region=region, state__in=COUNTED)
        .select_related("round", "host", "challenger")
        .prefetch_related("days", "team", Prefetch("fellows", fellows))
        .order_by("pk")
    )
    posts = _posts(member.user_id for one in challenges for member in one.team.all())
    return [gift for one in challenges for gift in _gifts_in(one, posts)]


Post = tuple[int, date, date | None]


def _posts(users: Iterable[int]) -> dict[int, list[Post]]:
    """By person: each authority they worked for, from when to when, the newest first."""
    held: dict[int, list[Post]] = {}
    rows = Membership.objects.filter(user__in=set(users), authority__isnull=False)
    for row in rows.order_by("-from_date", "-pk"):
        if row.authority_id:
            held.setdefault(row.user_id, []).append((row.authority_id, row.from_date, row.to_date))
    return held


def _gifts_in(challenge: Challenge, posts: Mapping[int, list[Post]]) -> list[Gift]:
    """One gift for each challenger, and for each further authority with people on the team."""
    round, host = challenge.round, challenge.host.authority_id
    on = min((day.day for day in challenge.days.all()), default=round.visits_from)
    challengers = [
        challenge.challenger.authority_id,
        *(fellow.participation.authority_id for fellow in challenge.fellows.all()),
    ]
    seats: dict[int, int] = {}
    for member in challenge.team.all():
        authority = _came_from(member, posts.get(member.user_id, []), challengers, on)
        if authority is not None and authority != host:
            seats[authority] = seats.get(authority, 0) + 1
    turn = Turn(round.visits_from, key_of(round), round.name)
    on_site = sum(phase.days for phase in round.format.phases)
    return [
        Gift(giver, host, turn, on, days, int(giver in challengers), challenge.state in TO_COME)
        for giver, days in days_of_team(challengers, seats, on_site).items()
    ]


def _came_from(
    member: TeamMember, posts: Sequence[Post], challengers: Sequence[int], on: date
) -> int | None:
    """Whose post they held on the visit, or when they were seated; a challenger's before others."""
    if member.to_date and member.to_date < on:
        return None
    for day in (on, member.from_date):
        held = [
            authority
            for authority, first, last in posts
            if first <= day and (last is None or day <= last)
        ]
        if held:
            return next((one for one in held if one in challengers), held[0])
    return None
