"""What the rules say to pairs that somebody chose, topology by topology."""

from itertools import permutations

import pytest

from rounds.matching.checking import broken_rules, unmatched
from rounds.matching.places import together
from rounds.matching.problem import DIRECTED, GROUPS, PAIRS, PANEL, Arc, Authority, Ids, Problem

NAMES = {"a": "Avon", "b": "Bath", "c": "Cornwall", "d": "Devon", "e": "Exmoor"}


def problem(topology: str, ids: str = "abcde", most: int = 1, **more: object) -> Problem:
    return Problem(
        topology,
        tuple(Authority(one, NAMES[one], gives_most=most) for one in ids),
        tuple(Arc(a, b, 1) for a, b in permutations(ids, 2)),
        **more,  # type: ignore[arg-type]
    )


def said(problem: Problem, pairs: list[Ids]) -> list[str]:
    return [broken.text for broken in broken_rules(problem, pairs)]


def grouped(*groups: str) -> list[Ids]:
    return list(together(groups))


def test_a_host_has_no_more_challengers_than_the_round_gives_it() -> None:
    one = problem(DIRECTED)
    assert said(one, [("a", "b"), ("a", "c")]) == [
        "Avon is to be challenged by two authorities: in this round it is by one."
    ]
    two = problem(DIRECTED, challengers_per_host=2)
    assert said(two, [("a", "b"), ("a", "c")]) == []


@pytest.mark.parametrize(
    ("groups", "sentences"),
    [
        (["ab", "cd"], []),
        (["abc", "de"], ["Avon, Bath and Cornwall are three together: a pair is two."]),
    ],
)
def test_two_make_a_pair(groups: list[str], sentences: list[str]) -> None:
    assert said(problem(PAIRS), grouped(*groups)) == sentences


def test_a_group_has_one_of_the_sizes_of_the_round() -> None:
    threes = problem(GROUPS, group_sizes=(3, 4))
    assert said(threes, grouped("abcd")) == []
    assert said(threes, grouped("abc", "de")) == [
        "Devon and Exmoor are two together: a group has three or four."
    ]


def test_whoever_is_in_no_group_is_unmatched_and_not_whoever_is_in_a_small_one() -> None:
    assert unmatched(problem(GROUPS, group_sizes=(3, 4)), grouped("abc")) == ["d", "e"]
    assert unmatched(problem(GROUPS, group_sizes=(3, 4)), grouped("abc", "de")) == []
    assert unmatched(problem(PAIRS), grouped("ab", "cd")) == ["e"]


def test_all_in_a_group_challenge_each_other() -> None:
    threes = problem(GROUPS, group_sizes=(3, 4))
    pairs = [pair for pair in grouped("abc") if pair != ("a", "b")]
    assert said(threes, pairs) == ["Avon, Bath and Cornwall do not all challenge each other."]


def test_a_panel_needs_three_for_each_host() -> None:
    panel = problem(PANEL, most=3, challengers_per_host=2)
    assert unmatched(panel, [("a", "b"), ("a", "c")]) == ["a", "b", "c", "d", "e"]
    assert unmatched(panel, [("a", one) for one in "bcd"]) == ["b", "c", "d", "e"]
    assert said(panel, [("a", one) for one in "bcde"]) == [
        "Avon is to be challenged by four authorities: in this round it is by three."
    ]
