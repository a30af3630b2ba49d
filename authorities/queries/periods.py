"""Days that somebody says of a calendar: what becomes of them beside those that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from authorities.models import Authority, Period
from authorities.states import MOST_DAYS, SCHOOLS_CLOSED, PeriodKind
from peerchallenge.shared.dates import bank_holiday, each_day, is_working_day
from peerchallenge.shared.spreadsheets.days import NoDays, span_in

LONGEST_NAME = 120
# Calendars are published a few years ahead, and nobody needs last year's.
AHEAD, BACK = timedelta(days=5 * 366), timedelta(days=366)
LONGEST_SHOWN = 200
HEADINGS = re.compile(r"first day|start|begin|from|name|holiday|date|last day|end|kind|term", re.I)


class Unclear(ValueError):
    """Days that are not taken; its text says why."""


class There(Protocol):
    """A period that is there already, or is said in the same breath."""

    @property
    def kind(self) -> str: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=There)


@dataclass(frozen=True)
class Entry:
    """Some days to put into a calendar."""

    kind: str
    first_day: date
    last_day: date
    name: str

    @property
    def said(self) -> str:
        return f"{self.name}, {days_said(self.first_day, self.last_day)}"


@dataclass(frozen=True)
class Verdict:
    """What becomes of one row, and why."""

    number: int
    written: str
    entry: Entry | None = None
    says: str = ""
    there: bool = False

    @property
    def taken(self) -> bool:
        return self.entry is not None and not self.there

    @property
    def kind(self) -> str:
        return PeriodKind(self.entry.kind).label if self.entry else ""

    @property
    def outcome(self) -> str:
        if self.there:
            return "Already there"
        return "Taken" if self.entry else "Refused"


def days_said(first: date, last: date | None) -> str:
    """“26 to 30 October 2026”; “since 3 February 2027” where no end is known."""
    if last is None:
        return f"since {first:%-d %B %Y}"
    if first == last:
        return f"{first:%-d %B %Y}"
    if first.year != last.year:
        return f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    if first.month != last.month:
        return f"{first:%-d %B} to {last:%-d %B %Y}"
    return f"{first.day} to {last:%-d %B %Y}"


def check_days(entry: Entry, today: date) -> None:
    """Raise Unclear for days that can only be a slip of the pen."""
    if entry.last_day < entry.first_day:
        raise Unclear("The last day must be the same as or after the first.")
    if entry.last_day < today - BACK:
        raise Unclear("It was over more than a year ago.")
    if entry.first_day > today + AHEAD:
        raise Unclear("It is more than five years ahead: check the year.")
    kind = PeriodKind(entry.kind)
    if (entry.last_day - entry.first_day).days >= MOST_DAYS[kind]:
        most = f"{MOST_DAYS[kind]} days"
        raise Unclear(f"{kind.label} of more than {most}: check the first and the last day.")
    if kind in SCHOOLS_CLOSED and not any(
        is_working_day(day) for day in each_day(entry.first_day, entry.last_day)
    ):
        raise Unclear("Nobody works on these days anyway: weekends and bank holidays are known.")


def beside(entry: Entry, there: Iterable[T]) -> T | None:
    """Of those that are there the one that says the same, or that begins on the same day.

    Raises Unclear where another one has some of the days.
    """
    for one in there:
        if _family(one.kind) != _family(entry.kind):
            continue
        if one.first_day == entry.first_day:
            return one
        if one.first_day <= entry.last_day and (
            one.last_day is None or entry.first_day <= one.last_day
        ):
            said = f"“{one.name}”, {days_said(one.first_day, one.last_day)}"
            raise Unclear(f"Some of these days are in {said}. Remove that first.")
    return None


def same(one: There, entry: Entry) -> bool:
    """Called otherwise, they are the same days all the same."""
    return one.first_day == entry.first_day and one.last_day == entry.last_day


def _family(kind: str) -> object:
    """A half term is a school holiday too: one day is not both."""
    return SCHOOLS_CLOSED if kind in SCHOOLS_CLOSED else kind


def known_of(authority: Authority) -> list[Period]:
    return list(authority.periods.order_by("first_day", "pk"))


def judged(rows: Sequence[Sequence[str]], there: Sequence[There], today: date) -> list[Verdict]:
    """Each row with what becomes of it; headings are no row."""
    found: list[Verdict] = []
    said: list[tuple[int, Entry]] = []
    for number, cells in enumerate(rows, 1):
        written = " | ".join(cell for cell in cells if cell)
        if number == 1 and _are_headings(cells):
            continue
        verdict = _judge(Verdict(number, _shown(written)), written, there, said, today)
        if verdict.entry:
            said.append((number, verdict.entry))
        found.append(verdict)
    return found


def _are_headings(cells: Sequence[str]) -> bool:
    said = [bool(HEADINGS.search(cell)) for cell in cells]
    return sum(said) > 1 and not re.search("[0-9]", "".join(cells))


def _judge(
    row: Verdict,
    written: str,
    there: Sequence[There],
    said: Sequence[tuple[int, Entry]],
    today: date,
) -> Verdict:
    try:
        entry = entry_in(written)
        check_days(entry, today)
        for number, earlier in said:
            if beside(entry, [earlier]):
                if same(earlier, entry):
                    return replace(row, entry=entry, says=f"Same as row {number}.", there=True)
                raise Unclear(f"It begins on the same day as row {number}, and ends on another.")
        one = beside(entry, there)
    except (NoDays, Unclear) as unclear:
        return replace(row, says=str(unclear))
    if one is None:
        return replace(row, entry=entry, says=f"{entry.said}.")
    if same(one, entry):
        return replace(row, entry=entry, says=f"{entry.said}.", there=True)
    now = days_said(one.first_day, one.last_day)
    return replace(row, entry=entry, says=f"{entry.said}. It takes the place of {now}.")


def entry_in(written: str) -> Entry:
    """What a row says, its kind by its words. Raises NoDays or Unclear."""
    span = span_in(written)
    words = span.words[:1].upper() + span.words[1:LONGEST_NAME]
    told = words.casefold().replace("-", " ")
    half = "half term" in told or "halfterm" in told
    closed = any(word in told for word in ("holiday", "break", "closed", "inset", "vacation"))
    if re.search(r"\bbank holiday", told) and bank_holiday(span.first):
        raise Unclear("Bank holidays are known already.")
    if re.search(r"\bterm\b", told) and not half and not closed:
        raise Unclear("This is a term. Give the holidays between terms.")
    if re.search(r"\bpurdah\b|\belections?\b", told):
        return Entry(PeriodKind.PRE_ELECTION, span.first, span.last, words)
    if "inspection" in told:
        raise Unclear("An inspection has a page of its own, which tells the board’s officers.")
    kind = PeriodKind.HALF_TERM if half else PeriodKind.SCHOOL_HOLIDAY
    return Entry(kind, span.first, span.last, words or kind.label)


def _shown(written: str) -> str:
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]} …"
