"""A region as hexagons, coloured by stage."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerchallenge.shared.charts.points import Point, point, rounded

HEX_RADIUS = 30.0
HEX_GAP = 2.0


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


@dataclass(frozen=True)
class KeyEntry:
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
                rounded(x),
                rounded(y),
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
        rounded(max((cell.x for cell in drawn), default=0.0) + across / 2),
        rounded(max((cell.y for cell in drawn), default=0.0) + HEX_RADIUS),
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
        point((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
        for angle in corners
    )
