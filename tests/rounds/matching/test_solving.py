"""The solver beside every answer there is, in small rounds."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rounds.matching import Problem, Solution, solve
from rounds.matching.problem import OBJECTIVES, TOPOLOGIES
from tests.rounds.matching.brute import Chosen, aims, answers, next_best, rank, small_problems

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def chosen(solution: Solution) -> Chosen:
    return frozenset((one.host, one.challenger, one.role) for one in solution.pairs)


@pytest.mark.parametrize("objective", OBJECTIVES, ids="-".join)
@pytest.mark.parametrize("topology", TOPOLOGIES)
@FEW
@given(data=st.data())
def test_nothing_is_better_than_what_is_found(
    topology: str, objective: tuple[str, ...], data: st.DataObject
) -> None:
    problem = data.draw(small_problems(topology, objective))
    solution = solve(problem)
    every = list(answers(problem))
    if not every:
        assert solution.status == "impossible"
        assert solution.conflict
        return
    best = chosen(solution)
    assert best in every
    assert solution.status == "optimal"
    assert rank(problem, best) == max(rank(problem, one) for one in every)
    found = aims(problem, best)
    assert (solution.total, solution.worst) == (found["total"], found["worst"])
    assert solution.bound == solution.total
    assert solution.moved == len(problem.previous) - found["moved"]
    _next_bests_are_true(problem, every, best, solution)


def _next_bests_are_true(
    problem: Problem, every: list[Chosen], best: Chosen, solution: Solution
) -> None:
    for one in solution.pairs:
        pair = (one.host, one.challenger)
        other = next_best(problem, every, best, pair)
        if other is None:
            assert one.next_best is None
            continue
        assert one.next_best is not None
        before, after = aims(problem, best), aims(problem, other)
        assert one.next_best.cost == before["total"] - after["total"]
        assert one.next_best.falls == {aim: before[aim] - after[aim] for aim in problem.objective}
        assert any(
            rank(problem, again) == rank(problem, other)
            and (one.host, one.next_best.challenger) in {pair[:2] for pair in again}
            and pair not in {pair[:2] for pair in again}
            for again in every
        )


@pytest.mark.parametrize("topology", TOPOLOGIES)
@FEW
@given(data=st.data())
def test_the_order_of_the_input_changes_nothing(topology: str, data: st.DataObject) -> None:
    problem = data.draw(small_problems(topology, data.draw(st.sampled_from(OBJECTIVES))))
    mixed = random.Random(data.draw(st.integers(0, 99)))
    other = replace(
        problem,
        authorities=tuple(mixed.sample(problem.authorities, len(problem.authorities))),
        arcs=tuple(mixed.sample(problem.arcs, len(problem.arcs))),
        locked=problem.locked[::-1],
        previous=problem.previous[::-1],
    )
    assert replace(solve(other), seconds=0) == replace(solve(problem), seconds=0)
