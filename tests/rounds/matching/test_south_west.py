"""The South West's first round, winter 2012 to 2013: sixteen authorities, two matches on record."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bench.published import (
    AREAS,
    AUTUMN_2012,
    BATH,
    DORSET,
    KNOWN,
    SOUTH_WEST_2012,
    SWINDON,
    as_json,
    published,
    south_west_2012,
)
from rounds.matching import Problem, Solution, read_problem, solve
from rounds.matching.facts import Settings
from rounds.matching.weighing import bars, problem_of, reasons


@pytest.fixture(scope="module")
def problem() -> Problem:
    return read_problem(SOUTH_WEST_2012.read_bytes())


@pytest.fixture(scope="module")
def solution(problem: Problem) -> Solution:
    return solve(problem)


def mutual(solution: Solution) -> set[frozenset[str]]:
    pairs = {pair[:2] for pair in solution.pairs}
    return {frozenset(pair) for pair in pairs if pair[::-1] in pairs}


def test_the_problem_on_file_is_what_the_facts_make(problem: Problem) -> None:
    assert SOUTH_WEST_2012.read_text() == as_json(south_west_2012())
    assert {one.name for one in problem.authorities} >= {"Bournemouth", "Poole", "Dorset"}
    assert len(problem.authorities) == 16


def test_the_two_matches_on_record_stand(solution: Solution) -> None:
    assert {(BATH, DORSET), (SWINDON, BATH)} == KNOWN <= {pair[:2] for pair in solution.pairs}


def test_the_rest_is_matched_with_proof(solution: Solution) -> None:
    assert (solution.status, solution.total) == ("optimal", solution.bound)
    assert Counter(pair.host for pair in solution.pairs).most_common(1)[0][1] == 1
    assert Counter(pair.challenger for pair in solution.pairs).most_common(1)[0][1] == 1
    assert len(solution.pairs) == 16
    assert mutual(solution) == set()


def test_everybody_without_a_lock_has_a_next_best(solution: Solution) -> None:
    assert solution.unpriced == ()
    without = {pair[:2] for pair in solution.pairs if pair.next_best is None}
    assert without == KNOWN


def test_an_assignment_that_ignores_the_mutual_rule_breaks_it(problem: Problem) -> None:
    plain = solve(replace(problem, mutual_allowed=True), with_next_best=False)
    assert len(mutual(plain)) > 1


def test_why_dorset_came_to_bath() -> None:
    facts = published(AUTUMN_2012, "south-west", AREAS)
    told = {one.key: one.text for one in reasons(facts, Settings(), BATH, DORSET)}
    assert (
        told["strength"] == "Nothing is known of Dorset’s strength in Children diverted from care."
    )
    assert told["travel"].startswith("38 miles apart, about 1 hour 20 minutes")
    assert told["neighbour"] == "They are not statistical neighbours."
    assert bars(facts, Settings(), BATH, DORSET) == []


def test_without_the_two_locks_the_sixteen_would_do_better(solution: Solution) -> None:
    free = solve(problem_of(published(AUTUMN_2012, "south-west"), Settings()), with_next_best=False)
    assert free.status == "optimal"
    assert (free.worst, free.total) > (solution.worst, solution.total)
