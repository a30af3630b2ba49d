"""Spreadsheets: sheets for Excel that go out, and rows of words that come in."""

from peerchallenge.shared.spreadsheets.leaving import (
    CONTENT_TYPE,
    GOES_ON,
    LONGEST_CELL,
    MORE,
    Sheet,
    Value,
    spreadsheet,
    written_out,
)

__all__ = [
    "CONTENT_TYPE",
    "GOES_ON",
    "LONGEST_CELL",
    "MORE",
    "Sheet",
    "Value",
    "spreadsheet",
    "written_out",
]
