import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerchallenge.shared.charts import (
    NODE_RADIUS,
    RING_SIZE,
    Arrow,
    Cell,
    KeyEntry,
    Node,
    chained,
    gathering,
    hexagon_map,
    ring,
    stage_meter,
)


def test_a_ring_puts_each_host_after_its_challenger() -> None:
    arrows = [Arrow("c", "a"), Arrow("b", "c"), Arrow("a", "d"), Arrow("d", "b")]
    assert chained(["a", "b", "c", "d"], arrows) == ["a", "d", "b", "c"]


def test_a_chain_that_is_not_closed_starts_where_nobody_challenges() -> None:
    assert chained(["a", "b", "c"], [Arrow("c", "a"), Arrow("a", "b")]) == ["c", "a", "b"]


def test_two_rings_stand_one_after_the_other() -> None:
    arrows = [Arrow("a", "c"), Arrow("c", "a"), Arrow("b", "d"), Arrow("d", "b")]
    assert chained(["a", "b", "c", "d"], arrows) == ["a", "c", "b", "d"]


@given(
    st.lists(st.integers(0, 30), unique=True, max_size=31).flatmap(
        lambda keys: st.tuples(
            st.just([str(key) for key in keys]),
            st.lists(
                st.tuples(st.sampled_from(keys or [0]), st.sampled_from(keys or [0])), max_size=40
            )
            if keys
            else st.just([]),
        )
    )
)
def test_every_authority_stands_on_the_ring_once_inside_the_picture(
    given_: tuple[list[str], list[tuple[int, int]]],
) -> None:
    keys, pairs = given_
    arrows = [Arrow(str(a), str(b)) for a, b in pairs]
    assert sorted(chained(keys, arrows)) == sorted(keys)
    chart = ring([Node(key, key) for key in keys], arrows)
    for node in chart.nodes:
        assert NODE_RADIUS <= node.x <= RING_SIZE - NODE_RADIUS
        assert NODE_RADIUS <= node.y <= RING_SIZE - NODE_RADIUS
    for arrow in chart.arrows:
        numbers = [float(one) for one in re.findall(r"-?\d+\.\d", arrow.path + " " + arrow.head)]
        assert len(numbers) == 12
        assert all(0 <= number <= RING_SIZE for number in numbers)
    assert len(chart.arrows) == sum(a != b for a, b in pairs)


def test_sixteen_circles_do_not_touch() -> None:
    chart = ring([Node(str(n), str(n)) for n in range(16)], [])
    first, second = chart.nodes[:2]
    assert math.dist((first.x, first.y), (second.x, second.y)) > 2 * NODE_RADIUS + 10


def test_a_pair_that_challenge_each_other_has_two_arrows_apart() -> None:
    arrows = [Arrow("a", "b", problem=True), Arrow("b", "a", problem=True)]
    chart = ring([Node("a", "A"), Node("b", "B"), Node("c", "C")], arrows)
    inward, outward = chart.arrows
    assert inward.problem
    assert outward.problem
    assert inward.path != outward.path
    assert chart.title == "Ring of who challenges whom: 2 arrows, 2 to check"


def test_an_arrow_to_nobody_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        ring([Node("a", "A")], [Arrow("a", "b")])


def cell(key: str, stage: int = 0, column: int | None = None, row: int | None = None) -> Cell:
    return Cell(key, key, f"Authority {key}", stage, f"Stage {stage}", column, row)


def test_neighbouring_hexagons_stand_side_by_side() -> None:
    chart = hexagon_map([cell("a", 0, 3, 2), cell("b", 1, 4, 2), cell("c", 1, 3, 3)])
    a, b, c = chart.cells
    assert a.y == b.y
    assert b.x - a.x == pytest.approx(52, abs=0.1)
    assert c.x - a.x == pytest.approx(26, abs=0.1)
    assert c.y - a.y == 45
    assert chart.width == pytest.approx(104, abs=0.2)
    assert chart.height == 105


def test_authorities_without_a_place_fill_rows_below() -> None:
    chart = hexagon_map([cell("a", 0, 0, 0), cell("b"), cell("c"), cell("d"), cell("e")])
    places = {(one.x, one.y) for one in chart.cells}
    assert len(places) == 5
    assert [one.y for one in chart.cells] == [30, 75, 75, 75, 120]


def test_the_key_counts_every_stage_even_an_empty_one() -> None:
    chart = hexagon_map(
        [cell("a", 0), cell("b", 2), cell("c", 2)], stages={0: "Start", 1: "Half", 2: "Done"}
    )
    assert chart.key == (
        KeyEntry(0, "Start", 1),
        KeyEntry(1, "Half", 0),
        KeyEntry(2, "Done", 2),
    )


def test_an_empty_map_and_an_empty_ring_are_drawn_empty() -> None:
    assert hexagon_map([]).cells == ()
    assert ring([], []).nodes == ()


@pytest.mark.parametrize(
    ("done", "of", "filled"), [(0, 6, 0), (3, 6, 3), (6, 6, 6), (9, 6, 6), (-1, 6, 0), (1, 0, 1)]
)
def test_a_meter_fills_as_many_boxes_as_are_done(done: int, of: int, filled: int) -> None:
    meter = stage_meter(done, of, "Visit booked")
    assert sum(segment.done for segment in meter.segments) == filled
    assert meter.title == f"Stage {filled} of {max(of, 1)}: Visit booked"


def test_those_who_meet_stand_side_by_side_and_are_joined() -> None:
    nodes = [Node(key, key.upper()) for key in "abcdef"]
    drawn = gathering(nodes, [("a", "d"), ("b", "c", "e")], {"a", "d"})
    assert [node.label for node in drawn.nodes] == ["A", "D", "B", "C", "E", "F"]
    assert [line.problem for line in drawn.arrows] == [True, False, False, False]
    assert {line.head for line in drawn.arrows} == {""}
    assert drawn.title == "Who meets whom: 2 groups, 1 alone"
    a, d, b = drawn.nodes[:3]
    assert math.dist(a[:2], d[:2]) < math.dist(d[:2], b[:2])
