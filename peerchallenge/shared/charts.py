"""Pictures as coordinates: plain numbers in, what a template draws as SVG out.

Each picture has a title for those who do not see it, and stands beside a table saying the same.
Units are those of the SVG's viewBox; y grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# A ring is drawn about as wide as a phone, so that its letters stay legible there.
RING_SIZE = 400.0
NODE_RADIUS = 23.0
ARROW_LENGTH = 10.0
ARROW_HALF_WIDTH = 5.0

HEX_RADIUS = 30.0
HEX_GAP = 2.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """One authority on the ring; `label` is short enough for a circle (3 or 4 letters)."""

    key: str
    label: str
    name: str = ""


@dataclass(frozen=True)
class Arrow:
    """Who challenges whom, and whether a rule is broken by it."""

    source: str
    target: str
    problem: bool = False


class PlacedNode(NamedTuple):
    x: float
    y: float
    radius: float
    label: str
    name: str


class PlacedArrow(NamedTuple):
    path: str
    head: str
    problem: bool


@dataclass(frozen=True)
class Ring:
    title: str
    size: float
    nodes: tuple[PlacedNode, ...]
    arrows: tuple[PlacedArrow, ...]


def chained(keys: Iterable[str], arrows: Iterable[Arrow]) -> list[str]:
    """The keys in an order in which most follow whoever challenges them."""
    follows: dict[str, str] = {}
    for arrow in arrows:
        follows.setdefault(arrow.source, arrow.target)
    waiting = dict.fromkeys(keys)
    challenged = {target for source, target in follows.items() if source != target}
    # Chains first from where they start, then the closed rings.
    starts = [key for key in waiting if key not in challenged] + list(waiting)
    order: list[str] = []
    for start in starts:
        key: str | None = start
        while key is not None and key in waiting:
            del waiting[key]
            order.append(key)
            key = follows.get(key)
    return order


def ring(nodes: Sequence[Node], arrows: Sequence[Arrow], title: str = "") -> Ring:
    """The authorities on a circle, an arrow from each challenger to its host.

    A pair that challenge each other gets two arrows, one bent inwards and one outwards.
    Raises KeyError for an arrow whose ends are not among the nodes.
    """
    by_key = {node.key: node for node in nodes}
    order = chained(by_key, arrows)
    middle = RING_SIZE / 2
    reach = middle - NODE_RADIUS - 12
    at: dict[str, Point] = {}
    for index, key in enumerate(order):
        angle = 2 * math.pi * index / max(len(order), 1) - math.pi / 2
        at[key] = (middle + reach * math.cos(angle), middle + reach * math.sin(angle))
    pairs = {(arrow.source, arrow.target) for arrow in arrows}
    drawn = []
    for arrow in arrows:
        start, end = at[arrow.source], at[arrow.target]
        mutual = (arrow.target, arrow.source) in pairs and arrow.source > arrow.target
        if arrow.source != arrow.target:
            drawn.append(_arrow(start, end, outwards=mutual, problem=arrow.problem))
    placed = [
        PlacedNode(
            _round(at[key][0]),
            _round(at[key][1]),
            NODE_RADIUS,
            by_key[key].label,
            by_key[key].name or by_key[key].label,
        )
        for key in order
    ]
    return Ring(title or _ring_title(arrows), RING_SIZE, tuple(placed), tuple(drawn))


def _ring_title(arrows: Sequence[Arrow]) -> str:
    broken = sum(arrow.problem for arrow in arrows)
    count = "1 arrow" if len(arrows) == 1 else f"{len(arrows)} arrows"
    return f"Ring of who challenges whom: {count}, {broken} to check"


def _arrow(start: Point, end: Point, *, outwards: bool, problem: bool) -> PlacedArrow:
    """A curve from the edge of one circle to the edge of another, with its head."""
    middle = RING_SIZE / 2
    half = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    towards = (middle - half[0], middle - half[1])
    # Neighbours bend most, so that their arrow has room; those across the ring hardly at all.
    pull = -0.12 if outwards else 0.36
    bend = (half[0] + towards[0] * pull, half[1] + towards[1] * pull)
    first = _towards(start, bend, NODE_RADIUS + 1)
    tip = _towards(end, bend, NODE_RADIUS + 1)
    neck = _towards(tip, bend, ARROW_LENGTH)
    dx, dy = _unit(neck, tip)
    left = (neck[0] - dy * ARROW_HALF_WIDTH, neck[1] + dx * ARROW_HALF_WIDTH)
    right = (neck[0] + dy * ARROW_HALF_WIDTH, neck[1] - dx * ARROW_HALF_WIDTH)
    return PlacedArrow(
        f"M{_point(first)} Q{_point(bend)} {_point(neck)}",
        f"{_point(tip)} {_point(left)} {_point(right)}",
        problem,
    )


@dataclass(frozen=True)
class Cell:
    """One authority on the map: its place, and how far along it is (0 to 7)."""

    key: str
    label: str
    name: str
    stage: int
    stage_label: str
    column: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class PlacedCell:
    points: str
    x: float
    y: float
    label: str
    name: str
    stage: int
    stage_label: str


class KeyEntry(NamedTuple):
    """One line of the map's key: a stage, and how many authorities are at it."""

    stage: int
    label: str
    count: int


