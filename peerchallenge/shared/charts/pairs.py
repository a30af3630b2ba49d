"""Two bars above each other in a table's row: numbers in, widths out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Units of the SVG's viewBox.
LONGEST = 100.0


@dataclass(frozen=True)
class Pair:
    """How wide each bar is drawn, of at most LONGEST."""

    upper: float
    lower: float


def pairs(values: Sequence[tuple[int, int]]) -> list[Pair]:
    """All to one scale: the largest number of all is drawn as wide as there is room."""
    largest = max((number for pair in values for number in pair), default=0)
    scale = LONGEST / largest if largest > 0 else 0.0
    return [
        Pair(round(max(upper, 0) * scale, 1), round(max(lower, 0) * scale, 1))
        for upper, lower in values
    ]
