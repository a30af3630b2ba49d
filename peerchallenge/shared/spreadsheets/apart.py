"""Run as a program of its own: reads a workbook and prints its first sheet's cells as JSON.

Limits of memory and time are set before anything is read; formulas are not read, only what they
came to when the workbook was saved. One row more than asked for says that there are more.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from datetime import date, datetime
from itertools import islice

MEMORY = 1 << 30
CPU_SECONDS = 15
LONGEST = 2_000
# A sheet may have a million rows without a word in them.
MOST_EMPTY = 20_000


def cells_of(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    from openpyxl import load_workbook  # slow

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found: list[list[str]] = []
    rows = book.worksheets[0].iter_rows(max_col=most_columns, values_only=True)
    for row in islice(rows, most_rows + MOST_EMPTY):
        cells = [said(value) for value in row]
        if any(cells):
            found.append(cells)
        if len(found) > most_rows:
            break
    return found


def said(value: object) -> str:
    """A cell in words; a date as 2013-02-04, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:LONGEST]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    found = cells_of(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
