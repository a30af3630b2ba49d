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
    ordered = sorted(spans, key=lambda span: (span.first, span.after, span.id))
    if not ordered:
        return DayGrid(0)
    clusters = list(_clusters(ordered))
    placed = {span.id: column for cluster in clusters for span, column in _placed(cluster)}
    streams = max(placed.values()) + 1
    alone = {cluster[0].id for cluster in clusters if len(cluster) == 1}
    first, after = ordered[0].first, max(span.after for span in ordered)
    taken: dict[tuple[int, int], Span] = {}
    for span in ordered:
        for column in range(streams) if span.id in alone else [placed[span.id]]:
            taken.update({(quarter, column): span for quarter in range(span.first, span.after)})
    lines = [
        GridLine(quarter * QUARTER, list(_cells(quarter, first, after, streams, taken, alone)))
        for quarter in range(first, after)
    ]
    return DayGrid(streams, lines)


def _clusters(ordered: Sequence[Span]) -> Iterator[list[Span]]:
    """Sessions that hang together by overlapping."""
    cluster: list[Span] = []
    after = 0
    for span in ordered:
        if cluster and span.first >= after:
            yield cluster
            cluster = []
        cluster.append(span)
        after = max(after, span.after) if len(cluster) > 1 else span.after
    yield cluster


def _placed(cluster: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Each in a stream that is free, best in that of the people who go on in it."""
    last: list[Span] = []
    for span in cluster:
        free = [column for column, one in enumerate(last) if one.after <= span.first]
        if not free:
            last.append(span)
            yield span, len(last) - 1
            continue
        column = max(free, key=lambda one: (len(last[one].people & span.people), -one))
        last[column] = span
        yield span, column


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
