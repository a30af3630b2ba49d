"""What the calendar of an authority, and that of its region, show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
from peerchallenge.shared.dates import (
    bank_holiday,
    bank_holidays,
    each_day,
    last_published_year,
    monday_of,
)
from rounds.queries.touched import Touched, visits_touched

YEAR = timedelta(days=365)
# More names than these and a table says how many.
NAMED = 4
MONTHS_AHEAD = 25
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
    """A week with something in it; or several in a row without, told as one."""

    days: str
    free: bool = False
    # No-go days, bank holidays, elections.
    all: Sequence[str] = ()
    schools: str = ""
    elections: str = ""


@dataclass(frozen=True)
class Shared:
    """The same days of one kind, and whose they are."""

    days: str
    kind: str
    who: str
    # Where `who` says only how many.
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Place:
    name: str
    url: str


@dataclass(frozen=True)
class RegionCalendarPage:
    first: date
    last: date
    weeks: list[Week]
    shared: list[Shared]
    missing: list[Place]
    entered: list[Place]
    closed: list[Row]
    authorities: int
    computed_from: int | None
    months: list[date]


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
    known = list(rows.touching(min(first, today), max(last, today + YEAR)))
    entered = {one.authority_id for one in known if one.kind in SAID_OF_AN_AUTHORITY}
    there = [one for one in known if _touches(one, first, last)]
    links = {
        place.pk: Place(place.name, reverse("authority_calendar", args=[place.pk]))
        for place in places
    }
    return RegionCalendarPage(
        first,
        last,
        _folded(_weeks(first, last, places, there)),
        _shared(places, there),
        [link for pk, link in links.items() if pk not in entered],
        [link for pk, link in links.items() if pk in entered],
        [_row(one) for one in there if one.region_id],
        len(places),
        _computed_from(last),
        _months_from(today),
    )


def _months_from(today: date) -> list[date]:
    return [
        date(today.year + (today.month + after - 1) // 12, (today.month + after - 1) % 12 + 1, 1)
        for after in range(1, MONTHS_AHEAD)
    ]


def _touches(period: Period, first: date, last: date) -> bool:
    return period.first_day <= last and (period.last_day is None or period.last_day >= first)


def _shared(places: Sequence[Authority], there: Sequence[Period]) -> list[Shared]:
    """In the order of their days."""
    having: dict[tuple[date, date | None, str], list[int | None]] = defaultdict(list)
    for one in there:
        if one.authority_id:
            key = one.first_day, one.last_day, one.get_kind_display()
            having[key].append(one.authority_id)
    found = []
    for (first, last, kind), own in having.items():
        names = [place.name for place in places if place.pk in own]
        who = _who(names, places)
        found.append(Shared(days_said(first, last), kind, who, names if _counted(who) else ()))
    return found


def _weeks(
    first: date, last: date, places: Sequence[Authority], there: Sequence[Period]
) -> Iterator[tuple[date, Week]]:
    for number in range((last - first).days // 7 + 1):
        monday = first + number * WEEK
        friday = monday + timedelta(days=4)
        inside = [one for one in there if _touches(one, monday, friday)]
        yield (
            monday,
            Week(
                f"{monday:%-d %b %Y}",
                all=_everywhere(monday, friday, inside),
                schools=_who(_named(places, inside, SCHOOLS_CLOSED), places),
                elections=_who(_named(places, inside, (PeriodKind.PRE_ELECTION,)), places),
            ),
        )


def _everywhere(monday: date, friday: date, inside: Sequence[Period]) -> list[str]:
    holidays = [(day, bank_holiday(day)) for day in each_day(monday, friday)]
    return [
        *(one.name for one in inside if one.region_id),
        *(f"{day:%a} {day.day}: {name}" for day, name in holidays if name),
        *(f"{poll.day:%a} {poll.day.day}: local elections" for poll in local_polls(monday, friday)),
    ]


def _named(
    places: Sequence[Authority], inside: Sequence[Period], kinds: Sequence[str]
) -> list[str]:
    having = {one.authority_id for one in inside if one.kind in kinds}
    return [place.name for place in places if place.pk in having]


def _folded(weeks: Iterable[tuple[date, Week]]) -> list[Week]:
    """Weeks with nothing in the way, one after another, become one row."""
    found: list[Week] = []
    free_from: date | None = None
    for monday, week in weeks:
        if week.all or week.schools or week.elections:
            found.append(week)
            free_from = None
            continue
        if free_from is None:
            free_from = monday
        else:
            found.pop()
        found.append(Week(days_said(free_from, monday + timedelta(days=4)), free=True))
    return found


def _who(names: Sequence[str], places: Sequence[Authority]) -> str:
    """By name where they are few, or all but a few."""
    if not names:
        return ""
    rest = [place.name for place in places if place.name not in set(names)]
    if not rest:
        return f"All {len(places)}"
    if len(names) <= NAMED:
        return ", ".join(names)
    if len(rest) <= NAMED:
        return f"All but {', '.join(rest)}"
    return f"{len(names)} of {len(places)}"


def _counted(who: str) -> bool:
    return who[:1].isdigit()


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
