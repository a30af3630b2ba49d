"""Pictures as coordinates: plain numbers in, what a template draws as SVG out.

Each picture has a title for those who do not see it, and stands beside a table saying the same.
Units are those of the SVG's viewBox; y grows downwards.
"""

from peerchallenge.shared.charts.bars import PointsBar, Segment, StageMeter, points_bar, stage_meter
from peerchallenge.shared.charts.maps import Cell, HexagonMap, KeyEntry, PlacedCell, hexagon_map
from peerchallenge.shared.charts.rings import (
    NODE_RADIUS,
    RING_SIZE,
    Arrow,
    Node,
    PlacedArrow,
    PlacedNode,
    Ring,
    chained,
    gathering,
    ring,
)

__all__ = [
    "NODE_RADIUS",
    "RING_SIZE",
    "Arrow",
    "Cell",
    "HexagonMap",
    "KeyEntry",
    "Node",
    "PlacedArrow",
    "PlacedCell",
    "PlacedNode",
    "PointsBar",
    "Ring",
    "Segment",
    "StageMeter",
    "chained",
    "gathering",
    "hexagon_map",
    "points_bar",
    "ring",
    "stage_meter",
]
