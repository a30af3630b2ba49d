"""England's working days, against what was published."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerchallenge.shared.dates import (
    bank_holiday,
    bank_holidays,
    each_day,
    easter_sunday,
    holidays_by_rule,
    is_working_day,
    last_published_year,
    monday_of,
    working_days_after,
    working_days_before,
)


def test_bank_holidays_are_englands_as_published() -> None:
    holidays = bank_holidays()
    assert holidays[date(2026, 12, 28)] == "Boxing Day"  # the 26th is a Saturday
    assert date(2026, 11, 30) not in holidays  # St Andrew’s Day is Scotland’s


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
    ],
)
def test_weekends_and_bank_holidays_are_not_working_days(day: date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 12, 23), 2, date(2026, 12, 29)),
        (date(2026, 11, 21), 5, date(2026, 11, 27)),
    ],
)
def test_working_days_are_counted_from_the_next_one(start: date, days: int, end: date) -> None:
    assert working_days_after(start, days) == end


PUBLISHED = Path(__file__).with_name("bank_holidays.csv")
# Moved or added by proclamation; everything else follows the rules.
BY_PROCLAMATION = {
    date(2012, 5, 28),
    date(2012, 6, 4),
    date(2012, 6, 5),
    date(2020, 5, 4),
    date(2020, 5, 8),
    date(2022, 5, 30),
    date(2022, 6, 2),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
}


def published() -> dict[date, str]:
    lines = PUBLISHED.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {date.fromisoformat(row["date"]): row["title"].replace("'", "’") for row in rows}


def test_those_of_the_package_are_those_that_were_published() -> None:
    found = {day: name.replace("'", "’") for day, name in bank_holidays().items()}
    restated = published()
    assert {day: found.get(day) for day in restated} == restated
    last = max(restated).year
    assert {day for day in found if day.year <= last} == set(restated)
    assert last_published_year() >= last


def test_the_rules_find_all_that_was_published_but_what_was_proclaimed() -> None:
    years = {day.year for day in published()}
    by_rule = {day for year in years for day in holidays_by_rule(year)}
    assert by_rule ^ set(published()) == BY_PROCLAMATION


@pytest.mark.parametrize("years", [1, 2, 40])
def test_years_that_nobody_has_published_yet_have_their_eight(years: int) -> None:
    year = last_published_year() + years
    days = [day for day in days_of(year) if bank_holiday(day)]
    assert len(days) == 8
    assert not any(is_working_day(day) for day in days)
    assert not any(day.weekday() > 4 for day in days)


def days_of(year: int) -> list[date]:
    return each_day(date(year, 1, 1), date(year, 12, 31))


def test_the_list_goes_on_for_ten_years_after_the_last_published() -> None:
    years = {day.year for day in bank_holidays()}
    assert max(years) == last_published_year() + 10


@pytest.mark.parametrize(
    ("year", "day"),
    [
        # The earliest and the latest there can be, both exceptions of the tables, and others.
        (1818, date(1818, 3, 22)),
        (2038, date(2038, 4, 25)),
        (1954, date(1954, 4, 18)),
        (1981, date(1981, 4, 19)),
        (2027, date(2027, 3, 28)),
        (2030, date(2030, 4, 21)),
        (2049, date(2049, 4, 18)),
    ],
)
def test_easter_is_when_the_tables_have_it(year: int, day: date) -> None:
    assert easter_sunday(year) == day


@given(st.integers(1583, 4099))
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    day = easter_sunday(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2032, [27, 28]),  # Christmas Day is a Saturday
        (2033, [26, 27]),  # a Sunday: Boxing Day stays on the Monday
        (2037, [25, 28]),  # a Friday
        (2029, [25, 26]),
    ],
)
def test_christmas_moves_past_the_weekend(year: int, days: list[int]) -> None:
    assert [day.day for day in holidays_by_rule(year) if day.month == 12] == days


@given(st.dates(date(2012, 1, 1), date(2045, 12, 31)), st.integers(0, 40))
def test_counting_back_undoes_counting_on(day: date, days: int) -> None:
    start = working_days_after(day, 1)
    assert working_days_before(working_days_after(start, days), days) == start


def test_each_day_counts_both_ends_and_none_the_wrong_way_round() -> None:
    assert each_day(date(2027, 2, 27), date(2027, 3, 1)) == [
        date(2027, 2, 27),
        date(2027, 2, 28),
        date(2027, 3, 1),
    ]
    assert each_day(date(2027, 3, 1), date(2027, 2, 28)) == []


def test_a_week_begins_on_its_monday() -> None:
    assert [monday_of(date(2027, 3, day)) for day in (1, 4, 7)] == [date(2027, 3, 1)] * 3