@dataclass(frozen=True)
class HexagonMap:
    title: str
    width: float
    height: float
    cells: tuple[PlacedCell, ...]
    key: tuple[KeyEntry, ...]


def hexagon_map(
    cells: Sequence[Cell], title: str = "", stages: Mapping[int, str] | None = None
) -> HexagonMap:
    """Hexagons with points up; odd rows stand half a hexagon to the right.

    Cells without a place fill rows of their own below the rest. `stages` names every stage
    for the key; without it the key lists those that occur.
    """
    placed = _places(cells)
    across = math.sqrt(3) * HEX_RADIUS
    down = 1.5 * HEX_RADIUS
    left = min((column + (row % 2) / 2 for column, row in placed), default=0.0)
    top = min((row for _, row in placed), default=0)
    drawn = []
    for cell, (column, row) in zip(cells, placed, strict=True):
        x = (column + (row % 2) / 2 - left + 0.5) * across
        y = (row - top) * down + HEX_RADIUS
        drawn.append(
            PlacedCell(
                _hexagon((x, y)),
                _round(x),
                _round(y),
                cell.label,
                cell.name,
                cell.stage,
                cell.stage_label,
            )
        )
    names = dict(stages) if stages else {cell.stage: cell.stage_label for cell in cells}
    key = [
        KeyEntry(stage, label, sum(cell.stage == stage for cell in cells))
        for stage, label in sorted(names.items())
    ]
    return HexagonMap(
        title or "Map of the region: each authority by the stage it has reached",
        _round(max((cell.x for cell in drawn), default=0.0) + across / 2),
        _round(max((cell.y for cell in drawn), default=0.0) + HEX_RADIUS),
        tuple(drawn),
        tuple(key),
    )


def _places(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    below = max((cell.row for cell in cells if cell.row is not None), default=-1) + 1
    width = max(3, math.ceil(math.sqrt(len(cells))))
    places, homeless = [], 0
    for cell in cells:
        if cell.column is None or cell.row is None:
            places.append((homeless % width, below + homeless // width))
            homeless += 1
        else:
            places.append((cell.column, cell.row))
    return places


def _hexagon(centre: Point) -> str:
    radius = HEX_RADIUS - HEX_GAP / 2
    corners = (math.radians(60 * corner - 90) for corner in range(6))
    return " ".join(
        _point((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
        for angle in corners
    )


class Segment(NamedTuple):
    x: float
    done: bool


@dataclass(frozen=True)
class StageMeter:
    title: str
    width: float
    segments: tuple[Segment, ...]


def stage_meter(done: int, of: int, label: str = "") -> StageMeter:
    """A bar of `of` boxes, the first `done` of them filled."""
    of = max(of, 1)
    done = min(max(done, 0), of)
    said = f": {label}" if label else ""
    boxes = tuple(Segment(float(index * 12), index < done) for index in range(of))
    return StageMeter(f"Stage {done} of {of}{said}", of * 12.0 + 1, boxes)


class PointsBar(NamedTuple):
    full: float
    filled: float


def points_bar(points: float, out_of: float, most: float) -> PointsBar:
    """A bar as long as `out_of`, filled as far as `points`; `most` is 100 long."""
    scale = 100 / max(most, 1)
    return PointsBar(_round(out_of * scale), _round(min(points, out_of) * scale))


def _unit(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _towards(start: Point, end: Point, distance: float) -> Point:
    dx, dy = _unit(start, end)
    return start[0] + dx * distance, start[1] + dy * distance


def _round(number: float) -> float:
    return round(number, 1)


def _point(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
