"""What the board begins with where the rules leave no whole answer."""

from itertools import permutations

import pytest

from rounds.matching.partial import suggested
from rounds.matching.places import groups_of
from rounds.matching.problem import GROUPS, PAIRS, PANEL, Arc, Authority, Problem


def problem(topology: str, ids: str, **more: object) -> Problem:
    return Problem(
        topology,
        tuple(Authority(one, gives_most=3) for one in ids),
        tuple(Arc(a, b, 100) for a, b in permutations(ids, 2)),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("asked", "sizes"),
    [
        (problem(PAIRS, "abcde"), [2, 2]),
        (problem(GROUPS, "abcde", group_sizes=(3, 4)), [3, 2]),
        (problem(PAIRS, "ab"), [2]),
    ],
)
def test_as_many_as_can_be_sit_together(asked: Problem, sizes: list[int]) -> None:
    found = suggested(asked)
    assert [len(group) for group in groups_of(found.pairs)] == sizes


def test_a_locked_pair_stays_together_in_what_is_left() -> None:
    asked = problem(PAIRS, "abc", locked=(("b", "c"),))
    assert groups_of(suggested(asked).pairs) == [("b", "c")]


def test_a_panel_of_three_gives_each_host_the_two_there_are() -> None:
    found = suggested(problem(PANEL, "abc", mutual_allowed=True))
    assert found.solution.status == "impossible"
    assert sorted(found.pairs) == list(permutations("abc", 2))
