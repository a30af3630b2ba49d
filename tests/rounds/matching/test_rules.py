"""Each rule by name, the South West's round of 2012-13, locks, ties, and running out of time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.matching import breaks_the_mutual_rule, sample_round
from rounds.matching import Arc, Authority, Problem, Solution, solve

SOUTH_WEST = (
    *("Bath and North East Somerset", "Bournemouth", "Bristol", "Cornwall", "Devon", "Dorset"),
    *("Gloucestershire", "Isles of Scilly", "North Somerset", "Plymouth", "Poole", "Somerset"),
    *("South Gloucestershire", "Swindon", "Torbay", "Wiltshire"),
)
BATH, DORSET, SWINDON = "Bath and North East Somerset", "Dorset", "Swindon"


def round_of(names: tuple[str, ...], score: int = 500, **changes: object) -> Problem:
    arcs = tuple(Arc(a, b, score) for a in names for b in names if a != b)
    return replace(Problem("directed", tuple(map(Authority, names)), arcs), **changes)


def pairs(solution: Solution) -> set[tuple[str, str]]:
    return {(one.host, one.challenger) for one in solution.pairs}


def scored(problem: Problem, **scores: int) -> Problem:
    """`a_b=900`: what b's challenge of a is worth."""
    arcs = (
        arc._replace(score=scores.get(f"{arc.host}_{arc.challenger}", arc.score))
        for arc in problem.arcs
    )
    return replace(problem, arcs=tuple(arcs))


def test_the_south_wests_round_of_2012() -> None:
    """Two pairs of that round are known: Dorset to Bath, and Bath to Swindon."""
    sample = sample_round(len(SOUTH_WEST), 2012)
    named = dict(zip((one.id for one in sample.authorities), SOUTH_WEST, strict=True))
    problem = Problem(
        "directed",
        tuple(Authority(name, gives_least=1) for name in SOUTH_WEST),
        tuple(
            arc._replace(host=named[arc.host], challenger=named[arc.challenger])
            for arc in sample.arcs
        ),
        locked=((BATH, DORSET), (SWINDON, BATH)),
    )
    solution = solve(problem)
    assert solution.status == "optimal"
    assert {(BATH, DORSET), (SWINDON, BATH)} <= pairs(solution)
    assert [one.host for one in solution.pairs] == sorted(SOUTH_WEST)
    assert sorted(one.challenger for one in solution.pairs) == sorted(SOUTH_WEST)
    assert not breaks_the_mutual_rule(solution)
    free = solve(replace(problem, locked=()))
    assert free.total is not None
    assert solution.total is not None
    assert solution.total <= free.total
    for one in solution.pairs:
        locked = (one.host, one.challenger) in problem.locked
        assert (one.next_best is None) == locked
        assert locked or one.next_best.cost >= 0


def test_nobody_challenges_itself() -> None:
    names = ("a", "b", "c")
    problem = round_of(names, 1)
    tempting = tuple(Arc(name, name, 1000) for name in names)
    solution = solve(replace(problem, arcs=problem.arcs + tempting))
    assert solution.total == 3
    assert all(one.host != one.challenger for one in solution.pairs)


def test_nobody_gives_more_than_its_most() -> None:
    problem = scored(round_of(("a", "b", "c", "d")), a_b=900, c_b=900, d_b=900)
    once = solve(problem)
    assert [one.challenger for one in once.pairs].count("b") == 1
    twice = tuple(replace(x, gives_most=2 if x.id == "b" else 1) for x in problem.authorities)
    solution = solve(replace(problem, authorities=twice))
    assert [one.challenger for one in solution.pairs].count("b") == 2


def test_everybody_gives_its_least() -> None:
    problem = scored(round_of(("a", "b", "c", "d"), 500), a_b=1, c_b=1, d_b=1)
    relaxed = tuple(replace(one, gives_most=3) for one in problem.authorities)
    problem = replace(problem, authorities=relaxed)
    assert "b" not in {one.challenger for one in solve(problem).pairs}
    bound = tuple(replace(one, gives_least=one.id == "b") for one in relaxed)
    solution = solve(replace(problem, authorities=bound))
    assert [one.challenger for one in solution.pairs].count("b") == 1


def test_no_two_challenge_each_other_unless_they_may() -> None:
    problem = scored(round_of(("a", "b", "c", "d"), 1), a_b=900, b_a=900, c_d=900, d_c=900)
    assert breaks_the_mutual_rule(solve(replace(problem, mutual_allowed=True)))
    assert not breaks_the_mutual_rule(solve(problem))


@pytest.mark.parametrize(
    "rule", ["conflict", "declined", "intervention", "merged", "neighbour", "any other"]
)
def test_a_blocked_pair_stands_only_when_it_is_locked(rule: str) -> None:
    problem = scored(round_of(("a", "b", "c"), 1), a_b=900, b_c=900, c_a=900)
    arcs = tuple(
        arc._replace(blocked_by=(rule,)) if arc[:2] == ("a", "b") else arc for arc in problem.arcs
    )
    problem = replace(problem, arcs=arcs)
    solution = solve(problem)
    assert pairs(solution) == {("a", "c"), ("b", "a"), ("c", "b")}
    assert {one.next_best for one in solution.pairs} == {None}
    locked = solve(replace(problem, locked=(("a", "b"),)))
    assert pairs(locked) == {("a", "b"), ("b", "c"), ("c", "a")}
    assert (locked.overridden, solution.overridden) == ((("a", "b"),), ())


