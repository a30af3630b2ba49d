"""Days as people write them in a row, in one cell or several: “Mon 26 to Fri 30 October 2026”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peerchallenge.shared.fields import MONTHS

LONGEST = 600
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|sept"
_WEEKDAY = r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_DAY = r"\b(?P<{0}>[0-9]{{1,2}})(?:st|nd|rd|th)?"
_WRITTEN = "|".join(
    (
        # 2026-10-26; a cell with a date may bring its time with it.
        r"\b(?P<y1>[0-9]{4})[-/.](?P<m1>[0-9]{1,2})[-/.](?P<d1>[0-9]{1,2})"
        r"(?:[t ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9])",
        r"\b(?P<d2>[0-9]{1,2})[-/.](?P<m2>[0-9]{1,2})[-/.](?P<y2>[0-9]{4}|[0-9]{2})(?![0-9])",
        # 26 October 2026, 26th of Oct 26, 26-Oct-26; its year may be at the other end.
        _DAY.format("d3") + rf"[ ,-]*(?:of )?(?P<m3>{_MONTH})\b\.?"
        # Two figures are a year unless they begin another day.
        r"(?:[ ,’'-]*(?P<y3>[0-9]{4}|[0-9]{2}"
        rf"(?![0-9:/.-]|st|nd|rd|th|[ ]*(?:{_MONTH}))))?",
        # October 26, 2026
        rf"\b(?P<m4>{_MONTH})\.? (?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
        r"(?:,? (?P<y4>[0-9]{4}))?",
        # The first half of “26 to 30 October 2026”.
        _DAY.format("d5") + r"(?= ?(?:to|until|till|and|-|–|—)(?: |[0-9]|[mtwfs]))",
    )
)
WRITTEN = re.compile(_WRITTEN)
JOINERS = re.compile(
    rf"{_WEEKDAY}|\b(?:from|to|until|till|and|inclusive|begins?|starts?|ends?)\b|[–—|]",
    re.IGNORECASE,
)
EDGES = " \t,;:.-–—()|"


class NoDays(ValueError):
    """A row whose days cannot be read; its text says why."""


@dataclass(frozen=True)
class Span:
    """The days of a row, and what is written beside them."""

    first: date
    last: date
    words: str


@dataclass
class _Day:
    day: int
    month: int | None
    year: int | None


def span_in(text: str) -> Span:
    """One day, or from one to another; the year or the month of the first may be the last's."""
    told = text[:LONGEST]
    # Letter for letter as long as it was, so that what is found has the same place in both.
    plain = "".join(letter.lower() if letter.isascii() else letter for letter in told)
    plain = re.sub(_WEEKDAY, lambda found: " " * len(found[0]), plain)
    found = list(WRITTEN.finditer(plain))
    days = list(_days(found))
    if not days:
        raise NoDays("No day is written in it. Write it as 26 October 2026.")
    if len(days) > 2:
        raise NoDays("More than two days are written in it: give the first and the last.")
    last = _date(days[-1], None)
    first = _date(days[0], last) if len(days) == 2 else last
    if last < first:
        raise NoDays(f"Its last day, {_said(last)}, is before its first, {_said(first)}.")
    return Span(first, last, _words(told, found))


def _days(found: list[re.Match[str]]) -> Iterator[_Day]:
    for match in found:
        parts = {name[0]: text for name, text in match.groupdict().items() if text}
        month, year = parts.get("m"), parts.get("y")
        yield _Day(int(parts["d"]), _month(month) if month else None, _year(year) if year else None)


def _date(said: _Day, last: date | None) -> date:
    month = said.month or (last.month if last else None)
    year = said.year or (last.year if last else None)
    if month is None or year is None:
        raise NoDays("A day has no year. Write it as 26 October 2026.")
    if said.year is None and last and (month, said.day) > (last.month, last.day) and month > 6:
        # “21 December to 4 January 2027” begins in the year before.
        year -= 1
    try:
        return date(year, month, said.day)
    except ValueError:
        raise NoDays(f"{said.day}/{month}/{year} is no day of any calendar.") from None


def _words(told: str, found: list[re.Match[str]]) -> str:
    """What is left without the days, on one line."""
    kept, end = [], 0
    for match in found:
        kept.append(told[end : match.start()])
        end = match.end()
    kept.append(told[end:])
    words = " ".join(JOINERS.sub(" ", part).strip(EDGES) for part in kept)
    return re.sub(r"[\s,;|]*\s[\s,;|]*", " ", words).strip(EDGES)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(text[:3]))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _said(day: date) -> str:
    return f"{day:%-d %B %Y}"
