"""One day of a timetable as a table: times down, parallel streams across."""

from __future__ import annotations

from dataclasses import dataclass

from rounds.queries.timetable import SessionRow, TimetableDay
from rounds.scheduling.slots import clock
from rounds.scheduling.streams import Span, arrange


@dataclass(frozen=True)
class GridCell:
    """A session, or free time where there is none."""

    row: SessionRow | None
    rows: int
    columns: int


@dataclass(frozen=True)
class TimeLine:
    """A quarter of an hour; `marked` at the full hour and the half."""

    time: str
    marked: bool
    cells: list[GridCell]


@dataclass(frozen=True)
class DayGridPage:
    day: TimetableDay
    streams: list[str]
    lines: list[TimeLine]


def grid_of(day: TimetableDay) -> DayGridPage:
    rows = {row.pk: row for row in day.sessions}
    grid = arrange([_span(row) for row in day.sessions])
    lines = [
        TimeLine(
            time=clock(line.begins),
            marked=line.begins % 30 == 0,
            cells=[
                GridCell(rows[cell.id] if cell.id else None, cell.rows, cell.columns)
                for cell in line.cells
            ],
        )
        for line in grid.lines
    ]
    several = grid.streams > 1
    streams = [f"Stream {number + 1}" if several else "Session" for number in range(grid.streams)]
    return DayGridPage(day, streams, lines)


def _span(row: SessionRow) -> Span:
    begins = row.start.hour * 60 + row.start.minute
    people = frozenset(member.pk for member in row.session.team.all())
    return Span(row.pk, begins, begins + row.session.minutes, people)