def test_a_locked_pair_blocked_one_way_names_that_way() -> None:
    problem = round_of(("a", "b", "c", "d"), topology="pairs", locked=(("a", "b"),))
    arcs = tuple(
        arc._replace(blocked_by=("merged",)) if arc[:2] == ("b", "a") else arc
        for arc in problem.arcs
    )
    assert solve(replace(problem, arcs=arcs)).overridden == (("b", "a"),)


def test_a_pair_blocked_one_way_is_no_pair() -> None:
    problem = round_of(("a", "b", "c", "d"), topology="pairs")
    arcs = tuple(
        arc._replace(blocked_by=("conflict",), score=1000) if arc[:2] == ("b", "a") else arc
        for arc in problem.arcs
    )
    assert ("a", "b") not in pairs(solve(replace(problem, arcs=arcs)))


def test_a_panel_has_two_readers_and_a_moderator() -> None:
    names = ("a", "b", "c", "d", "e")
    authorities = tuple(Authority(name, "", name == "a") for name in names)
    problem = replace(round_of(names), topology="panel", authorities=authorities)
    arcs = tuple(arc._replace(moderator_score=900 * (arc[1] == "d")) for arc in problem.arcs)
    solution = solve(replace(problem, arcs=arcs))
    assert sorted(one.role for one in solution.pairs) == ["moderator", "reader", "reader"]
    assert len({one.challenger for one in solution.pairs}) == 3
    assert [one.challenger for one in solution.pairs if one.role == "moderator"] == ["d"]
    assert solution.total == 1900


def test_groups_may_be_uneven() -> None:
    solution = solve(round_of(tuple("abcdefg"), topology="groups", group_sizes=(3, 4)))
    assert sorted(map(len, solution.groups)) == [3, 4]
    assert sorted(one for group in solution.groups for one in group) == list("abcdefg")
    assert len(solution.pairs) == 3 * 2 + 4 * 3


def test_the_worst_off_host_comes_first_where_the_objective_says_so() -> None:
    problem = scored(round_of(("a", "b", "c"), 400), a_b=1000, b_c=1000, c_a=100)
    assert solve(problem).worst == 100
    fair = solve(replace(problem, objective=("worst", "total")))
    assert (fair.worst, fair.total) == (400, 1200)


def test_previous_pairs_stay_where_the_objective_says_so() -> None:
    problem = scored(round_of(("a", "b", "c"), 400), a_b=1000)
    problem = replace(problem, previous=(("a", "c"), ("b", "a"), ("c", "b")))
    assert solve(problem).moved == 3
    steady = solve(replace(problem, objective=("moved", "total")))
    assert (steady.moved, steady.total) == (0, 1200)
    for one in steady.pairs:
        assert one.next_best is not None
        assert (one.next_best.cost, one.next_best.falls["moved"]) == (-600, 3)


def test_equal_answers_are_told_apart_by_the_ids() -> None:
    """Nobody's score counts: each is challenged by whoever comes after it."""
    names = tuple(f"a{number}" for number in range(8))
    ring = {(one, after) for one, after in zip(names, names[1:] + names[:1], strict=True)}
    assert pairs(solve(round_of(names))) == ring


def test_regions_that_share_no_arc_are_solved_alone_and_judged_together() -> None:
    east, west = scored(round_of(("a", "b", "c"), 10), a_b=11), round_of(("x", "y", "z"), 700)
    west = scored(west, x_y=900, y_z=900, z_x=500)
    both = replace(
        east, authorities=east.authorities + west.authorities, arcs=east.arcs + west.arcs
    )
    assert solve(both).total == 31 + 2300
    fair = solve(replace(both, objective=("worst", "total")))
    assert (fair.worst, fair.total) == (10, 31 + 2300)


def test_the_plain_assignment_breaks_the_mutual_rule_more_often_than_not() -> None:
    seeds = range(20)
    rounds = [sample_round(16, seed) for seed in seeds]
    plain = [solve(replace(one, mutual_allowed=True), with_next_best=False) for one in rounds]
    ours = [solve(one, with_next_best=False) for one in rounds]
    assert sum(map(breaks_the_mutual_rule, ours)) == 0
    broken = sum(map(breaks_the_mutual_rule, plain))
    assert broken > len(rounds) / 2, f"only in {broken} of {len(rounds)}"
    for with_rule, without in zip(ours, plain, strict=True):
        assert with_rule.status == without.status == "optimal"
        assert with_rule.total <= without.total


def test_a_national_round_is_proven() -> None:
    problem = sample_round(153, 1, dense=False)
    solution = solve(problem, with_next_best=False)
    assert (solution.status, solution.bound) == ("optimal", solution.total)
    assert not breaks_the_mutual_rule(solution)
    assert solve(problem, with_next_best=False).pairs == solution.pairs


def test_out_of_time_there_is_an_answer_and_a_bound() -> None:
    problem = round_of(tuple(f"a{n:02}" for n in range(61)), topology="groups", group_sizes=(3, 4))
    arcs = tuple(
        arc._replace(score=sum(map(ord, arc[0])) * sum(map(ord, arc[1])) * n % 1001)
        for n, arc in enumerate(problem.arcs)
    )
    solution = solve(replace(problem, arcs=arcs), time_limit=0.5)
    assert solution.status == "feasible"
    assert solution.total is not None
    assert solution.bound is not None
    assert solution.total < solution.bound
    assert sorted(one for group in solution.groups for one in group) == sorted(problem.by_id)
    assert len(solution.unpriced) == len(solution.pairs)
