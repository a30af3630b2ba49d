from datetime import date

import pytest

from peerchallenge.shared.dates import (
    bank_holidays,
    is_working_day,
    on_or_after,
    working_days_after,
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


def test_a_closed_day_moves_on_to_the_next_open_one() -> None:
    assert on_or_after(date(2026, 12, 25)) == date(2026, 12, 29)
    assert on_or_after(date(2026, 12, 29)) == date(2026, 12, 29)
