"""The school years of the demo, whenever it is made."""

from datetime import date, timedelta

import pytest

from authorities.queries.periods import Entry, beside, check_days
from peerchallenge.demo.calendars import JOURNEYS, VENUES, holidays_of


@pytest.mark.parametrize("later", [timedelta(), timedelta(weeks=1)])
@pytest.mark.parametrize("year", range(2024, 2060))
def test_no_day_is_in_two_holidays(year: int, later: timedelta) -> None:
    there: list[Entry] = []
    for entry in (*holidays_of(year, later), *holidays_of(year + 1, later)):
        check_days(entry, date(year, 6, 1))
        assert beside(entry, there) is None
        there.append(entry)


def test_there_is_a_journey_for_each_pair_of_venues() -> None:
    pairs = {slug: len(rows) * (len(rows) - 1) // 2 for slug, rows in VENUES.items()}
    assert {slug: len(JOURNEYS.get(slug, ())) for slug in VENUES} == pairs
