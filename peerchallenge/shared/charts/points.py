"""Plane geometry for the pictures."""

from __future__ import annotations

import math

Point = tuple[float, float]


def unit(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    return dx / length, dy / length


def moved(start: Point, end: Point, distance: float) -> Point:
    dx, dy = unit(start, end)
    return start[0] + dx * distance, start[1] + dy * distance


def rounded(number: float) -> float:
    return round(number, 1)


def point(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
