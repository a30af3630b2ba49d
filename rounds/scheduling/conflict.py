"""Why there is no plan: one smallest set of rules that cannot hold together.

Every way to make a plan possible gives up at least one rule of every conflict. So the smallest
set that has a rule in common with each of the ways known so far is no larger than the smallest
conflict; it is one itself as soon as its rules alone leave no plan. Until then they leave one,
which gives up other rules: a further way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rounds.scheduling.days import Phase
from rounds.scheduling.highs import Clock, Row, Rows, choose
from rounds.scheduling.patterns import free_days, open_days, patterns
from rounds.scheduling.problem import Challenge, Problem
from rounds.scheduling.rules import Held, rules_of
from rounds.scheduling.soft import Soft
from rounds.scheduling.thinning import Impossible, thinned

MOST_WAYS = 300
# Shares of the time that is left; the rest is for what giving up each rule would give.
FOR_THINNING = 0.3
FOR_SEARCH = 0.5
FOR_PROOF = 0.3


@dataclass(frozen=True)
class Conflict:
    """`smallest`: proven that no conflict has fewer rules."""

    rules: list[Held]
    smallest: bool


def conflict(
    problem: Problem, phases: Sequence[Phase], clock: Clock, impossible: Impossible
) -> Conflict:
    """A conflict of a problem that has no plan; `phases` as of `in_order`.

    Challenges that are impossible by themselves are looked at first, or else a thinner
    problem: that is quick, and what is found bounds the search among all.
    """
    best: list[Held] | None = None
    smaller = [replace(problem, challenges=(c,)) for c in impossible_alone(problem, phases)]
    if not smaller:
        smaller = [thinned(problem, impossible, Clock(clock.left * FOR_THINNING))]
    search = Clock(clock.left * FOR_SEARCH)
    for one in smaller:
        soft = Soft(one, phases, rules_of(one, phases))
        found, _ = _search(soft, search, best)
        best = found or best
    if best is None:
        return Conflict(_shrunk(soft, Clock(clock.left * FOR_SEARCH)), smallest=False)
    if len(best) == 1:
        return Conflict(best, smallest=True)
    everything = Soft(problem, phases, rules_of(problem, phases))
    found, proven = _search(everything, Clock(clock.left * FOR_PROOF), best)
    return Conflict(found or best, proven)


def impossible_alone(problem: Problem, phases: Sequence[Phase]) -> list[Challenge]:
    days = open_days(problem)
    return [
        challenge
        for challenge in problem.challenges
        if not patterns(challenge, phases, free_days(challenge, days, problem))
    ]


def _search(
    soft: Soft, clock: Clock, known: Sequence[Held] | None
) -> tuple[list[Held] | None, bool]:
    """A smallest conflict smaller than the known one, if any; and whether that is proven."""
    ways: list[list[int]] = []
    for _ in range(MOST_WAYS):
        held = _one_of_each(ways, len(soft.rules), clock)
        if held is None:
            return None, False
        if known is not None and len(held) >= len(known):
            return None, True
        way = soft.give_up(held, clock)
        if way.status == "impossible":
            return [soft.rules[place] for place in held], True
        if not way.chosen:
            return None, False
        ways.append(way.chosen)
    return None, False


def _one_of_each(ways: Sequence[Sequence[int]], count: int, clock: Clock) -> list[int] | None:
    """The fewest rules with one of every way among them, the first in the list for choice."""
    import numpy  # slow, and hardly a page of the site needs it

    if not ways:
        return []
    costs = numpy.arange(count, dtype=numpy.float64) + count * count
    rows = Rows.of([Row(-1, way, [-1] * len(way)) for way in ways])
    choice = choose(costs, rows, clock)
    return choice.chosen if choice.status == "optimal" else None


def _shrunk(soft: Soft, clock: Clock) -> list[Held]:
    """A conflict from which no part can be left out, as far as the clock allows."""
    kept = list(range(len(soft.rules)))
    size = len(kept)
    while size:
        size = (size + 1) // 2 if size > 1 else 0
        place = 0
        while place < len(kept) and clock.left:
            without = kept[:place] + kept[place + max(size, 1) :]
            if soft.give_up(without, clock).status == "impossible":
                kept = without
            else:
                place += max(size, 1)
    return [soft.rules[place] for place in kept]
