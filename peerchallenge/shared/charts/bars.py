"""How far along something is, and how much of it there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from peerchallenge.shared.charts.points import rounded


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
    return PointsBar(rounded(out_of * scale), rounded(min(points, out_of) * scale))
