"""Conflicts of interest as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from peerchallenge.shared.spreadsheets import Sheet
from rounds.queries.conflicts import Line

COLUMNS = {
    "Authority": 30,
    "With": 30,
    "Why": 34,
    "Keeps apart": 34,
    "Details": 60,
    "Declared by": 28,
    "Declared on": 14,
    "Last day it counts": 14,
    "State": 14,
    "Withdrawn by": 28,
    "Matches it touches": 60,
}


def conflicts_sheet(lines: Iterable[Line]) -> Sheet:
    rows = [
        [
            line.conflict.authority.name,
            line.conflict.other.name,
            line.conflict.get_kind_display(),
            line.keeps,
            line.conflict.details,
            line.conflict.declared_by.name,
            timezone.localdate(line.conflict.declared_at),
            line.conflict.expires_on,
            line.state,
            line.conflict.withdrawn_by.name if line.conflict.withdrawn_by else "",
            "\n".join(f"{one.what} ({one.round}, {one.state.lower()})" for one in line.touches),
        ]
        for line in lines
    ]
    return Sheet("Conflicts of interest", list(COLUMNS), rows, list(COLUMNS.values()))
