"""Cells that people wrote in their own way."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.queries.cells import Place, Unclear, day_said, days_said, place_said, plain

TODAY = date(2026, 11, 21)
THEN = date(2013, 2, 4)
OLD = Place(1, "Dorset", "Dorset County Council", "835", None, date(2019, 3, 31))
NEW = Place(2, "Dorset", "Dorset Council", "838", date(2019, 4, 1), None)
POOLE = Place(3, "Poole", "Borough of Poole", "836", None, date(2019, 3, 31))
BATH = Place(4, "Bath and North East Somerset", "Bath and North East Somerset Council", "800")
PLACES = {
    "dorset": [OLD, NEW],
    "835": [OLD],
    "838": [NEW],
    "poole": [POOLE],
    plain(BATH.name): [BATH],
    "banes": [BATH],
}


@pytest.mark.parametrize(
    "text",
    [
        "2013-02-04",
        "2013-02-04 00:00:00",
        "2013-02-04T09:30",
        "2013/2/4",
        "04/02/2013",
        "4.2.2013",
        "4-2-13",
        "4 February 2013",
        "4 Feb 2013",
        "Febr 4 2013",
        "4th feb, 2013",
        "4-Feb-13",
        "Monday 4 February 2013",
        "Mon 4/2/2013",
        "February 4, 2013",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_said(text, TODAY) == (THEN, "")


@pytest.mark.parametrize("text", ["February 2013", "Feb-13", "2/2013", "2013-02"])
def test_a_month_alone_is_its_first_day_and_that_is_said(text: str) -> None:
    day, note = day_said(text, TODAY)
    assert (day, note) == (
        date(2013, 2, 1),
        "Only the month was given: entered as its first day.",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The first day is missing."),
        ("2013", "is not a day"),
        ("30/2/2013", "is not a day"),
        ("4/13/2013", "is not a day"),
        ("soon", "is not a day"),
        ("41309", "is not a day"),
        ("٤/٢/٢٠١٣", "is not a day"),
        ("1/1/1" + "0" * 5_000, "is not a day"),
        ("4/2/013", "is not a day"),
        ("4/2/1913", "is before 1990"),
        ("22/11/2026", "is yet to come"),
    ],
)
def test_what_is_no_day_is_not_taken(text: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        day_said(text, TODAY)


@pytest.mark.parametrize(
    ("text", "days"), [("", 0), ("0", 0), ("4", 4), ("4.0", 4), ("1 day", 1), ("12 days", 12)]
)
def test_days_are_whole_numbers(text: str, days: int) -> None:
    assert days_said(text) == days


@pytest.mark.parametrize(
    "text", ["2.5", "-1", "NaN", "inf", "1e9", "501", "9" * 5_000, "four", "٤"]
)
def test_other_numbers_of_days_are_not_taken(text: str) -> None:
    with pytest.raises(Unclear, match="Days must be a whole number up to 500"):
        days_said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bath and North East Somerset",
        "bath & north east somerset council",
        "Bath, North East Somerset",
        "BANES",
    ],
)
def test_an_authority_is_found_by_any_of_its_names(text: str) -> None:
    assert place_said(text, "host", THEN, PLACES) == (BATH, "")


def test_of_two_with_one_name_the_day_says_which() -> None:
    assert place_said("Dorset", "host", THEN, PLACES)[0] == OLD
    place, note = place_said("Dorset County Council", "host", date(2019, 4, 1), PLACES)
    assert (place, note) == (NEW, "“Dorset County Council” was Dorset Council then.")


def test_where_the_day_does_not_say_which_it_asks() -> None:
    overlapping = {"dorset": [OLD, Place(5, "Dorset", "Dorset Council", "838")]}
    with pytest.raises(Unclear) as unclear:
        place_said("Dorset", "host", THEN, overlapping)
    assert str(unclear.value) == (
        "“Dorset” may be Dorset County Council (835) or Dorset Council (838): "
        "write the number in brackets."
    )


def test_a_number_names_one_and_says_when_it_was_not_there_then() -> None:
    assert place_said("835", "host", THEN, PLACES) == (OLD, "")
    assert place_said("838", "host", THEN, PLACES) == (
        NEW,
        "Dorset Council began on 1 April 2019: is it the one you mean?",
    )
    assert place_said("Poole", "host", date(2020, 1, 1), PLACES) == (
        POOLE,
        "Borough of Poole ended on 31 March 2019: is it the one you mean?",
    )


@pytest.mark.parametrize("text", ["Narnia", "=1+1", "…", "council", "<b>"])
def test_nobody_of_that_name_is_said(text: str) -> None:
    with pytest.raises(Unclear, match="No authority of this region is called"):
        place_said(text, "host", THEN, PLACES)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Pool", "Poole"), ("Bath and N E Somerset", BATH.name), ("Dorsett Council", "Dorset")],
)
def test_a_name_that_is_nearly_one_is_asked_about(text: str, name: str) -> None:
    with pytest.raises(Unclear) as unclear:
        place_said(text, "host", THEN, PLACES)
    assert str(unclear.value).endswith(f"Do you mean {name}?")


def test_no_name_is_said() -> None:
    with pytest.raises(Unclear, match="The challenger is missing"):
        place_said("", "challenger", THEN, PLACES)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (
        lambda: day_said(text, TODAY),
        lambda: days_said(text),
        lambda: place_said(text, "host", THEN, PLACES),
    ):
        with suppress(Unclear):
            assert read() is not None


@given(st.dates(date(1990, 1, 1), TODAY))
def test_every_day_survives_being_written(day: date) -> None:
    ways = (f"{day.isoformat()}", f"{day:%d/%m/%Y}", f"{day:%-d %B %Y}", f"{day:%a %-d %b %Y}")
    assert {day_said(way, TODAY) for way in ways} == {(day, "")}
