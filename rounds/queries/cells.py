"""Cells that people wrote in their own way: a day, an authority, a number of days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from peerchallenge.shared.fields import MONTHS

EARLIEST = date(1990, 1, 1)
MOST_DAYS = 500
LONGEST_SHOWN = 60
# What councils are called beside their names; by code.
ALIASES = {"banes": "800", "bnes": "800", "scilly": "420", "scillies": "420", "hull": "810"}
# Left out of a name before it is compared.
_FILLERS = """
    the of and council county borough city district unitary metropolitan royal london authority
    corporation
"""
FILLERS = frozenset(_FILLERS.split())
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Unclear(ValueError):
    """A cell that is not taken; its text says why."""


@dataclass(frozen=True)
class Place:
    """An authority that may be meant, and when it existed."""

    pk: int
    name: str
    official: str
    code: str
    opened: date | None = None
    closed: date | None = None

    def open_on(self, day: date) -> bool:
        return (self.opened is None or self.opened <= day) and (
            self.closed is None or day <= self.closed
        )


def plain(name: str) -> str:
    """A name without what people write in different ways: “&”, commas, “Council”."""
    words = re.findall(r"\w+", name.casefold().replace("’", "").replace("'", ""))
    return "".join(word for word in words if word not in FILLERS) or "".join(words)


def place_said(
    text: str, role: str, on: date, places: Mapping[str, Sequence[Place]]
) -> tuple[Place, str]:
    """The authority that is meant, and what to bear in mind; Unclear where it may be several.

    Two that share a name, such as the old and the new Dorset, are told apart by the day.
    """
    if not text:
        raise Unclear(f"The {role} is missing.")
    found = places.get(plain(text), places.get(text.casefold().strip(), ()))
    if not found:
        near = get_close_matches(plain(text[:LONGEST_SHOWN]), places, n=1)
        mean = f" Do you mean {places[near[0]][0].name}?" if near else ""
        raise Unclear(f"No authority of this region is called “{shown(text)}”.{mean}")
    then = [place for place in found if place.open_on(on)]
    if len(found) > 1 and len(then) != 1:
        names = " or ".join(f"{place.official} ({place.code})" for place in found)
        raise Unclear(f"“{shown(text)}” may be {names}: write the number in brackets.")
    place = then[0] if then else found[0]
    if len(found) > 1:
        return place, f"“{shown(text)}” was {place.official} then."
    if not then and place.closed and place.closed < on:
        return place, f"{place.official} ended on {place.closed:%-d %B %Y}: is it the one you mean?"
    if not then and place.opened:
        began = f"{place.opened:%-d %B %Y}"
        return place, f"{place.official} began on {began}: is it the one you mean?"
    return place, ""


def days_said(text: str) -> int:
    """A whole number of days; none is none given."""
    if not text:
        return 0
    found = re.fullmatch(r"([0-9]{1,3})(?:\.0+)?(?:\s*days?)?", text.strip().casefold())
    if not found or int(found[1]) > MOST_DAYS:
        raise Unclear(f"Days must be a whole number up to {MOST_DAYS}, not “{shown(text)}”.")
    return int(found[1])


def day_said(text: str, today: date) -> tuple[date, str]:
    """The day, and what to bear in mind: a month alone counts as its first day."""
    if not text:
        raise Unclear("The first day is missing.")
    day, note = read_day(text, today)
    if day > today:
        raise Unclear(f"{day:%-d %B %Y} is yet to come: only what has been held is entered here.")
    if day < EARLIEST:
        raise Unclear(f"{day:%-d %B %Y} is before {EARLIEST:%Y}: check the year.")
    return day, note


def read_day(text: str, today: date) -> tuple[date, str]:
    """Any day, as people write it; a year of two figures is at most today's."""
    told = re.sub(r"[t ]+[0-9]{1,2}:[0-9]{2}.*$", "", text.strip().casefold()[:40])
    told = re.sub(r"([0-9])(?:st|nd|rd|th)\b", r"\1", told)
    parts = [part for part in re.findall(r"[0-9]+|[a-z]+", told) if not _is_weekday(part)]
    note = ""
    try:
        if parts and parts[0].isdigit() and len(parts[0]) == 4:
            parts.reverse()
        if len(parts) == 2:
            note = "Only the month was given: entered as its first day."
            parts = ["1", *parts]
        if len(parts) != 3:
            raise ValueError(text)
        if parts[0].isalpha():
            parts[0], parts[1] = parts[1], parts[0]
        day, month, year = parts
        return date(_year(year, today), _month(month), int(day)), note
    except ValueError:
        raise Unclear(f"“{shown(text)}” is not a day: write it as 4 February 2013.") from None


def _is_weekday(part: str) -> bool:
    return part in WEEKDAYS or (part.startswith(WEEKDAYS) and part.endswith("day"))


def _month(part: str) -> int:
    if part.isalpha() and len(part) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(part):
                return number
    return int(part)


def _year(part: str, today: date) -> int:
    """Four figures, or the two of a year that is not yet to come."""
    if len(part) == 4:
        return int(part)
    if len(part) != 2:
        raise ValueError(part)
    year = 2000 + int(part)
    return year if year <= today.year else year - 100


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A cell as a sentence quotes it."""
    return text if len(text) <= longest else f"{text[:longest]} …"
