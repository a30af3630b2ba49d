"""England's working days: the only place where they are counted."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays

# Monday to Friday.
WORKING_WEEK = 5
# So far ahead of the last published year does the list of bank holidays go.
YEARS_COMPUTED = 10
NEW_YEAR, EARLY_MAY, SPRING, SUMMER = (
    "New Year’s Day",
    "Early May bank holiday",
    "Spring bank holiday",
    "Summer bank holiday",
)


@lru_cache(maxsize=1)
def bank_holidays() -> dict[date, str]:
    """England and Wales, by date: the published ones, then ten years by the rules."""
    later = range(last_published_year() + 1, last_published_year() + 1 + YEARS_COMPUTED)
    found = dict(_published())
    for year in later:
        found |= holidays_by_rule(year)
    return found


@lru_cache(maxsize=1)
def last_published_year() -> int:
    """Bank holidays of later years are computed; a king’s funeral is in no rule."""
    return max(_published()).year


def bank_holiday(day: date) -> str:
    """What it is called; empty for any other day."""
    if day.year <= last_published_year():
        return _published().get(day, "")
    return holidays_by_rule(day.year).get(day, "")


def is_weekday(day: date) -> bool:
    return day.weekday() < WORKING_WEEK


def is_working_day(day: date) -> bool:
    return is_weekday(day) and not bank_holiday(day)


def working_days_after(day: date, days: int) -> date:
    """The `days`-th working day after `day`."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_before(day: date, days: int) -> date:
    """The `days`-th working day before `day`."""
    while days > 0:
        day -= timedelta(days=1)
        days -= is_working_day(day)
    return day


def each_day(first: date, last: date) -> list[date]:
    """From the one to the other, both included; none if they are the wrong way round."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def working_days(first: date, last: date) -> list[date]:
    """Those from the one to the other, both included."""
    return [day for day in each_day(first, last) if is_working_day(day)]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=1)
def _published() -> dict[date, str]:
    """As shipped in the package: nothing is fetched."""
    published = BankHolidays(use_cached_holidays=True)
    rows = published.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {row["date"]: str(row["title"]) for row in rows}


@lru_cache(maxsize=64)
def holidays_by_rule(year: int) -> dict[date, str]:
    """The bank holidays that a year has unless somebody proclaims another or moves one."""
    easter = easter_sunday(year)
    new_year = date(year, 1, 1)
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    found = {
        _monday_on_or_after(new_year) if new_year.weekday() >= WORKING_WEEK else new_year: NEW_YEAR,
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _monday_on_or_after(date(year, 5, 1)): EARLY_MAY,
        _monday_on_or_after(date(year, 5, 25)): SPRING,
        _monday_on_or_after(date(year, 8, 25)): SUMMER,
    }
    # Two days in a row: the second moves past the first's substitute.
    if christmas.weekday() >= WORKING_WEEK:
        found[date(year, 12, 27)] = "Christmas Day"
    else:
        found[christmas] = "Christmas Day"
    if boxing.weekday() >= WORKING_WEEK:
        found[date(year, 12, 28)] = "Boxing Day"
    else:
        found[boxing] = "Boxing Day"
    return dict(sorted(found.items()))


def easter_sunday(year: int) -> date:
    """The Sunday after the first full moon of the Gregorian tables from 21 March on."""
    golden, century = year % 19 + 1, year // 100 + 1
    leap_days_left_out = 3 * century // 4 - 12
    drift_of_the_moon = (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + drift_of_the_moon - leap_days_left_out) % 30
    # The tables' two exceptions keep two years of one cycle from sharing a full moon.
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    march = 44 - epact if epact <= 23 else 74 - epact
    full_moon = date(year, 3, 1) + timedelta(days=march - 1)
    return full_moon + timedelta(days=7 - full_moon.isoweekday() % 7)


def _monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
