"""Two bars in a table's row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerchallenge.shared.charts.pairs import LONGEST, Pair, pairs


def test_the_largest_number_takes_all_the_room() -> None:
    assert pairs([(4, 2), (0, 1)]) == [Pair(100.0, 50.0), Pair(0.0, 25.0)]


def test_nothing_is_drawn_of_nothing() -> None:
    assert pairs([]) == []
    assert pairs([(0, 0)]) == [Pair(0.0, 0.0)]


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1))
def test_a_larger_number_never_has_the_shorter_bar(values: list[tuple[int, int]]) -> None:
    drawn = pairs(values)
    numbers = sorted(
        (number, width)
        for pair, bar in zip(values, drawn, strict=True)
        for number, width in zip(pair, (bar.upper, bar.lower), strict=True)
    )
    widths = [width for _, width in numbers]
    assert widths == sorted(widths)
    assert widths[-1] == (LONGEST if numbers[-1][0] else 0.0)
