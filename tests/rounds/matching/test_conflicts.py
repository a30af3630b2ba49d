"""Rounds without an answer: the rules in conflict, in words, and no smaller set of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rounds.matching import Arc, Authority, Problem, Solution, solve
from tests.rounds.matching.brute import small_problems


def round_of(*names: str, arcs: str, **changes: object) -> Problem:
    """`arcs`: “bath<dorset” for each challenger of a host; a star is blocked by a conflict."""
    listed = []
    for number, arc in enumerate(arcs.split()):
        host, challenger = arc.rstrip("*").split("<")
        rule = ("conflict",) if arc.endswith("*") else ()
        listed.append(Arc(host, challenger, 100 + number, None, rule))
    authorities = tuple(Authority(name) for name in names)
    return replace(Problem("directed", authorities, tuple(listed)), **changes)


def everybody(*names: str) -> str:
    return " ".join(f"{a}<{b}" for a in names for b in names if a != b)


def conflict(problem: Problem) -> list[tuple[str, tuple[str, ...], str]]:
    solution = solve(problem)
    assert solution.status == "impossible"
    assert (solution.total, solution.bound, solution.pairs) == (None, None, ())
    return [tuple(one) for one in solution.conflict]


def relaxed(solution: Solution) -> dict[str, int | None]:
    return {one.text: one.total for one in solution.relaxed}


SOUTH_WEST = round_of(
    *("poole", "scilly", "dorset", "devon"),
    arcs="poole<dorset scilly<dorset dorset<poole dorset<devon devon<scilly poole<devon*",
)


def test_two_that_may_only_be_challenged_by_the_same_one() -> None:
    assert conflict(SOUTH_WEST) == [
        ("capacity", ("dorset",), "Dorset may give only one challenge"),
        (
            "choice",
            ("poole", "scilly"),
            "Poole and Scilly may each only be challenged by Dorset",
        ),
    ]


def test_what_each_rule_costs_is_said_beside_it() -> None:
    assert relaxed(solve(SOUTH_WEST)) == {
        "If it did not count: Dorset may give only one challenge": 100 + 101 + 103 + 104,
        "If it did not count: Devon has a declared conflict of interest with Poole": 105
        + 101
        + 102
        + 104,
        "If Scilly is left out": 100 + 103 + 104,
    }


def test_a_host_whom_nobody_may_challenge() -> None:
    problem = round_of("bath", "dorset", "devon", arcs="dorset<bath devon<dorset bath<devon*")
    assert conflict(problem) == [("choice", ("bath",), "Bath may not be challenged by anybody")]
    assert relaxed(solve(problem)) == {
        "If it did not count: Devon has a declared conflict of interest with Bath": 303
    }


def test_no_arcs_at_all() -> None:
    problem = round_of("bath", "dorset", arcs="")
    assert conflict(problem) == [("choice", ("bath",), "Bath may not be challenged by anybody")]


def test_two_alone_may_not_challenge_each_other() -> None:
    problem = round_of("bath", "dorset", arcs="bath<dorset dorset<bath")
    assert conflict(problem) == [
        ("choice", ("bath",), "Bath may only be challenged by Dorset"),
        ("choice", ("dorset",), "Dorset may only be challenged by Bath"),
        ("mutual", ("bath", "dorset"), "Bath and Dorset may not challenge each other"),
    ]
    assert solve(replace(problem, mutual_allowed=True)).total == 201


def test_locks_that_take_one_challenger_twice() -> None:
    names = ("bath", "dorset", "devon", "poole")
    locked = (("bath", "dorset"), ("devon", "dorset"))
    assert conflict(round_of(*names, arcs=everybody(*names), locked=locked)) == [
        ("capacity", ("dorset",), "Dorset may give only one challenge"),
        ("locked", ("bath", "dorset"), "Dorset is locked to challenge Bath"),
        ("locked", ("devon", "dorset"), "Dorset is locked to challenge Devon"),
    ]


def test_two_locks_on_one_host() -> None:
    names = ("bath", "dorset", "devon", "poole")
    locked = (("bath", "dorset"), ("bath", "devon"))
    assert conflict(round_of(*names, arcs=everybody(*names), locked=locked)) == [
        ("locked", ("bath", "devon"), "Devon is locked to challenge Bath"),
        ("locked", ("bath", "dorset"), "Dorset is locked to challenge Bath"),
        ("once", ("bath",), "Bath may be challenged only once"),
    ]


def test_a_lock_both_ways() -> None:
    names = ("bath", "dorset", "devon", "poole")
    locked = (("bath", "dorset"), ("dorset", "bath"))
    assert ("mutual", ("bath", "dorset"), "Bath and Dorset may not challenge each other") in (
        conflict(round_of(*names, arcs=everybody(*names), locked=locked))
    )


def test_a_lock_on_a_pair_that_is_not_listed() -> None:
    problem = round_of("a", "b", "c", arcs="a<b b<c c<a", locked=(("a", "c"),))
    assert conflict(problem) == [
        ("locked", ("a", "c"), "C is locked to challenge A"),
        ("unlisted", ("a", "c"), "C is not among those who may challenge A"),
    ]


def test_a_lock_on_oneself() -> None:
    problem = round_of("a", "b", "c", arcs="a<b b<c c<a a<a", locked=(("a", "a"),))
    assert ("oneself", ("a",), "A may not challenge itself") in conflict(problem)


def test_more_must_be_given_than_there_are_hosts() -> None:
    names = ("bath", "dorset", "devon")
    problem = round_of(*names, arcs=everybody(*names))
    eager = tuple(replace(one, gives_least=2, gives_most=2) for one in problem.authorities[:1])
    quiet = tuple(replace(one, hosts=False) for one in problem.authorities[1:])
    found = conflict(replace(problem, authorities=eager + quiet))
    assert found == [("least", ("bath",), "Bath must give at least two challenges")]


@pytest.mark.parametrize("count", [3, 5, 15])
def test_an_odd_number_cannot_be_paired(count: int) -> None:
    names = [f"a{number:02}" for number in range(count)]
    problem = round_of(*names, arcs=everybody(*names), topology="pairs")
    [(rule, about, text)] = conflict(problem)
    assert (rule, about) == ("odd", tuple(names))
    assert text.endswith("an odd number, and cannot all be in pairs")
    [way_out] = solve(problem).relaxed
    assert way_out.total is not None


def test_seven_do_not_make_groups_of_four() -> None:
    names = [f"a{number}" for number in range(7)]
    problem = round_of(*names, arcs=everybody(*names), topology="groups", group_sizes=(4,))
    [(rule, _, text)] = conflict(problem)
    assert rule == "sizes"
    assert text.endswith("are seven, which does not divide into groups of four")
    assert solve(replace(problem, group_sizes=(3, 4))).status == "optimal"


def test_three_to_a_panel_and_only_two_who_may() -> None:
    problem = round_of("a", "b", "c", arcs="a<b a<c", topology="panel")
    only = replace(problem, authorities=tuple(Authority(x, "", x == "a") for x in "abc"))
    text = "A must have three challengers and may only be challenged by B or C"
    assert conflict(only) == [("choice", ("a",), text)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_smaller_set_of_rules_is_in_conflict(data: st.DataObject) -> None:
    """Every set of pairs breaks some rules; a conflict is a set of rules that meets them all."""
    problem = data.draw(small_problems("directed", ("total",)))
    kept = {one.id for one in problem.authorities[:4]}
    problem = replace(
        problem,
        challengers_per_host=1,
        authorities=problem.authorities[:4],
        arcs=tuple(one for one in problem.arcs if kept >= {one.host, one.challenger})[:11],
        locked=(),
    )
    solution = solve(problem)
    broken = _minimal(_broken_rules(problem))
    assert (solution.status == "impossible") == (set() not in broken)
    if solution.status != "impossible":
        return
    found = {
        (one.rule, who)
        for one in solution.conflict
        for who in ([one.about] if one.rule == "mutual" else one.about)
    }
    assert all(found & each for each in broken)
    every = sorted(set().union(*broken), key=str)
    smaller = combinations(every, len(found) - 1)
    assert not any(all(set(few) & each for each in broken) for few in smaller)


def _broken_rules(problem: Problem) -> set[frozenset[object]]:
    arcs = [one for one in problem.arcs if not one.blocked_by and one.host != one.challenger]
    hosts = {one.id for one in problem.authorities if one.hosts}
    pairs = [one[:2] for one in arcs if one.host in hosts]
    found = set()
    for chosen in chain.from_iterable(combinations(pairs, n) for n in range(len(pairs) + 1)):
        hosted, given_by = [host for host, _ in chosen], [one for _, one in chosen]
        broken: set[object] = set()
        for one in problem.authorities:
            times = given_by.count(one.id)
            broken |= {("least", one.id)} if times < one.gives_least else set()
            broken |= {("capacity", one.id)} if times > one.gives_most else set()
            if one.hosts:
                broken |= {("choice", one.id)} if one.id not in hosted else set()
                broken |= {("once", one.id)} if hosted.count(one.id) > 1 else set()
        if not problem.mutual_allowed:
            broken |= {("mutual", (a, b)) for a, b in chosen if a < b and (b, a) in chosen}
        found.add(frozenset(broken))
    return found


def _minimal(sets: set[frozenset[object]]) -> list[set[object]]:
    return [set(one) for one in sets if not any(other < one for other in sets)]
