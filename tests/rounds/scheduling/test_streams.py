"""A day's sessions side by side in a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rounds.scheduling.streams import QUARTER, Cell, DayGrid, Span, arrange

minutes = st.integers(8 * 60, 18 * 60)


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    found = draw(
        st.lists(
            st.tuples(minutes, st.integers(5, 240), st.frozensets(st.integers(1, 4))), max_size=8
        )
    )
    return [
        Span(number, begins, begins + length, people)
        for number, (begins, length, people) in enumerate(found, start=1)
    ]


def spread(grid: DayGrid) -> list[list[int | None]]:
    """What a browser makes of the table: the session in each quarter and stream."""
    lines: list[list[int | None]] = [[0] * grid.streams for _ in grid.lines]
    for down, line in enumerate(grid.lines):
        for cell in line.cells:
            across = lines[down].index(0)
            for row in range(down, down + cell.rows):
                for column in range(across, across + cell.columns):
                    assert lines[row][column] == 0
                    lines[row][column] = cell.id
    return lines


def overlap_most(found: list[Span]) -> int:
    quarters = {quarter for span in found for quarter in range(span.first, span.after)}
    return max(
        (sum(span.first <= one < span.after for span in found) for one in quarters), default=0
    )


@given(spans())
def test_every_place_of_the_table_holds_one_session_or_is_free(found: list[Span]) -> None:
    grid = arrange(found)
    lines = spread(grid)
    for down, line in enumerate(lines):
        quarter = grid.lines[down].begins // QUARTER
        going_on = {span.id for span in found if span.first <= quarter < span.after}
        assert {one for one in line if one is not None} == going_on
        assert 0 not in line


@given(spans())
def test_there_are_as_few_streams_as_can_be(found: list[Span]) -> None:
    assert arrange(found).streams == overlap_most(found)


@given(spans())
def test_a_session_keeps_to_one_stream_unless_nothing_takes_place_beside_it(
    found: list[Span],
) -> None:
    grid = arrange(found)
    lines = spread(grid)
    for span in found:
        beside = [one for one in found if one.first < span.after and span.first < one.after]
        where = {column for line in lines for column, one in enumerate(line) if one == span.id}
        assert len(where) == (1 if len(beside) > 1 else grid.streams)


def test_people_who_go_on_stay_in_their_stream() -> None:
    ann, bob = frozenset({1}), frozenset({2})
    grid = arrange(
        [
            Span(1, 540, 600, ann),
            Span(2, 540, 630, bob),
            Span(3, 600, 660, ann),
            Span(4, 630, 690, bob),
        ]
    )
    assert spread(grid)[0] == [1, 2]
    assert spread(grid)[-3] == [3, 4]


def test_people_find_their_stream_again_after_all_were_together() -> None:
    ann, bob = frozenset({1}), frozenset({2})
    grid = arrange(
        [
            Span(1, 540, 600, ann),
            Span(2, 540, 600, bob),
            Span(3, 600, 630, ann | bob),
            Span(4, 630, 690, bob),
            Span(5, 645, 690, ann),
        ]
    )
    assert spread(grid)[0] == [1, 2]
    assert spread(grid)[4] == [3, 3]
    assert spread(grid)[-1] == [5, 4]


def test_a_session_of_five_minutes_takes_a_line() -> None:
    grid = arrange([Span(1, 545, 550)])
    assert [line.cells for line in grid.lines] == [[Cell(1, 1)]]


def test_without_sessions_there_is_no_table() -> None:
    assert arrange([]) == DayGrid(0, [])
