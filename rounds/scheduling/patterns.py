"""The exact dates that one challenge could have, all its phases together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import NamedTuple

from rounds.scheduling.days import Phase
from rounds.scheduling.problem import Challenge, Problem, TooMany

MOST_PATTERNS = 20_000
WEEKDAYS = 5


class Pattern(NamedTuple):
    """Ordinals of the first day of each phase, in the phases' order, and of every visit day."""

    starts: tuple[int, ...]
    days: tuple[int, ...]


def weekday(day: int) -> int:
    """Monday is 0; date.min, whose ordinal is 1, was a Monday."""
    return (day - 1) % 7


def week(day: int) -> int:
    return (day - 1) // 7


def in_order(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Every phase behind the one it is after, by id where that leaves a choice."""
    ordered: list[Phase] = []
    waiting = sorted(phases, key=lambda phase: phase.id)
    while waiting:
        placed = {phase.id for phase in ordered} | {""}
        ready = next(phase for phase in waiting if phase.after in placed)
        ordered.append(ready)
        waiting.remove(ready)
    return tuple(ordered)


def open_days(problem: Problem) -> set[int]:
    """Monday to Friday inside the window, unless closed."""
    first, last = (day.toordinal() for day in problem.window)
    closed = {day.toordinal() for day in problem.closed}
    return {day for day in range(first, last + 1) if weekday(day) < WEEKDAYS and day not in closed}


def free_days(challenge: Challenge, days: set[int], problem: Problem) -> set[int]:
    """The open days on which the host and every party can."""
    first = (challenge.not_before or date.min).toordinal()
    last = (challenge.not_after or date.max).toordinal()
    taken = {
        day.toordinal()
        for person in challenge.people
        for day in problem.unavailable.get(person, ())
    }
    return {day for day in days if first <= day <= last and day not in taken}


def patterns(challenge: Challenge, phases: Sequence[Phase], free: set[int]) -> list[Pattern]:
    """Every way to place the phases on free days, earliest first; `phases` as of `in_order`.

    Raises TooMany before it starts when there are more than MOST_PATTERNS.
    """
    children = {phase.id: [one for one in phases if one.after == phase.id] for phase in phases}
    ways: dict[str, dict[int, int]] = {}
    for phase in reversed(phases):
        ways[phase.id] = _ways(phase, children[phase.id], ways, _starts(phase, challenge, free))
    roots = [phase for phase in phases if not phase.after]
    if prod(sum(ways[root.id].values()) for root in roots) > MOST_PATTERNS:
        raise TooMany(challenge.id)
    trees = [_grown(root, children, ways, list(ways[root.id])) for root in roots]
    found = [_pattern(phases, trees_of_one) for trees_of_one in product(*map(list, trees))]
    return sorted(found)


def _starts(phase: Phase, challenge: Challenge, free: set[int]) -> list[int]:
    pinned = challenge.pinned.get(phase.id)
    candidates = sorted(free) if pinned is None else [pinned.toordinal()]
    return [
        day
        for day in candidates
        if weekday(day) + phase.days <= WEEKDAYS
        and all(day + step in free for step in range(phase.days))
    ]


def _ways(
    phase: Phase,
    following: Sequence[Phase],
    ways: Mapping[str, Mapping[int, int]],
    starts: Sequence[int],
) -> dict[int, int]:
    """Start day to the number of ways to place this phase there and all that follow it."""
    counts = {
        day: prod(
            sum(ways[child.id].get(then, 0) for then in after(phase, child, day))
            for child in following
        )
        for day in starts
    }
    return {day: count for day, count in counts.items() if count}


def after(phase: Phase, child: Phase, day: int) -> range:
    """The days on which `child` may start when `phase` starts on `day`."""
    last = day + phase.days - 1
    return range(last + child.gap_least, last + child.gap_most + 1)


def _grown(
    phase: Phase,
    children: Mapping[str, Sequence[Phase]],
    ways: Mapping[str, Mapping[int, int]],
    starts: Sequence[int],
) -> Iterator[dict[str, int]]:
    """Phase id to start day, for this phase and all that follow it; never a dead end."""
    for day in starts:
        branches = [
            list(
                _grown(
                    child,
                    children,
                    ways,
                    [then for then in after(phase, child, day) if then in ways[child.id]],
                )
            )
            for child in children[phase.id]
        ]
        for branch in product(*branches):
            grown = {phase.id: day}
            for part in branch:
                grown |= part
            yield grown


def _pattern(phases: Sequence[Phase], trees: Sequence[Mapping[str, int]]) -> Pattern:
    start = {phase: day for tree in trees for phase, day in tree.items()}
    days = {start[phase.id] + step for phase in phases for step in range(phase.days)}
    return Pattern(tuple(start[phase.id] for phase in phases), tuple(sorted(days)))
