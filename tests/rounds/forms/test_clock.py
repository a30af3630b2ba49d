"""Times of day as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from rounds.forms.clock import ClockField


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        (" 9.30 am ", time(9, 30)),
        ("2pm", time(14)),
        ("12 a.m.", time(0)),
        ("12:15pm", time(12, 15)),
        ("23h59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_it_is_written(written: str, meant: time) -> None:
    assert ClockField().clean(written) == meant


@pytest.mark.parametrize(
    "written", ["24:00", "9:60", "13pm", "0am", "noon", "9:3", "-1", "9:30:00"]
)
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="Enter a time like 9:30 or 14:15"):
        ClockField().clean(written)


@given(st.times())
def test_what_a_box_shows_is_read_back(time_of_day: time) -> None:
    field = ClockField()
    shown = field.prepare_value(time_of_day)
    assert field.clean(shown) == time_of_day.replace(second=0, microsecond=0)


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    try:
        found = ClockField(required=False).clean(text)
    except ValidationError:
        return
    assert found is None or isinstance(found, time)
