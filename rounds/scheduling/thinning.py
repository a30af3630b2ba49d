"""A smaller problem that is impossible too: without the rules and challenges that play no part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rounds.scheduling.highs import Clock
from rounds.scheduling.problem import Challenge, Problem

Impossible = Callable[[Problem], bool]
Lighter = Callable[[Problem], Problem]


def thinned(problem: Problem, impossible: Impossible, clock: Clock) -> Problem:
    """Leaves out whole kinds of rules, then challenges by halves, until the clock runs out.

    All that is about single people and challenges is tried first, at one go: too many visits for
    the weeks is the conflict that a large round is likeliest to have.
    """
    kinds: tuple[Lighter, ...]
    if impossible(bare := _unpinned(_one_way(_at_home(_unbound(_free(problem)))))):
        problem, kinds = bare, (_open, _unlimited)
    else:
        kinds = (_free, _unbound, _open, _at_home, _one_way, _unlimited, _unpinned)
    for lighter in kinds:
        if clock.left and impossible(changed := lighter(problem)):
            problem = changed
    size = len(problem.challenges) // 2
    while size and clock.left:
        for kept in _without(problem.challenges, size):
            if clock.left and impossible(changed := replace(problem, challenges=kept)):
                problem = changed
                break
        else:
            size //= 2
    return problem


def _without(challenges: tuple[Challenge, ...], size: int) -> Iterator[tuple[Challenge, ...]]:
    for place in range(0, len(challenges), size):
        if kept := challenges[:place] + challenges[place + size :]:
            yield kept


def _free(problem: Problem) -> Problem:
    return replace(problem, unavailable={})


def _open(problem: Problem) -> Problem:
    return replace(problem, closed=frozenset())


def _at_home(problem: Problem) -> Problem:
    everybody = {person for one in problem.challenges for person in one.people}
    return replace(problem, may_double=frozenset(everybody))


def _one_way(problem: Problem) -> Problem:
    pairs = {frozenset((one.host, party)) for one in problem.challenges for party in one.parties}
    return replace(problem, may_both=frozenset(pairs))


def _unlimited(problem: Problem) -> Problem:
    return replace(problem, per_week_most=None)


def _unpinned(problem: Problem) -> Problem:
    return replace(problem, challenges=tuple(replace(c, pinned={}) for c in problem.challenges))


def _unbound(problem: Problem) -> Problem:
    challenges = tuple(replace(c, not_before=None, not_after=None) for c in problem.challenges)
    return replace(problem, challenges=challenges)
