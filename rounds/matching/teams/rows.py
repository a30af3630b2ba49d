"""Some of the columns of a round's teams, and the rows that hold them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rounds.matching.teams.model import TIERS, Column, Model
from rounds.matching.teams.points import ALL_NEW, ANOTHER_SEAT, SAME_AUTHORITY, experienced

ENDLESS = float("inf")
# What a row is about: its kind, then by number or key whom.
Key = tuple[Any, ...]


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
class Posed:
    """`wanted` columns come first; then what stays empty, for each demand; then what it all costs.

    A row about none of the wanted columns is not there: nothing breaks it.
    """

    model: Model
    wanted: Sequence[int]
    values: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    rows: dict[Key, Row] = field(default_factory=dict)

    def another(self, value: int, most: int) -> int:
        """One more column; its place."""
        self.values.append(value)
        self.most.append(most)
        return len(self.values) - 1

    def row(self, key: Key, most: float = ENDLESS) -> Row:
        if key not in self.rows:
            self.rows[key] = Row(most=most)
        return self.rows[key]


def posed_of(model: Model, wanted: Sequence[int]) -> Posed:
    posed = Posed(model, wanted)
    posed.values = [model.columns[place].points for place in wanted]
    posed.most = [1] * len(wanted)
    for number, demand in enumerate(model.demands):
        posed.rows["seat", number] = row = Row(least=demand.places, most=demand.places)
        row.add(posed.another(model.empty, demand.places))
    for place, column in enumerate(wanted):
        _hold_apart(posed, place, model.columns[column])
    if not model.plain:
        _soften(posed)
    posed.rows = {key: row for key, row in posed.rows.items() if _binds(row)}
    return posed


def _hold_apart(posed: Posed, place: int, column: Column) -> None:
    """A person is on one seat of a visit, at one visit on a day, and gives no more days."""
    demand, person = posed.model.demands[column.demand], column.person
    visit = demand.visit
    posed.rows["seat", column.demand].add(place)
    posed.row(("once", person.id, visit.id), 1).add(place)
    if demand.seat.off_site:
        return
    if not visit.together:
        for day in visit.days:
            posed.row(("day", person.id, day), 1).add(place)
    if person.days_left is not None:
        held = posed.model.kept.of_person[person.id]
        used = sum(at.length for at, seat in held if not seat.off_site)
        row = posed.row(("days", person.id), max(0, person.days_left - used))
        row.add(place, visit.length)


def _soften(posed: Posed) -> None:
    """What teams and the round cost as a whole: a column for each, and the row that calls it."""
    model, kept = posed.model, posed.model.kept
    people = {person.id: person for person in model.problem.people}
    costly: dict[Key, Row] = {}
    for demand in {column.demand for column in model.columns}:
        costly["new", model.demands[demand].visit.id] = Row()
    for place, number in enumerate(posed.wanted):
        column = model.columns[number]
        visit, person = model.demands[column.demand].visit, column.person
        costly.setdefault(("same", visit.id, person.authority), Row()).add(place)
        costly.setdefault(("again", person.id), Row()).add(place)
        if experienced(person):
            costly["new", visit.id].add(place)
    for key, row in costly.items():
        kind, who = key[0], key[1]
        if kind == "again":
            _dearer(row, posed, len(kept.of_person[who]))
            posed.rows[key] = row
            continue
        there = [people[one] for one in kept.of_visit[who] if one in people]
        if kind == "same":
            row.most = 0 if any(person.authority == key[2] for person in there) else 1
            row.add(posed.another(SAME_AUTHORITY, len(row.columns)), -1)
        elif not any(experienced(person) for person in there):
            row.least = 1
            row.add(posed.another(ALL_NEW, 1))
        posed.rows[key] = row


def _dearer(row: Row, posed: Posed, before: int) -> None:
    """The first seat of a person costs nothing, and each further one more than the one before."""
    seats, row.most = len(row.columns), 0 if before else 1
    for tier in range(min(TIERS, seats)):
        most = 1 if tier < TIERS - 1 else seats
        row.add(posed.another(ANOTHER_SEAT * (max(before, 1) + tier), most), -1)


def _binds(row: Row) -> bool:
    """A row that no choice can break says nothing."""
    return row.least > -ENDLESS or sum(factor for factor in row.factors if factor > 0) > row.most
