"""What all authorities of a round can give, at a glance and as a spreadsheet, for its officers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from authorities.models import Intervention
from peerchallenge.shared.spreadsheets import Sheet, Value
from rounds.models import Capacity, HostPreference, Participation, Round
from rounds.queries.availability import FreeDays, days_said, free_days
from rounds.queries.chasing import Tile
from rounds.queries.offering import (
    Strength,
    Wish,
    in_order,
    in_window,
    numbers_of,
    numbers_short,
)
from rounds.states import SENT


@dataclass(frozen=True)
class OfferRow:
    """One line of the officers' table."""

    participation: Participation
    answered: bool
    numbers: str
    most: int
    strengths: list[Strength]
    wishes: list[Wish]
    free: FreeDays
    in_intervention: bool
    note: str
    answered_on: date | None
    answered_by: str

    @property
    def authority(self) -> str:
        return self.participation.authority.name

    @property
    def url(self) -> str:
        place = [self.participation.round_id, self.participation.pk]
        return reverse("round_offer", args=place)

    @property
    def strong_in(self) -> list[str]:
        return [one.name for one in self.strengths]

    @property
    def wished(self) -> str:
        return ", ".join(one.challenger.authority.short_name for one in self.wishes)


def offers_in(round: Round) -> list[OfferRow]:
    """Everybody who takes part, by name; seven queries, however many there are."""
    members = list(
        round.participations.taking_part()
        .select_related("authority", "capacity__answered_by")
        .prefetch_related("strengths__area", "preferences__challenger__authority")
        .order_by("authority__name", "pk")
    )
    free = free_days(round, [member.authority_id for member in members])
    held_back = _in_intervention(members)
    asked = round.format.asked_of_each
    return [
        _row(one, free[one.authority_id], one.authority_id in held_back, asked) for one in members
    ]


def _row(member: Participation, free: FreeDays, in_intervention: bool, asked: int) -> OfferRow:
    capacity: Capacity | None = getattr(member, "capacity", None)
    answered = capacity.answered_at if capacity else None
    wishes: Iterable[HostPreference] = member.preferences.all()
    return OfferRow(
        participation=member,
        answered=answered is not None,
        numbers=numbers_short(capacity, asked),
        most=numbers_of(capacity, asked)[1],
        strengths=in_order(member.strengths.all()),
        wishes=[Wish(row.challenger, row.reason) for row in wishes],
        free=free,
        in_intervention=in_intervention,
        note=capacity.note if capacity else "",
        answered_on=timezone.localdate(answered) if answered else None,
        answered_by=str(capacity.answered_by) if capacity and answered else "",
    )


def _in_intervention(members: Iterable[Participation]) -> set[int]:
    today = timezone.localdate()
    now = Intervention.objects.between(today, today)
    here = [member.authority_id for member in members]
    return set(now.filter(authority__in=here).values_list("authority", flat=True))


@dataclass(frozen=True)
class Cover:
    """An area with who is strong in it, and how many hosts have chosen it so far."""

    area: str
    strong: list[str]
    hosts: int


def cover_of(round: Round, rows: Sequence[OfferRow]) -> list[Cover]:
    """The round's areas in their order; two queries. What is not sent yet is nobody's to count."""
    chosen = Counter(
        round.participations.taking_part()
        .filter(self_assessment__state__in=SENT, self_assessment__area__isnull=False)
        .values_list("self_assessment__area__name", flat=True)
    )
    names = [str(name) for name in round.areas.values_list("name", flat=True)]
    return [
        Cover(
            name,
            [row.participation.authority.short_name for row in rows if name in row.strong_in],
            chosen[name],
        )
        for name in names
    ]


def offers_tiles(round: Round, rows: Sequence[OfferRow]) -> list[Tile]:
    """How many have answered, who has not, and what all of them could give."""
    url = reverse("round_offers", args=[round.pk])
    answered = sum(row.answered for row in rows)
    most = sum(row.most for row in rows)
    hosts = len(rows) * int(round.format.data["rules"].get("challenges_per_host", 1))
    return [
        Tile(answered, "answered", url),
        Tile(len(rows) - answered, "not answered yet", f"{url}?show=missing"),
        Tile(most, f"challenges could be given, {hosts} are needed", url),
    ]


OFFERS = {
    "Authority": 34,
    "Answered on": 14,
    "Answered by": 28,
    "Gives": 14,
    "Strengths": 60,
    "Wishes for": 60,
    "Working days free": 12,
    "Rather not": 12,
    "Working days of the round": 12,
    "Cannot or rather not": 60,
    "In intervention": 14,
    "Note": 60,
}


def offers_sheet(round: Round) -> Sheet:
    """All that came in, reasons and evidence too: for the officers who match."""
    rows = offers_in(round)
    away: dict[int | None, list[str]] = {}
    for one in in_window(round, [row.participation.authority_id for row in rows]):
        away.setdefault(one.authority_id, []).append(days_said(one))
    table: list[list[Value]] = [
        [
            row.authority,
            row.answered_on,
            row.answered_by,
            row.numbers,
            "\n\n".join(one.said for one in row.strengths),
            "\n\n".join(f"{place}. {one.said}" for place, one in enumerate(row.wishes, 1)),
            row.free.free,
            row.free.rather_not,
            row.free.working,
            "\n".join(away.get(row.participation.authority_id, [])),
            "Yes" if row.in_intervention else "",
            row.note,
        ]
        for row in rows
    ]
    return Sheet("What authorities can give", list(OFFERS), table, list(OFFERS.values()))
