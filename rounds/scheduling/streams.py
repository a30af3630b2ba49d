"""A day's sessions side by side: the stream that each is in, and the cells of its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

QUARTER = 15


@dataclass(frozen=True)
class Span:
    """A session from one minute of the day to another, and who of the team is in it."""

    id: int
    begins: int
    ends: int
    people: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """The quarter of an hour it begins in."""
        return self.begins // QUARTER

    @property
    def after(self) -> int:
        """The first quarter of an hour that it leaves free; it takes one at the least."""
        return max(-(-self.ends // QUARTER), self.first + 1)


@dataclass(frozen=True)
class Cell:
    """A session, or free time where `id` is none, over so many quarters and streams."""

    id: int | None
    rows: int
    columns: int = 1


@dataclass(frozen=True)
class GridLine:
    """A quarter of an hour, in minutes since midnight, and the cells that begin in it."""

    begins: int
    cells: list[Cell]


@dataclass(frozen=True)
class DayGrid:
    """As a table: `streams` columns, a line each quarter of an hour, from the first to the last."""

    streams: int
    lines: list[GridLine] = field(default_factory=list)


def arrange(spans: Sequence[Span]) -> DayGrid:
    """As few streams as can be; what nothing else takes place beside goes over all of them."""
    ordered = sorted(spans, key=lambda span: (span.first, span.id))
    if not ordered:
        return DayGrid(0)
    first, after = ordered[0].first, max(span.after for span in ordered)
    at_once = [[one for one in ordered if one.first <= q < one.after] for q in range(first, after)]
    streams = max(map(len, at_once))
    parallel = {one.id for group in at_once if len(group) > 1 for one in group}
    alone = {span.id for span in ordered} - parallel
    taken: dict[tuple[int, int], Span] = {}
    for span in ordered:
        for column in _columns(span, streams, taken, alone):
            taken.update({(quarter, column): span for quarter in range(span.first, span.after)})
    lines = [
        GridLine(quarter * QUARTER, list(_cells(quarter, first, after, streams, taken, alone)))
        for quarter in range(first, after)
    ]
    return DayGrid(streams, lines)


def _columns(
    span: Span, streams: int, taken: dict[tuple[int, int], Span], alone: set[int]
) -> Sequence[int]:
    """All, or the one that is free and that most of its people were in last."""
    if span.id in alone:
        return range(streams)
    free = [column for column in range(streams) if (span.first, column) not in taken]

    def shared(column: int) -> int:
        before = (taken.get((quarter, column)) for quarter in range(span.first, -1, -1))
        last = next((one for one in before if one and one.id not in alone), None)
        return len(last.people & span.people) if last else 0

    return [max(free, key=lambda column: (shared(column), -column))]


def _cells(
    quarter: int,
    first: int,
    after: int,
    streams: int,
    taken: dict[tuple[int, int], Span],
    alone: set[int],
) -> Iterator[Cell]:
    """What begins in this quarter, from the first stream to the last."""
    for column in range(streams):
        span = taken.get((quarter, column))
        if span is None:
            if quarter == first or (quarter - 1, column) in taken:
                free = quarter
                while free < after and (free, column) not in taken:
                    free += 1
                yield Cell(None, free - quarter)
        elif quarter == span.first and (column == 0 or span.id not in alone):
            yield Cell(span.id, span.after - span.first, streams if span.id in alone else 1)
