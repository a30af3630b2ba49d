"""England's working days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@lru_cache(maxsize=1)
def bank_holidays() -> dict[date, str]:
    """England and Wales, by date, as shipped in the package: nothing is fetched."""
    published = BankHolidays(use_cached_holidays=True)
    rows = published.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {row["date"]: str(row["title"]) for row in rows}


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def working_days_after(day: date, days: int) -> date:
    """The `days`-th working day after `day`."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def on_or_after(day: date) -> date:
    """`day` itself if it is a working day, else the next one."""
    return day if is_working_day(day) else working_days_after(day, 1)
