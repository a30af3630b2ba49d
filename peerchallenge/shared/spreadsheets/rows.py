"""Rows of a spreadsheet as somebody brings them: pasted, as .csv or as .xlsx; words, bounded."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from peerchallenge.shared.forms.text import storable
from peerchallenge.shared.uploads import UploadRefused, look

APART = Path(__file__).with_name("apart.py")
SECONDS = 30
MOST_ROWS = 500
MOST_COLUMNS = 20
MOST_BYTES = 2 * 1024 * 1024
BREAKS = "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
LEVEL = str.maketrans(dict.fromkeys(BREAKS, " "))
TAKEN = "Only .xlsx and .csv are taken. Save it as one of these first"

Rows = list[list[str]]


class TooManyRows(ValueError):
    """More rows than one look at them is meant for."""


def rows_in_text(text: str) -> Rows:
    """The cells of what was pasted or typed, parted by tabs, semicolons or commas.

    Rows without a word are left out. Raises TooManyRows.
    """
    lines = storable(text).split("\n")
    if any("\t" in line for line in lines):
        rows: Iterable[Sequence[str]] = (line.split("\t") for line in lines)
    else:
        first = next((line for line in lines if line.strip()), "")
        rows = _parted(lines, ";" if ";" in first else ",")
    return _bounded(rows)


def _parted(lines: list[str], delimiter: str) -> Iterable[Sequence[str]]:
    """A row that cannot be read as CSV is one cell, so that nothing of it is lost."""
    for line in lines:
        try:
            yield next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            yield [line]


def rows_in_file(file: IO[bytes], name: str) -> Rows:
    """The cells of a .csv, or of the first sheet of an .xlsx.

    Raises UploadRefused with a sentence, or TooManyRows.
    """
    file.seek(0, io.SEEK_END)
    if file.tell() > MOST_BYTES:
        raise UploadRefused(
            "The file is larger than 2 MB. Keep only the rows and columns asked for"
        )
    file.seek(0)
    ending = name.rpartition(".")[2].casefold()
    if ending == "csv":
        return rows_in_text(_decoded(file.read()))
    if ending != "xlsx":
        raise UploadRefused(TAKEN)
    look(file, name)
    return _bounded(_read_apart(file))


def as_text(rows: Rows) -> str:
    """What `rows_in_text` reads as the same rows."""
    return "\n".join("\t".join(row) if len(row) > 1 else "\t".join([*row, ""]) for row in rows)


def _decoded(data: bytes) -> str:
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UploadRefused("The file is called .csv but is something else inside. Save it as .csv")
    for code in ("utf-16", "utf-8-sig", "cp1252") if data[:2] in BOMS else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")


BOMS = (b"\xff\xfe", b"\xfe\xff")


def _bounded(rows: Iterable[Sequence[str]]) -> Rows:
    found: Rows = []
    for row in rows:
        cells = [storable(cell).translate(LEVEL).strip() for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(found) == MOST_ROWS:
            raise TooManyRows
        found.append(cells)
    return found


def _read_apart(file: IO[bytes]) -> Rows:
    """Others' parser runs outside this process, with limits of memory and time."""
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(APART), str(MOST_ROWS), str(MOST_COLUMNS)],
            input=file.read(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
        rows: Rows = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UploadRefused("The file takes too long to open. Save it in a simpler way") from error
    except (OSError, ValueError) as error:
        raise UploadRefused(
            "The file cannot be read. Open it, save it again as Excel (.xlsx), and choose that"
        ) from error
    return rows
