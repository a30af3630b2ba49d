"""What authorities can give in a round: one of them in full, and all of them at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peerchallenge.shared import personal_data
from rounds.models import (
    Capacity,
    Participation,
    PriorityArea,
    Round,
    StrengthOffered,
    Unavailable,
)
from rounds.models.questionnaire import mark
from rounds.queries.availability import FreeDays, free_days
from rounds.queries.writing import said_when
from rounds.states import ParticipationState

MOST_WISHES, MOST_OWN = 3, 3
NOTHING = "Nothing special"


@dataclass(frozen=True)
class Strength:
    """An area of the round or one of the authority's own, and how it knows."""

    area: PriorityArea | None = None
    own_area: str = ""
    evidence: str = ""

    @property
    def name(self) -> str:
        return self.area.name if self.area else self.own_area

    @property
    def said(self) -> str:
        return f"{self.name}\n{self.evidence}".strip()


@dataclass(frozen=True)
class Wish:
    """A challenger that a host would like to have, and why."""

    challenger: Participation
    reason: str = ""

    @property
    def said(self) -> str:
        left = self.challenger.state == ParticipationState.WITHDRAWN
        name = f"{self.challenger.authority}{' (has left the round)' if left else ''}"
        return f"{name}\n{self.reason}".strip()


@dataclass(frozen=True)
class Offer:
    """All that one authority has said, in words; `answered` is empty until it has."""

    numbers: str
    strengths: list[Strength]
    wishes: list[Wish]
    note: str
    answered: str
    free: FreeDays

    @property
    def strengths_said(self) -> str:
        return "\n\n".join(one.said for one in self.strengths) or NOTHING

    @property
    def warnings(self) -> list[str]:
        """What may identify a child, said quietly: it is for its writers to judge."""
        texts = [self.note, self.strengths_said, self.wishes_said]
        looks = dict.fromkeys(
            (found.text, found.label) for text in texts for found in personal_data.find(text)
        )
        return [f"“{text}” looks like {label}: take it out." for text, label in looks]

    @property
    def wishes_said(self) -> str:
        lines = (f"{place}. {one.said}" for place, one in enumerate(self.wishes, 1))
        return "\n\n".join(lines) or "Nobody in particular"


def capacity_of(participation: Participation) -> Capacity | None:
    return (
        Capacity.objects.filter(participation=participation).select_related("answered_by").first()
    )


def strengths_of(participation: Participation) -> list[Strength]:
    return in_order(participation.strengths.select_related("area"))


def in_order(rows: Iterable[StrengthOffered]) -> list[Strength]:
    """The round's areas as the round has them, then their own as they were written."""
    ordered = sorted(rows, key=lambda row: (row.area.position if row.area else 1_000, row.pk))
    return [Strength(row.area, row.own_area, row.evidence) for row in ordered]


def wishes_of(participation: Participation) -> list[Wish]:
    rows = participation.preferences.select_related("challenger__authority")
    return [Wish(row.challenger, row.reason) for row in rows]


def strengths_mark(strengths: Iterable[Strength]) -> str:
    """Another for every other list: what a page was drawn from, to be sent back with it."""
    return mark([(one.area and one.area.pk, one.own_area, one.evidence) for one in strengths])


def wishes_mark(wishes: Iterable[Wish]) -> str:
    return mark([(one.challenger.pk, one.reason) for one in wishes])


def offer_of(participation: Participation) -> Offer:
    """Six queries, however much was said."""
    capacity = capacity_of(participation)
    return Offer(
        numbers_said(capacity, participation.round.format.asked_of_each),
        strengths_of(participation),
        wishes_of(participation),
        capacity.note if capacity else "",
        answered_said(capacity),
        free_days(participation.round, [participation.authority_id])[participation.authority_id],
    )


def numbers_said(capacity: Capacity | None, asked: int) -> str:
    """“1 challenge, as the round asks”, “1 to 3 challenges”, “No challenge in this round”."""
    least, most = numbers_of(capacity, asked)
    if most == 0:
        return "No challenge in this round"
    said = f"{least} to {most} challenges" if least != most else counted(most)
    return f"{said}, as the round asks" if (least, most) == (asked, asked) else said


def numbers_short(capacity: Capacity | None, asked: int) -> str:
    """The same in a table’s cell: “1, as asked”, “1 to 3”, “None”."""
    least, most = numbers_of(capacity, asked)
    if (least, most) == (asked, asked):
        return f"{asked}, as asked"
    return "None" if most == 0 else str(most) if least == most else f"{least} to {most}"


def numbers_of(capacity: Capacity | None, asked: int) -> tuple[int, int]:
    """The least and the most it gives; what it left open is what the round asks."""
    least = capacity.gives_least if capacity else None
    most = capacity.gives_most if capacity else None
    return filled(least, most, asked)


def filled(least: int | None, most: int | None, asked: int) -> tuple[int, int]:
    """An open number gives way to the one that was said: at most none leaves no least."""
    if least is None:
        least = asked if most is None else min(asked, most)
    return least, max(asked, least) if most is None else most


def counted(number: int) -> str:
    return f"{number} challenge{'' if number == 1 else 's'}"


def answered_said(capacity: Capacity | None) -> str:
    if capacity is None or capacity.answered_at is None:
        return ""
    return f"Said by {capacity.answered_by} {said_when(capacity.answered_at)}"


def others_in(participation: Participation) -> list[Participation]:
    """Those it may wish for, by name."""
    others = participation.round.participations.taking_part().exclude(pk=participation.pk)
    return list(others.select_related("authority").order_by("authority__name"))


def in_window(round: Round, authorities: Sequence[int]) -> list[Unavailable]:
    """What stands in the way of a visit in this round, reasons too."""
    return list(
        Unavailable.objects.filter(
            authority__in=authorities,
            first_day__lte=round.visits_to,
            last_day__gte=round.visits_from,
        )
    )
