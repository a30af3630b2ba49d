"""What the calendar of an authority, and that of its region, show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from authorities.models import Authority, Period, Region, User
from authorities.queries.elections import Suggestion, local_polls, suggested
from authorities.queries.periods import days_said, known_of
from authorities.states import SAID_OF_AN_AUTHORITY, SCHOOLS_CLOSED, PeriodKind
from peerchallenge.shared.dates import bank_holidays, last_published_year, monday_of
from rounds.queries.touched import Touched, visits_touched

YEAR = timedelta(days=365)
# More names than these and a table says how many.
NAMED = 4
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """Days of a calendar in words, and the visits that fall on them."""

    pk: int
    name: str
    days: str
    kind: str
    ends: bool
    visits: Sequence[Touched] = ()


@dataclass(frozen=True)
class Holidays:
    """The bank holidays of the next twelve months."""

    days: list[str]
    # From here on they are worked out: nobody has published them yet.
    computed_from: int | None


@dataclass(frozen=True)
class AuthorityCalendar:
    inspections: list[Row]
    coming: list[Row]
    past: list[Row]
    closed: list[Row]
    holidays: Holidays
    suggestion: Suggestion | None


@dataclass(frozen=True)
class Week:
    monday: date
    # No-go days, bank holidays, elections.
    all: list[str]
    schools: str
    elections: str


@dataclass(frozen=True)
class Line:
    name: str
    url: str
    periods: list[str]


@dataclass(frozen=True)
class RegionCalendarPage:
    first: date
    last: date
    weeks: list[Week]
    lines: list[Line]
    missing: list[Line]
    closed: list[Row]
    authorities: int
    computed_from: int | None


def authority_calendar(
    authority: Authority, user: User, today: date, *, keeps: bool
) -> AuthorityCalendar:
    """Everything that bears on its visits; the same few queries however much there is."""
    visible = Period.objects.visible_to(user)
    own = list(visible.filter(authority=authority))
    coming = [one for one in own if not _over(one, today)]
    closed = visible.filter(region=authority.region_id).touching(today, today + YEAR)
    touched = visits_touched(authority, coming, user)
    rows = {one.pk: _row(one, touched.get(one.pk, ())) for one in own}
    lasting = [one for one in coming if one.kind == PeriodKind.INSPECTION]
    return AuthorityCalendar(
        inspections=[rows[one.pk] for one in lasting],
        coming=[rows[one.pk] for one in coming if one not in lasting],
        past=[rows[one.pk] for one in reversed(own) if one not in coming],
        closed=[_row(one) for one in closed],
        holidays=_holidays(today, today + YEAR),
        suggestion=suggested(authority, known_of(authority), today) if keeps else None,
    )


def _over(period: Period, today: date) -> bool:
    return period.last_day is not None and period.last_day < today


def _row(period: Period, visits: Sequence[Touched] = ()) -> Row:
    return Row(
        period.pk,
        period.name,
        days_said(period.first_day, period.last_day),
        period.get_kind_display(),
        period.kind == PeriodKind.INSPECTION,
        visits,
    )


def _holidays(first: date, last: date) -> Holidays:
    days = [
        f"{day:%A} {day:%-d %B %Y}: {name}"
        for day, name in sorted(bank_holidays().items())
        if first <= day <= last
    ]
    return Holidays(days, _computed_from(last))


def _computed_from(last: date) -> int | None:
    known = last_published_year()
    return known + 1 if last.year > known else None


def region_calendar(
    region: Region, user: User, today: date, *, start: date | None, weeks: int
) -> RegionCalendarPage:
    """Week by week who has which days; two queries however many authorities there are."""
    first = monday_of(start or today)
    last = first + weeks * WEEK - timedelta(days=1)
    places = list(region.authorities.open_on(today).order_by("name", "pk"))
    rows = Period.objects.visible_to(user).filter(Q(region=region) | Q(authority__in=places))
    there = list(rows.touching(min(first, today), last))
    own: dict[int, list[Period]] = defaultdict(list)
    for period in there:
        if period.authority_id and _touches(period, first, last):
            own[period.authority_id].append(period)
    entered = {one.authority_id for one in there if one.kind in SAID_OF_AN_AUTHORITY}
    lines = {place.pk: _line(place, own[place.pk]) for place in places}
    closed = [one for one in there if one.region_id and _touches(one, first, last)]
    return RegionCalendarPage(
        first,
        last,
        _weeks(first, last, places, own, closed),
        [lines[place.pk] for place in places if place.pk in entered or own[place.pk]],
        [lines[place.pk] for place in places if place.pk not in entered],
        [_row(one) for one in closed],
        len(places),
        _computed_from(last),
    )


def _touches(period: Period, first: date, last: date) -> bool:
    return period.first_day <= last and (period.last_day is None or period.last_day >= first)


def _line(place: Authority, periods: Iterable[Period]) -> Line:
    said = [f"{one.name}, {days_said(one.first_day, one.last_day)}" for one in periods]
    return Line(place.name, reverse("authority_calendar", args=[place.pk]), said)


def _weeks(
    first: date,
    last: date,
    places: Sequence[Authority],
    own: dict[int, list[Period]],
    closed: Sequence[Period],
) -> list[Week]:
    found = []
    monday = first
    holidays = bank_holidays()
    while monday <= last:
        friday = monday + timedelta(days=4)
        of_all = [one.name for one in closed if _touches(one, monday, friday)]
        of_all += [
            f"{day:%a} {day.day}: {holidays[day]}"
            for day in sorted(holidays)
            if monday <= day <= friday
        ]
        polls = local_polls(monday, friday)
        of_all += [f"{poll.day:%a} {poll.day.day}: local elections" for poll in polls]
        having = {
            kind: [
                place.name
                for place in places
                if any(one.kind in kind and _touches(one, monday, friday) for one in own[place.pk])
            ]
            for kind in (SCHOOLS_CLOSED, (PeriodKind.PRE_ELECTION,))
        }
        schools, elections = (_who(names, places) for names in having.values())
        found.append(Week(monday, of_all, schools, elections))
        monday += WEEK
    return found


def _who(names: Sequence[str], places: Sequence[Authority]) -> str:
    """By name where they are few, or all but a few."""
    if not names:
        return ""
    rest = [place.name for place in places if place.name not in set(names)]
    if not rest:
        return "All"
    if len(names) <= NAMED:
        return ", ".join(names)
    if len(rest) <= NAMED:
        return f"All but {', '.join(rest)}"
    return f"{len(names)} of {len(places)}"


@dataclass(frozen=True)
class Removed:
    """Days that were removed a moment ago, and how to enter them again."""

    said: str
    query: str


def removed(asked: dict[str, Any]) -> Removed | None:
    first, last = asked["first_day"], asked["last_day"]
    if not (asked["kind"] and first and last and asked["name"]):
        return None
    query = urlencode({**asked, "first_day": first.isoformat(), "last_day": last.isoformat()})
    return Removed(f"{asked['name']}, {days_said(first, last)}", query)
