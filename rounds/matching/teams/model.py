"""Whom every open place of a round's teams could have, and what each is worth there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rounds.matching.teams.points import (
    ALL_NEW,
    ANOTHER_SEAT,
    SAME_AUTHORITY,
    of_person,
    of_visit,
)
from rounds.matching.teams.problem import Person, Place, Problem, Seat, Visit
from rounds.matching.teams.rules import clash_of_places, first_beside_the_seat, seat_fits

# So many further seats of a person get dearer, each than the one before.
TIERS = 4


class Demand(NamedTuple):
    """So many places of a seat that are still to be filled."""

    visit: Visit
    seat: Seat
    places: int

    @property
    def key(self) -> tuple[int, str]:
        return self.visit.id, self.seat.key


class Column(NamedTuple):
    """Somebody on a seat that they fit; `demand` by its number."""

    demand: int
    person: Person
    points: int


@dataclass
class Model:
    """`plain`: only filling the seats counts."""

    problem: Problem
    kept: Kept
    demands: list[Demand]
    columns: list[Column]
    plain: bool = False

    @cached_property
    def empty(self) -> int:
        """More points than all the rest can make up for: as many seats as can be are filled."""
        points = [column.points for column in self.columns] or [0]
        seats = sum(demand.places for demand in self.demands)
        held = Counter(place.person for place in self.problem.kept)
        dearest = ANOTHER_SEAT * (max(held.values(), default=1) + TIERS)
        dear = max(points) - min(points) - SAME_AUTHORITY - dearest - ALL_NEW
        return -1 - (dear + 1) * max(1, seats)


class Kept:
    """Who sits where already."""

    def __init__(self, problem: Problem) -> None:
        visits = {visit.id: visit for visit in problem.visits}
        self.of_person: dict[int, list[tuple[Visit, Seat]]] = defaultdict(list)
        self.of_visit: dict[int, list[int]] = defaultdict(list)
        self.count: Counter[tuple[int, str]] = Counter()
        for place in problem.kept:
            visit = visits.get(place.visit)
            self.of_visit[place.visit].append(place.person)
            self.count[place.visit, place.seat] += 1
            if visit is not None:
                # Somebody on no seat in particular is there all the same.
                seat = visit.seat(place.seat) or Seat(place.seat, place.seat, 0, 0)
                self.of_person[place.person].append((visit, seat))


def demands_of(problem: Problem, kept: Kept) -> list[Demand]:
    """What is missing of the least; whoever is on no seat in particular counts for one of them."""
    found = []
    for visit in sorted(problem.visits, key=lambda one: one.id):
        known = {seat.key for seat in visit.seats}
        spare = sum(
            count for (at, key), count in kept.count.items() if at == visit.id and key not in known
        )
        missing = {
            seat.key: max(0, seat.least - kept.count[visit.id, seat.key]) for seat in visit.seats
        }
        # The seat with the most room says least of those who sit there.
        for seat in sorted(visit.seats, key=lambda one: -one.most):
            if not seat.leads and not seat.off_site:
                used = min(spare, missing[seat.key])
                spare, missing[seat.key] = spare - used, missing[seat.key] - used
        found += [
            Demand(visit, seat, missing[seat.key]) for seat in visit.seats if missing[seat.key]
        ]
    return found


def open_seats(problem: Problem) -> dict[tuple[int, str], int]:
    """By visit and seat: how many are missing of the least."""
    return {demand.key: demand.places for demand in demands_of(problem, Kept(problem))}


def fitting(problem: Problem, demand: Demand, kept: Kept) -> list[Person]:
    """Whom no rule keeps from the seat, nor a place they have."""
    visit, seat = demand.visit, demand.seat
    able = [one for one in problem.people if not seat_fits(one, visit, seat, problem)]
    return sorted(_free(able, problem, demand, kept), key=lambda one: one.id)


def _free(
    able: Collection[Person], problem: Problem, demand: Demand, kept: Kept
) -> Iterator[Person]:
    visit, seat = demand.visit, demand.seat
    for person in able:
        if first_beside_the_seat(person, visit, seat, problem):
            continue
        held = kept.of_person.get(person.id)
        if not held or not clash_of_places(person, visit, seat, held):
            yield person


def model_of(problem: Problem) -> Model:
    kept = Kept(problem)
    demands = demands_of(problem, kept)
    people = sorted(problem.people, key=lambda one: one.id)
    own = {person.id: of_person(person) for person in people}
    # Who fills a seat is the same on every visit.
    able: dict[Seat, list[Person]] = {}
    columns = []
    for number, demand in enumerate(demands):
        visit, seat = demand.visit, demand.seat
        if seat not in able:
            able[seat] = [one for one in people if not seat_fits(one, visit, seat, problem)]
        columns += [
            Column(number, person, own[person.id] + of_visit(person, visit, seat, problem))
            for person in _free(able[seat], problem, demand, kept)
        ]
    return Model(problem, kept, demands, columns)


def part_of(model: Model, wanted: Collection[int]) -> Model:
    """The same of these demands alone, where only filling them counts."""
    number = {old: new for new, old in enumerate(sorted(wanted))}
    columns = [
        Column(number[one.demand], one.person, 0) for one in model.columns if one.demand in number
    ]
    demands = [model.demands[old] for old in sorted(wanted)]
    return Model(model.problem, model.kept, demands, columns, plain=True)


def places_of(model: Model, chosen: Collection[int]) -> list[Place]:
    found = []
    for column in chosen:
        demand = model.demands[model.columns[column].demand]
        found.append(Place(*demand.key, model.columns[column].person.id))
    return sorted(found)
