"""Sheets for Excel that hold words, never formulas, and all of them.

openpyxl is imported inside functions only, because it is *slow* (a fifth of a second).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel keeps of one cell, in UTF-16 units: a longer text goes on in the next row.
LONGEST_CELL = 32_767
MORE = "(continued in the row below) "
GOES_ON = "(continued) "
NARROWEST, WIDEST = 10, 80
LONGEST_NAME = 31
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")

# What XML cannot hold, or only by changing it: shown as its picture instead of vanishing.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as the letter A.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Value = str | int | float | date | None


@dataclass(frozen=True)
class Sheet:
    """A header, rows as wide as it, and columns whose width in characters is given by `widths`."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


def written_out(text: str) -> str:
    """The text with what no Office file can hold made visible: ␀ for a NUL, � for half a letter."""
    return UNWRITABLE.sub(_picture, text.replace("\r\n", "\n"))


def _picture(found: re.Match[str]) -> str:
    point = ord(found[0])
    if point == 0x0D:
        return "\n"
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else "\ufffd"


def spreadsheet(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """The sheets as one .xlsx; the first row of each stays in sight."""
    from openpyxl import Workbook  # slow

    book: Workbook = Workbook(write_only=True)
    book.properties.title = written_out(title)
    book.properties.creator = "Peer challenge"
    names: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _name(sheet.name, names))
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """What Excel lets a sheet be called, each once."""
    name = NOT_IN_A_NAME.sub(" ", written_out(wanted)).strip()[:LONGEST_NAME] or "Sheet"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{name[: LONGEST_NAME - 3]} {number}"
    taken.add(name.casefold())
    return name


def _write(book: Workbook, sheet: Sheet, name: str) -> None:
    from openpyxl.utils import get_column_letter  # slow

    there: WriteOnlyWorksheet = book.create_sheet(name)
    there.freeze_panes = "A2"
    for place, heading in enumerate(sheet.header):
        wide = sheet.widths[place] if place < len(sheet.widths) else len(heading) + 4
        there.column_dimensions[get_column_letter(place + 1)].width = min(
            max(wide, NARROWEST), WIDEST
        )
    there.append([_cell(there, heading, bold=True) for heading in sheet.header])
    for row in sheet.rows:
        for part in _parts(row):
            there.append([_cell(there, value) for value in part])


def _parts(row: Sequence[Value]) -> Iterator[list[Value]]:
    """The row, and as many below it as its longest text needs; each repeats the short ones."""
    cut = [_cut(value) for value in row]
    for number, part in enumerate(zip_longest(*cut)):
        yield [
            pieces[0] if value is None and len(pieces) == 1 and number else value
            for value, pieces in zip(part, cut, strict=True)
        ]


def _cut(value: Value) -> list[Value]:
    """One text in pieces that fit a cell and say that they go on; anything else as it is."""
    if not isinstance(value, str):
        return [value]
    text = ESCAPE.sub("_x005F_", written_out(value))
    if _units(text) <= LONGEST_CELL:
        return [text]
    pieces: list[Value] = []
    while text:
        before = GOES_ON if pieces else ""
        rest = _fitting(text, LONGEST_CELL - len(before))
        if rest < len(text):
            rest = _fitting(text, LONGEST_CELL - len(before) - len(MORE) - 1)
        after = f" {MORE.strip()}" if rest < len(text) else ""
        pieces.append(f"{before}{text[:rest]}{after}")
        text = text[rest:]
    return pieces


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fitting(text: str, units: int) -> int:
    """How many characters of it take at most so many units."""
    end = min(len(text), units)
    while _units(text[:end]) > units:
        end -= (_units(text[:end]) - units + 1) // 2
    return end


def _cell(there: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell  # slow
    from openpyxl.styles import Alignment, Font  # slow

    cell = WriteOnlyCell(there)
    if isinstance(value, str):
        # Set past the property that makes a formula of a leading “=”.
        cell._value, cell.data_type = value, "s"
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
