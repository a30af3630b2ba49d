"""What is asked about the teams of a round, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

NO_DAYS: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Seat:
    """A kind of seat on every team. `roles`: the posts that fit whoever has not said otherwise.

    `off_site`: they read, and do not come along. `leads`: filled from an authority that leads.
    `comes_from`: authorities that it is filled from on this visit, by key; none: any.
    """

    key: str
    label: str
    least: int
    most: int
    leads: bool = False
    off_site: bool = False
    roles: frozenset[str] = frozenset()
    comes_from: frozenset[int] = frozenset()
    comes_from_said: str = ""


@dataclass(frozen=True)
class Visit:
    """One host's visit; `days` are empty as long as none are set, then only `length` counts.

    `words`: what the host wants looked at. `leads_from`: authorities that may lead it, by key;
    none: any. `together`: all visits are on one day in one place, so nobody is booked twice.
    """

    id: int
    host: str
    authority: int
    seats: tuple[Seat, ...]
    days: frozenset[date] = NO_DAYS
    length: int = 1
    words: str = ""
    leads_from: frozenset[int] = frozenset()
    leads_from_said: str = ""
    together: bool = False

    def seat(self, key: str) -> Seat | None:
        return next((seat for seat in self.seats if seat.key == key), None)


@dataclass(frozen=True)
class Person:
    """Somebody who can be asked onto a team.

    `authority`: their own, by key, as are all of `authorities` that they work for. `seats`:
    keys of those they said they can fill; empty: their posts say. `trained_until`: the last day
    their training counts. `busy`: days on which they are elsewhere, and at what. `kept_off`:
    authorities they do not visit, and why. `days_left`: of the most they give in a year.
    `said_no`: visits whose team they were asked for before.
    """

    id: int
    name: str
    authority: int
    authority_name: str
    roles: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    expertise: tuple[str, ...] = ()
    trained: bool = False
    trained_until: date | None = None
    paused_until: date | None = None
    days_given: int = 0
    days_left: int | None = None
    visits_given: int = 0
    cannot: frozenset[date] = NO_DAYS
    rather_not: frozenset[date] = NO_DAYS
    busy: Mapping[date, str] = field(default_factory=dict)
    kept_off: Mapping[int, str] = field(default_factory=dict)
    authorities: frozenset[int] = frozenset()
    said_no: frozenset[int] = frozenset()


class Place(NamedTuple):
    """A person on a seat of a visit, by their keys."""

    visit: int
    seat: str
    person: int


@dataclass(frozen=True)
class Problem:
    """All visits of a round, all people, and the places that stay as they are.

    `minutes`: from a person's authority to a host's, one way. `known_seats`: keys by which people
    say what they can fill; a seat of another name goes by posts alone. `on`: today, for pauses of
    visits without days.
    """

    visits: tuple[Visit, ...]
    people: tuple[Person, ...]
    kept: tuple[Place, ...] = ()
    minutes: Mapping[tuple[int, int], int] = field(default_factory=dict)
    known_seats: frozenset[str] = frozenset()
    on: date | None = None


@dataclass(frozen=True)
class Unfilled:
    """A seat that stays empty, and why: nobody fits, or too few are shared by too many."""

    visit: int
    seat: str
    count: int
    why: str
    # The smallest set of seats, this one among them, that cannot all be filled.
    beside: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Teams:
    """`places`: those found, without the kept ones. No answer fills more, or has more points."""

    status: Literal["optimal", "feasible"]
    places: tuple[Place, ...]
    points: int
    bound: int
    unfilled: tuple[Unfilled, ...] = ()
