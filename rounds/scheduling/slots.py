"""The sessions of a visit as the rules see them, and what they have to fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import combinations, pairwise
from typing import Literal

Severity = Literal["problem", "warning"]
PROBLEM: Severity = "problem"
WARNING: Severity = "warning"

BREAK = "break"
# Nobody of the team goes on for long without so many minutes of their own.
PAUSE = 30
Journey = frozenset[int]


@dataclass(frozen=True)
class SeenGroup:
    """Who is seen: a role, where they work, and whether they manage those who work there."""

    role: str
    service: str = ""
    manages: bool = False


@dataclass(frozen=True)
class Slot:
    """A session as the rules see it; `people`, `note_taker` and `venue` are keys."""

    id: int
    title: str
    kind: str
    day: date
    start: time
    minutes: int
    people: frozenset[int] = frozenset()
    note_taker: int | None = None
    venue: int | None = None
    room: str = ""
    seen: tuple[SeenGroup, ...] = ()
    tentative: bool = False
    councillors: bool = False

    @property
    def begins(self) -> int:
        """In minutes since midnight."""
        return self.start.hour * 60 + self.start.minute

    @property
    def ends(self) -> int:
        """In minutes since midnight: beyond 1,440 where it goes on into the night."""
        return self.begins + self.minutes

    @property
    def there(self) -> frozenset[int]:
        """Everybody of the team who is in it."""
        return self.people if self.note_taker is None else self.people | {self.note_taker}

    @property
    def named(self) -> str:
        return f"“{self.title}”"

    @property
    def span(self) -> str:
        return f"{self.start:%H:%M} to {clock(self.ends)}"


@dataclass(frozen=True)
class Setting:
    """What a timetable has to fit.

    `days`: those of the visit. `journeys`: minutes between two venues. `away`: on which days a
    person cannot; `venue_away` likewise. `closed_to_councillors`: days, each with the reason.
    `left`: people who are no longer on the team. `names` and `places`: of people and of venues.
    """

    days: frozenset[date]
    names: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    journeys: Mapping[Journey, int] = field(default_factory=dict)
    break_minutes: int = 15
    away: Mapping[int, frozenset[date]] = field(default_factory=dict)
    venue_away: Mapping[int, frozenset[date]] = field(default_factory=dict)
    closed_to_councillors: Mapping[date, str] = field(default_factory=dict)
    left: frozenset[int] = frozenset()

    def said(self, people: Iterable[int]) -> str:
        """“Ann and Bob”, whatever the order they come in."""
        names = sorted(self.names.get(one, "Somebody") for one in people)
        return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)

    def place(self, slot: Slot) -> str:
        return self.places.get(slot.venue or 0, "the venue")

    def journey(self, one: Slot, other: Slot) -> int | None:
        """In minutes; none where nobody has said."""
        return self.journeys.get(ways(one, other))


@dataclass(frozen=True)
class SessionClash:
    """`sessions`: the keys of those it is about, the earlier one first."""

    rule: str
    severity: Severity
    text: str
    sessions: tuple[int, ...]
    day: date


def said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def clock(minutes: int) -> str:
    """Minutes since midnight as a clock shows them."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def ways(one: Slot, other: Slot) -> Journey:
    """The two venues: it takes as long back."""
    return frozenset(venue for venue in (one.venue, other.venue) if venue)


def overlapping(slots: Sequence[Slot]) -> Iterator[tuple[Slot, Slot]]:
    for one, other in combinations(slots, 2):
        if one.day == other.day and one.begins < other.ends and other.begins < one.ends:
            yield one, other


def days_of_people(slots: Sequence[Slot]) -> Iterator[tuple[int, list[Slot]]]:
    """Each person's sessions of each day, in order; a break is time of their own."""
    own: dict[tuple[int, date], list[Slot]] = defaultdict(list)
    for slot in slots:
        for person in slot.there if slot.kind != BREAK else ():
            own[person, slot.day].append(slot)
    for (person, _), found in sorted(own.items(), key=lambda pair: pair[0]):
        yield person, found


def next_elsewhere(slots: Sequence[Slot]) -> dict[tuple[Slot, Slot], set[int]]:
    """Sessions that people go to from another venue, one straight after the other."""
    found: dict[tuple[Slot, Slot], set[int]] = defaultdict(set)
    for person, own in days_of_people([slot for slot in slots if slot.venue]):
        for one, other in pairwise(own):
            if one.venue != other.venue and one.ends <= other.begins:
                found[one, other].add(person)
    return found


def stretches(own: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Sessions without a pause between them."""
    stretch: list[Slot] = []
    until = 0
    for slot in own:
        if stretch and slot.begins - until >= PAUSE:
            yield stretch
            stretch = []
        stretch.append(slot)
        until = max(until, slot.ends)
    if stretch:
        yield stretch


def same(text: str) -> str:
    """What is compared of a room's or a service's name."""
    return " ".join(text.casefold().split())
