"""The policy as a person wrote it: for each address, who gets what, and when.

The files of `policy/` are written from the product's own description of who may read and do
what, never from the code. One row for an address, a method and some scenes; the first row that
fits counts.
A cell says what that person gets:

    ok       the page, or the act (also: a form that comes back with what is missing)
    403      a page that says why not
    404      as if it were not there
    sign-in  first say who you are
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

HERE = Path(__file__).parent
SHORT = {"o": "ok", "f": "403", "-": "404", "i": "sign-in"}
LET_IN = {200, 302, 400, 409, 410, 422}


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    scenes: tuple[str, ...]
    cells: dict[str, str]

    def fits(self, scene: str) -> bool:
        return any(fnmatch(scene, pattern) for pattern in self.scenes)


def read(pattern: str) -> list[Row]:
    """Every row of the files that the pattern names, by file name and from top to bottom."""
    return [row for path in sorted(HERE.glob(pattern)) for row in _rows(path)]


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return [
        Row(
            row.pop("name"),
            row.pop("method"),
            tuple(row.pop("scenes").split()),
            {person: SHORT[cell.strip()] for person, cell in row.items()},
        )
        for row in rows
    ]


def row_for(rows: list[Row], name: str, method: str, scene: str) -> Row | None:
    return next(
        (row for row in rows if (row.name, row.method) == (name, method) and row.fits(scene)),
        None,
    )


def named_addresses() -> dict[str, URLPattern]:
    """Every address the site answers, by name; one without a name fails here."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
                continue
            assert pattern.name, f"{pattern.pattern} has no name"
            found[pattern.name] = pattern

    walk(get_resolver().url_patterns)
    return found


def outcome(response: HttpResponse) -> str:
    """What the person got, in the table's words; None of them is an error of ours."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in"):
        return "sign-in"
    if response.status_code in LET_IN:
        return "ok"
    return str(response.status_code)
