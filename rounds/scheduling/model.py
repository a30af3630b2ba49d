"""All patterns as one choice: a column for each pattern, a row for each limit they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rounds.scheduling.days import Phase
from rounds.scheduling.highs import Row
from rounds.scheduling.patterns import Pattern, week
from rounds.scheduling.problem import Challenge, Problem, Term

# Breaks ties: the days on which the phases start, added up.
Cost = Term | Literal["earliest", "by_id"]


@dataclass(frozen=True)
class Column:
    """One pattern of one challenge (by its place in the list) and what it costs."""

    challenge: int
    pattern: Pattern
    costs: Mapping[Cost, int]


def columns_of(
    place: int,
    challenge: Challenge,
    found: Sequence[Pattern],
    phases: Sequence[Phase],
    problem: Problem,
) -> list[Column]:
    """The challenge's patterns, with what each costs in every term."""
    points: dict[int, int] = defaultdict(int)
    for person in challenge.people:
        for day, point in problem.rather_not.get(person, {}).items():
            points[day.toordinal()] += point
    before = problem.previous.get(challenge.id, {})
    was = [
        (place, before[phase.id].toordinal())
        for place, phase in enumerate(phases)
        if phase.id in before
    ]
    return [Column(place, pattern, costs_of(pattern, points, was)) for pattern in found]


def costs_of(
    pattern: Pattern, points: Mapping[int, int], was: Sequence[tuple[int, int]]
) -> dict[Cost, int]:
    shift = sum(abs(pattern.starts[phase] - day) for phase, day in was)
    return {
        "moved": 1 if shift else 0,
        "shift": shift,
        "penalty": sum(points.get(day, 0) for day in pattern.days) if points else 0,
        "earliest": sum(pattern.starts),
    }


def limits(
    columns: Sequence[Column], challenges: Sequence[Challenge], problem: Problem
) -> list[Row]:
    """One pattern a challenge; each person once a day; both ways; so many a week."""
    by_challenge: list[list[int]] = [[] for _ in challenges]
    for number, column in enumerate(columns):
        by_challenge[column.challenge].append(number)
    rows = [Row(1, numbers, exactly=True) for numbers in by_challenge]
    rows += _days(columns, shared(challenges, problem.may_double), by_challenge)
    rows += _both_ways(columns, opposite(challenges, problem.may_both), by_challenge)
    if problem.per_week_most is not None:
        rows += _weeks(columns, problem.per_week_most)
    return rows


def shared(
    challenges: Sequence[Challenge], may_double: Collection[str] = ()
) -> list[tuple[int, ...]]:
    """The sets of challenges that no two of may be on one day: those with a person in common.

    A set inside another set says nothing more, and is left out.
    """
    busy: dict[str, list[int]] = defaultdict(list)
    for place, challenge in enumerate(challenges):
        for person in challenge.people:
            if person not in may_double:
                busy[person].append(place)
    groups = sorted({tuple(places) for places in busy.values() if len(places) > 1})
    return [
        group
        for group in groups
        if not any(set(group) < set(other) for other in groups if len(other) > len(group))
    ]


def _days(
    columns: Sequence[Column],
    groups: Sequence[tuple[int, ...]],
    by_challenge: Sequence[Sequence[int]],
) -> list[Row]:
    uses: list[dict[int, list[int]]] = []
    for numbers in by_challenge:
        on: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            for day in columns[number].pattern.days:
                on[day].append(number)
        uses.append(on)
    rows = []
    for group in groups:
        days = sorted({day for place in group for day in uses[place]})
        for day in days:
            there = [uses[place][day] for place in group if day in uses[place]]
            if len(there) > 1:
                rows.append(Row(1, [number for numbers in there for number in numbers]))
    return rows


def opposite(
    challenges: Sequence[Challenge], may_both: Collection[frozenset[str]] = ()
) -> list[tuple[int, int]]:
    """The pairs of challenges in which two authorities visit each other."""
    hosting: dict[str, list[int]] = defaultdict(list)
    for place, challenge in enumerate(challenges):
        hosting[challenge.host].append(place)
    return sorted(
        {
            (place, other)
            for place, challenge in enumerate(challenges)
            for party in challenge.parties
            for other in hosting.get(party, ())
            if place < other
            and challenge.host in challenges[other].parties
            and frozenset((challenge.host, party)) not in may_both
        }
    )


def _both_ways(
    columns: Sequence[Column],
    pairs: Sequence[tuple[int, int]],
    by_challenge: Sequence[Sequence[int]],
) -> list[Row]:
    rows = []
    for pair in pairs:
        weeks: list[dict[int, list[int]]] = []
        for place in pair:
            touched: dict[int, list[int]] = defaultdict(list)
            for number in by_challenge[place]:
                for one in sorted({week(day) for day in columns[number].pattern.days}):
                    touched[one].append(number)
            weeks.append(touched)
        there, back = weeks
        rows += [Row(1, there[one] + back[one]) for one in sorted(there.keys() & back.keys())]
    return rows


def _weeks(columns: Sequence[Column], most: int) -> list[Row]:
    starting: dict[int, list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        starting[week(column.pattern.days[0])].append(number)
    return [
        Row(most, numbers)
        for _, numbers in sorted(starting.items())
        if len({columns[number].challenge for number in numbers}) > most
    ]


def dates_of(pattern: Pattern, phases: Sequence[Phase]) -> dict[str, date]:
    return {
        phase.id: date.fromordinal(day) for phase, day in zip(phases, pattern.starts, strict=True)
    }
