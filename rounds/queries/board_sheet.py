"""The matching board as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from peerchallenge.shared.spreadsheets import Sheet, Value
from rounds.queries.board import Board
from rounds.queries.places import Place, Row

COLUMNS = {
    "Authority": 34,
    "Area for challenge": 34,
    "Challenged by": 34,
    "Points": 10,
    "Why this match": 60,
    "Next best": 50,
    "To check": 50,
    "Locked": 10,
    "Why it may stand": 50,
    "Offer": 34,
    "Part or group": 20,
}


def board_sheet(board: Board) -> Sheet:
    """A row for each host and challenger; hosts without one have a row too."""
    return Sheet("Matches", list(COLUMNS), _rows(board), list(COLUMNS.values()))


def _rows(board: Board) -> Iterator[list[Value]]:
    gathered = {member.row.host: group.name for group in board.groups for member in group.members}
    for row in board.rows:
        for place in row.places:
            yield _line(row, place, gathered.get(row.host, place.part))


def _line(row: Row, place: Place, part: str) -> list[Value]:
    return [
        row.name,
        row.area or "Not known yet",
        place.name or "Nobody yet",
        place.points,
        place.word,
        place.instead,
        ". ".join([*place.notes, *(place.bars if place.locked else ())]),
        "Yes" if place.locked or place.underway else "",
        place.reason,
        row.offer,
        part,
    ]
