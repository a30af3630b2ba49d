"""The teams of a round as columns and rows: a column for each person on each seat they fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from rounds.matching.teams.points import (
    ALL_NEW,
    ANOTHER_SEAT,
    SAME_AUTHORITY,
    experienced,
    worth,
)
from rounds.matching.teams.problem import Person, Place, Problem, Seat, Visit
from rounds.matching.teams.rules import clash_of_places, first_in_the_way, seat_fits

ENDLESS = float("inf")
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
    demand: int
    person: Person
    points: int


@dataclass
class Row:
    """Σ factor · column, from `least` to `most`."""

    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    least: float = -ENDLESS
    most: float = ENDLESS

    def add(self, column: int, factor: float = 1) -> None:
        self.columns.append(column)
        self.factors.append(factor)


@dataclass
class Model:
    """`columns` come first; then what stays empty, for each demand; then what the whole costs."""

    problem: Problem
    demands: list[Demand]
    columns: list[Column]
    values: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def another(self, value: int, most: int) -> int:
        """One more column; its place."""
        self.values.append(value)
        self.most.append(most)
        return len(self.values) - 1


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
    return [
        person
        for person in sorted(problem.people, key=lambda one: one.id)
        if not seat_fits(person, visit, seat, problem)
        and not first_in_the_way(person, visit, seat, problem)
        and not clash_of_places(person, visit, seat, kept.of_person[person.id])
    ]


def model_of(problem: Problem) -> Model:
    kept = Kept(problem)
    demands = demands_of(problem, kept)
    columns = [
        Column(number, person, worth(person, demand.visit, demand.seat, problem))
        for number, demand in enumerate(demands)
        for person in fitting(problem, demand, kept)
    ]
    return _with_rows(problem, demands, columns, kept)


def part_of(model: Model, wanted: Collection[int]) -> Model:
    """The same of these demands alone, where only filling them counts."""
    number = {old: new for new, old in enumerate(sorted(wanted))}
    columns = [
        Column(number[one.demand], one.person, 0) for one in model.columns if one.demand in number
    ]
    demands = [model.demands[old] for old in sorted(wanted)]
    return _with_rows(model.problem, demands, columns, Kept(model.problem), plain=True)


def _with_rows(
    problem: Problem, demands: list[Demand], columns: list[Column], kept: Kept, plain: bool = False
) -> Model:
    model = Model(problem, demands, columns)
    model.values = [column.points for column in columns]
    model.most = [1] * len(columns)
    empty = -_dearest(model)
    rows: dict[Hashable, Row] = {}
    for number, demand in enumerate(demands):
        rows["seat", number] = row = Row(least=demand.places, most=demand.places)
        row.add(model.another(empty, demand.places))
    for place, column in enumerate(columns):
        rows["seat", column.demand].add(place)
        _hold_apart(rows, place, column, model, kept)
    if not plain:
        _soften(rows, model, kept)
    model.rows = [row for row in rows.values() if _binds(row)]
    return model


def _hold_apart(
    rows: dict[Hashable, Row], place: int, column: Column, model: Model, kept: Kept
) -> None:
    """A person is on one seat of a visit, at one visit on a day, and gives no more days."""
    demand, person = model.demands[column.demand], column.person
    visit = demand.visit
    rows.setdefault(("once", person.id, visit.id), Row(most=1)).add(place)
    if demand.seat.off_site:
        return
    if not visit.together:
        for day in visit.days:
            rows.setdefault(("day", person.id, day), Row(most=1)).add(place)
    if person.days_left is not None:
        used = sum(at.length for at, seat in kept.of_person[person.id] if not seat.off_site)
        row = rows.setdefault(("days", person.id), Row(most=max(0, person.days_left - used)))
        row.add(place, visit.length)


def _soften(rows: dict[Hashable, Row], model: Model, kept: Kept) -> None:
    """What teams and the round cost as a whole: a column for each, and the row that calls it."""
    people = {person.id: person for person in model.problem.people}
    costly: dict[Hashable, Row] = {}
    for place, column in enumerate(model.columns):
        visit, person = model.demands[column.demand].visit, column.person
        costly.setdefault(("same", visit.id, person.authority), Row()).add(place)
        costly.setdefault(("again", person.id), Row()).add(place)
        new = costly.setdefault(("new", visit.id), Row())
        if experienced(person):
            new.add(place)
    for key, row in costly.items():
        kind, who = key[0], key[1]  # type: ignore[index]
        if kind == "new":
            there = [people[one] for one in kept.of_visit[who] if one in people]
            if not any(experienced(person) for person in there):
                row.least = 1
                row.add(model.another(ALL_NEW, 1))
        elif kind == "same":
            there = [people[one] for one in kept.of_visit[who] if one in people]
            one_there = any(person.authority == key[2] for person in there)  # type: ignore[index]
            row.most = 0 if one_there else 1
            row.add(model.another(SAME_AUTHORITY, len(row.columns)), -1)
        else:
            _dearer(row, model, len(kept.of_person[who]))
        rows[key] = row


def _dearer(row: Row, model: Model, before: int) -> None:
    """The first seat of a person costs nothing, and each further one more than the one before."""
    seats, row.most = len(row.columns), 0 if before else 1
    for tier in range(min(TIERS, seats)):
        most = 1 if tier < TIERS - 1 else seats
        row.add(model.another(ANOTHER_SEAT * (max(before, 1) + tier), most), -1)


def _binds(row: Row) -> bool:
    """A row that no choice can break says nothing."""
    return row.least > -ENDLESS or sum(factor for factor in row.factors if factor > 0) > row.most


def _dearest(model: Model) -> int:
    """More points than all the rest can make up for: as many seats as can be are filled."""
    points = [column.points for column in model.columns] or [0]
    seats = sum(demand.places for demand in model.demands)
    held = Counter(place.person for place in model.problem.kept)
    dearest = ANOTHER_SEAT * (max(held.values(), default=1) + TIERS)
    dear = max(points) - min(points) - SAME_AUTHORITY - dearest - ALL_NEW
    return 1 + (dear + 1) * max(1, seats)


def places_of(model: Model, chosen: Collection[int]) -> list[Place]:
    found = []
    for column in chosen:
        if column < len(model.columns):
            demand = model.demands[model.columns[column].demand]
            found.append(Place(*demand.key, model.columns[column].person.id))
    return sorted(found)
