"""When somebody cannot visit or be visited, and which working days of a round that leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from peerchallenge.shared.dates import bank_holidays, is_weekday, working_days
from rounds.models import Round, Unavailable


@dataclass(frozen=True)
class FreeDays:
    """Of the working days to come in a round's window, how many are left to somebody."""

    working: int
    free: int
    # Of the free ones, those that are free only if nothing else is.
    rather_not: int

    @property
    def said(self) -> str:
        rather = f" ({self.rather_not} rather not)" if self.rather_not else ""
        return f"{self.free} of {self.working}{rather}"


def free_days(round: Round, authorities: Sequence[int]) -> dict[int, FreeDays]:
    """By authority; one query, however many there are."""
    there = Unavailable.objects.filter(
        authority__in=authorities, first_day__lte=round.visits_to, last_day__gte=round.visits_from
    )
    rows: dict[int | None, list[Unavailable]] = {}
    for row in there.order_by():
        rows.setdefault(row.authority_id, []).append(row)
    working = still_to_come(round)
    return {key: left_of(working, rows.get(key, [])) for key in authorities}


def still_to_come(round: Round) -> frozenset[date]:
    """The working days of its window that are not over."""
    first = max(round.visits_from, timezone.localdate())
    return frozenset(working_days(first, round.visits_to))


def left_of(working: frozenset[date], rows: Iterable[Unavailable]) -> FreeDays:
    cannot: set[date] = set()
    rather: set[date] = set()
    for row in rows:
        days = rather if row.rather_not else cannot
        days |= {day for day in working if row.first_day <= day <= row.last_day}
    return FreeDays(len(working), len(working - cannot), len(rather - cannot))


@dataclass(frozen=True)
class Window:
    """When the visits of one round may be, what that leaves, and which days nobody works."""

    name: str
    days: str
    free: FreeDays
    holidays: list[str]

    @property
    def holidays_said(self) -> str:
        number = len(self.holidays)
        return f"{number} bank holiday{'' if number == 1 else 's'} to come in this time"


def window_of(round: Round, free: FreeDays) -> Window:
    return Window(round.name, span(round.visits_from, round.visits_to), free, holidays_in(round))


def holidays_in(round: Round) -> list[str]:
    """“Good Friday, Friday 26 March 2027”: those to come on which nobody visits."""
    closed = sorted(bank_holidays().items())
    first = max(round.visits_from, timezone.localdate())
    return [
        f"{name}, {span(day, day)}"
        for day, name in closed
        if first <= day <= round.visits_to and is_weekday(day)
    ]


def span(first: date, last: date) -> str:
    """“Monday 3 May 2027” or “Monday 3 May 2027 to Friday 7 May 2027”."""
    if first == last:
        return _day(first)
    return f"{_day(first)} to {_day(last)}"


def days_said(row: Unavailable) -> str:
    """On one line, its reason too: for officers."""
    kind = "rather not" if row.rather_not else "cannot"
    return f"{span(row.first_day, row.last_day)}: {kind}. {row.reason}".strip()


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
