"""Who challenges or meets whom, on a circle."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from peerchallenge.shared.charts.points import Point, moved, point, rounded, unit

# A ring is drawn about as wide as a phone, so that its letters stay legible there.
RING_SIZE = 400.0
NODE_RADIUS = 23.0
ARROW_LENGTH = 10.0
ARROW_HALF_WIDTH = 5.0


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
            rounded(at[key][0]),
            rounded(at[key][1]),
            NODE_RADIUS,
            by_key[key].label,
            by_key[key].name or by_key[key].label,
        )
        for key in order
    ]
    return Ring(title or _ring_title(arrows), RING_SIZE, tuple(placed), tuple(drawn))


def gathering(
    nodes: Sequence[Node], groups: Sequence[Sequence[str]], troubled: Collection[str] = ()
) -> Ring:
    """Authorities that meet in pairs or groups: each group side by side, joined by lines.

    Whoever is in no group stands alone after them. `troubled`: whose lines are to be checked.
    """
    by_key = {node.key: node for node in nodes}
    joined = [list(group) for group in groups]
    alone = [key for key in by_key if not any(key in group for group in joined)]
    together = [*joined, *([key] for key in alone)]
    # Half a place lies between one group and the next.
    places = len(by_key) + len(together) / 2
    middle = RING_SIZE / 2
    reach = middle - NODE_RADIUS - 12
    at: dict[str, Point] = {}
    step = 0.0
    for group in together:
        for key in group:
            angle = 2 * math.pi * step / max(places, 1) - math.pi / 2
            at[key] = (middle + reach * math.cos(angle), middle + reach * math.sin(angle))
            step += 1
        step += 0.5
    lines = [
        _line(at[one], at[other], problem=one in troubled or other in troubled)
        for group in joined
        for place, one in enumerate(group)
        for other in group[place + 1 :]
    ]
    size = f"{len(joined)} group{'' if len(joined) == 1 else 's'}"
    return Ring(
        f"Who meets whom: {size}, {len(alone)} alone",
        RING_SIZE,
        tuple(
            PlacedNode(
                rounded(at[key][0]),
                rounded(at[key][1]),
                NODE_RADIUS,
                by_key[key].label,
                by_key[key].name or by_key[key].label,
            )
            for group in together
            for key in group
        ),
        tuple(lines),
    )


def _line(start: Point, end: Point, *, problem: bool) -> PlacedArrow:
    """From the edge of one circle to the edge of another, without a head."""
    first = moved(start, end, NODE_RADIUS + 1)
    last = moved(end, start, NODE_RADIUS + 1)
    return PlacedArrow(f"M{point(first)} L{point(last)}", "", problem)


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
    first = moved(start, bend, NODE_RADIUS + 1)
    tip = moved(end, bend, NODE_RADIUS + 1)
    neck = moved(tip, bend, ARROW_LENGTH)
    dx, dy = unit(neck, tip)
    left = (neck[0] - dy * ARROW_HALF_WIDTH, neck[1] + dx * ARROW_HALF_WIDTH)
    right = (neck[0] + dy * ARROW_HALF_WIDTH, neck[1] - dx * ARROW_HALF_WIDTH)
    return PlacedArrow(
        f"M{point(first)} Q{point(bend)} {point(neck)}",
        f"{point(tip)} {point(left)} {point(right)}",
        problem,
    )
