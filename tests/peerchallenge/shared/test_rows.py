"""Rows of a spreadsheet, pasted or in a file."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from peerchallenge.shared.spreadsheets.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    TooManyRows,
    as_text,
    rows_in_file,
    rows_in_text,
)
from peerchallenge.shared.uploads import UploadRefused


def workbook(rows: list[list[Any]]) -> bytes:
    book, filled = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(filled)
    return filled.getvalue()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\tb, c\t\t\n\n \t \n", [["a", "b, c"]]),
        ('a,"b, c"', [["a", "b, c"]]),
        ('a;"b, c"', [["a", "b, c"]]),
        ("a\r\nb\rc", [["a"], ["b"], ["c"]]),
        ('"never closed', [["never closed"]]),
        ("a\x00b", [["ab"]]),
        ("", []),
    ],
)
def test_pasted_text_is_parted_into_cells(text: str, rows: list[list[str]]) -> None:
    assert rows_in_text(text) == rows


def test_a_cell_longer_than_csv_allows_is_kept() -> None:
    assert rows_in_text("a," + "b" * 200_000) == [["a," + "b" * 200_000]]


@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=8))
def test_what_is_shown_again_reads_as_the_same_rows(cells: list[list[str]]) -> None:
    rows = rows_in_text("\n".join("\t".join(["x", *row]) for row in cells))
    assert rows_in_text(as_text(rows)) == rows


def test_more_rows_than_are_meant_are_refused() -> None:
    assert len(rows_in_text("a\n" * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(TooManyRows):
        rows_in_text("a\n" * (MOST_ROWS + 1))
    with pytest.raises(TooManyRows):
        rows_in_file(io.BytesIO(workbook([["a"]] * (MOST_ROWS + 1))), "rows.xlsx")


def test_columns_beyond_the_last_that_counts_are_left_out() -> None:
    assert rows_in_text("\t".join("x" * 50)) == [["x"] * MOST_COLUMNS]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_in_the_ways_that_spreadsheets_write_it(code: str) -> None:
    file = io.BytesIO("Môn,4\nb,5".encode(code))
    assert rows_in_file(file, "rows.CSV") == [["Môn", "4"], ["b", "5"]]


def test_a_workbook_gives_what_its_cells_show() -> None:
    day = date(2013, 2, 4)
    rows = [["Day", None, 4.0], [day, datetime.combine(day, time(9, 30)), 2.5], [], ["=1+1"]]
    assert rows_in_file(io.BytesIO(workbook(rows)), "rows.xlsx") == [
        ["Day", "", "4"],
        ["2013-02-04", "2013-02-04", "2.5"],
    ]


def test_a_workbook_that_unfolds_without_end_is_refused() -> None:
    data = io.BytesIO(workbook([["a"]]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/more.xml", b"<a>" + b" " * 60_000_000)
    with pytest.raises(UploadRefused, match="unfolds to more"):
        rows_in_file(data, "rows.xlsx")


def test_a_sheet_that_says_it_has_a_million_rows_is_read_no_further() -> None:
    data = io.BytesIO(workbook([["a", "b"]]))
    shown = io.BytesIO()
    with (
        zipfile.ZipFile(data) as before,
        zipfile.ZipFile(shown, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            body = before.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                body = body.replace(b'r="1"', b'r="1048576"').replace(
                    b'"A1:B1"', b'"A1:XFD1048576"'
                )
                body = body.replace(b'"A1"', b'"A1048576"').replace(b'"B1"', b'"B1048576"')
            after.writestr(entry.filename, body)
    assert rows_in_file(shown, "rows.xlsx") in ([], [["a", "b"]])


def test_a_workbook_whose_sheet_is_damaged_is_refused() -> None:
    data = io.BytesIO(workbook([["a"]]))
    shown = io.BytesIO()
    with zipfile.ZipFile(data) as before, zipfile.ZipFile(shown, "w") as after:
        for entry in before.infolist():
            body = before.read(entry)
            after.writestr(entry.filename, b"<worksheet>" if "sheet1" in entry.filename else body)
    with pytest.raises(UploadRefused, match="cannot be read"):
        rows_in_file(shown, "rows.xlsx")
