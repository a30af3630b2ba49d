"""What is due when, in words."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.queries.clock import due_said, is_near, is_past

# A Wednesday; the bank holiday after it is Good Friday, 26 March.
TODAY = date(2027, 3, 24)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 1, 4), "Draft was due 4 January, 79 days ago"),
        (date(2027, 3, 23), "Draft was due 23 March, yesterday"),
        (date(2027, 3, 24), "Draft due 24 March, today"),
        (date(2027, 3, 25), "Draft due 25 March, tomorrow"),
        (date(2027, 3, 30), "Draft due 30 March, in 2 working days"),
        (date(2027, 3, 31), "Draft due 31 March, in 3 working days"),
        (date(2027, 4, 1), "Draft due 1 April"),
        (date(2028, 1, 14), "Draft due 14 January 2028"),
        (date(2026, 12, 24), "Draft was due 24 December 2026, 90 days ago"),
    ],
)
def test_a_deadline_is_a_date_and_once_it_is_near_or_past_how_far_off(day: date, said: str) -> None:
    assert due_said("Draft", day, TODAY) == said


def test_near_is_counted_in_working_days_and_its_own_day_is_not_past() -> None:
    assert is_near(date(2027, 3, 31), TODAY)
    assert not is_near(date(2027, 3, 31), TODAY, near=2)
    assert is_near(TODAY, TODAY)
    assert not is_past(TODAY, TODAY)
    assert not is_near(date(2027, 3, 23), TODAY)
