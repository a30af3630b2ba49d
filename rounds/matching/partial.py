"""As far as a round can be matched when its rules leave no whole answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rounds.matching.checking import needed
from rounds.matching.problem import (
    BEST_SCORE,
    DIRECTED,
    GROUPS,
    PAIRS,
    Arc,
    Authority,
    Ids,
    Problem,
)
from rounds.matching.rules import is_host, oneself
from rounds.matching.solution import IMPOSSIBLE, Solution
from rounds.matching.solving import solve

# Stands where a host gets nobody; no authority's id begins so.
NOBODY = "\N{EMPTY SET}"


@dataclass(frozen=True)
class Suggested:
    """The best pairs, or as many as can stand where no whole answer does; and what was found."""

    problem: Problem
    pairs: tuple[Ids, ...]
    solution: Solution


def suggested(problem: Problem, *, with_next_best: bool = False) -> Suggested:
    """The answer to a problem, or what can be matched of it."""
    solution = solve(problem, with_next_best=with_next_best)
    if solution.status == IMPOSSIBLE:
        return Suggested(problem, as_far_as_possible(problem), solution)
    return Suggested(problem, tuple((one.host, one.challenger) for one in solution.pairs), solution)


def best_around_locks(problem: Problem) -> list[Ids]:
    """The best pairs, every locked one among them even where they cannot stand together."""
    found = suggested(problem)
    fixed = {host for host, _ in problem.locks}
    if found.solution.status != IMPOSSIBLE:
        return list(found.pairs)
    return [*sorted(problem.locks), *(pair for pair in found.pairs if pair[0] not in fixed)]


def as_far_as_possible(problem: Problem) -> tuple[Ids, ...]:
    """First as many of the locked pairs as can stand together, then as many others, then the best.

    Hosts for whom that leaves nobody are left out; nobody has to give a challenge. In pairs and
    groups some stay alone, or in a group that is too small.
    """
    if not problem.arcs:
        return ()
    if problem.topology in (PAIRS, GROUPS):
        return _some_together(problem)
    each = needed(problem)
    nobody = [f"{NOBODY}{place}" for place in range(each)]
    # One more pair outweighs any difference in scores.
    more = BEST_SCORE * len(problem.authorities) * each + 1
    hosts = [one.id for one in problem.authorities if is_host(problem, one.id)]
    arcs = [
        arc._replace(score=arc.score + more, blocked_by=())
        for arc in problem.arcs
        if not oneself(arc.host, arc.challenger)
        and (not arc.blocked_by or arc[:2] in problem.locks)
    ]
    everybody = [
        *(replace(one, gives_least=0) for one in problem.authorities),
        *(Authority(one, hosts=False, gives_most=len(hosts)) for one in nobody),
    ]
    eased = replace(
        problem,
        topology=DIRECTED,
        challengers_per_host=each,
        authorities=tuple(everybody),
        arcs=(*arcs, *(Arc(host, one, 0) for host in hosts for one in nobody)),
        objective=("moved", "total"),
        locked=(),
        previous=tuple(sorted(problem.locks)),
    )
    found = solve(eased, with_next_best=False).pairs
    return tuple(
        (one.host, one.challenger) for one in found if not one.challenger.startswith(NOBODY)
    )


def _some_together(problem: Problem) -> tuple[Ids, ...]:
    """Pairs, or groups of any size that is not too large; with nobody for as few as can be."""
    largest = 2 if problem.topology == PAIRS else max(problem.group_sizes)
    more = BEST_SCORE * len(problem.authorities) * largest + 1
    arcs = [
        arc._replace(score=arc.score + more, blocked_by=())
        for arc in problem.arcs
        if not oneself(arc.host, arc.challenger)
        and (not arc.blocked_by or arc[:2] in problem.locks)
    ]
    known = [one.id for one in problem.authorities]
    for alone in range(len(known) + 1):
        nobody = [f"{NOBODY}{place}" for place in range(alone)]
        empty = [
            pair
            for who in nobody
            for one in (*known, *nobody)
            if one != who
            for pair in ((who, one), (one, who))
        ]
        eased = replace(
            problem,
            topology=GROUPS,
            authorities=(*problem.authorities, *map(Authority, nobody)),
            group_sizes=tuple(range(2, largest + 1)),
            arcs=(*arcs, *(Arc(*pair, 0) for pair in dict.fromkeys(empty))),
            objective=("moved", "total"),
            locked=(),
            previous=tuple(sorted(problem.locks)),
        )
        found = solve(eased, with_next_best=False)
        if found.status != IMPOSSIBLE:
            break
    return tuple(
        (one.host, one.challenger)
        for one in found.pairs
        if not one.host.startswith(NOBODY) and not one.challenger.startswith(NOBODY)
    )
