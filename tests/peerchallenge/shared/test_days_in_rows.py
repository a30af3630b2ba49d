"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerchallenge.shared.spreadsheets.days import NoDays, Span, span_in

HALF_TERM = (date(2026, 10, 26), date(2026, 10, 30))


@pytest.mark.parametrize(
    "text",
    [
        "Half term, 26 October 2026, 30 October 2026",
        "Half term | Monday 26 October 2026 | Friday 30 October 2026",
        "Half term: Monday 26 to Friday 30 October 2026",
        "Half term 26–30 October 2026",
        "Half term 26 Oct - 30 Oct 2026",
        "26/10/2026 | 30/10/2026 | Half term",
        "Half term 26.10.26-30.10.26",
        "2026-10-26 00:00:00 | 2026-10-30 00:00:00 | Half term",
        "Half term | 26-Oct-26 | 30-Oct-26",
        "Half term from October 26, 2026 until October 30, 2026",
        "Half term begins Mon 26th October 2026, ends Fri 30th October 2026 (inclusive)",
    ],
)
def test_one_half_term_in_many_hands(text: str) -> None:
    assert span_in(text) == Span(*HALF_TERM, "Half term")


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("Mon 31 May 2027", date(2027, 5, 31), date(2027, 5, 31), ""),
        (
            "Christmas 21 December to 4 January 2027",
            date(2026, 12, 21),
            date(2027, 1, 4),
            "Christmas",
        ),
        ("Training day – 4 Sept 2026", date(2026, 9, 4), date(2026, 9, 4), "Training day"),
        ("ΑΓΊΑ 4 May 2027", date(2027, 5, 4), date(2027, 5, 4), "ΑΓΊΑ"),
    ],
)
def test_one_day_or_over_the_new_year(text: str, first: date, last: date, words: str) -> None:
    assert span_in(text) == Span(first, last, words)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No day is written in it"),
        ("Easter", "No day is written in it"),
        ("Half term 26 October", "has no year"),
        ("Half term 31 February 2027", "31/2/2027 is no day"),
        ("30 October 2026 to 26 October 2026", "26 October 2026, is before its first"),
        ("1 May 2027, 2 May 2027, 3 May 2027", "More than two days"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(NoDays, match=says):
        span_in(text)


@given(st.text(max_size=80))
def test_nothing_else_goes_wrong(text: str) -> None:
    try:
        found = span_in(text)
    except NoDays:
        return
    assert found.first <= found.last


@given(
    st.dates(date(2012, 1, 1), date(2099, 1, 1)),
    st.integers(0, 60),
    st.sampled_from(["%-d %B %Y", "%d/%m/%Y", "%Y-%m-%d", "%A %-d %b %Y", "%-d.%-m.%y"]),
)
def test_two_days_in_one_way_of_writing_are_read_as_they_are(
    first: date, length: int, written: str
) -> None:
    last = first + timedelta(days=length)
    found = span_in(f"Break {first.strftime(written)} to {last.strftime(written)}")
    assert (found.first, found.last, found.words) == (first, last, "Break")
