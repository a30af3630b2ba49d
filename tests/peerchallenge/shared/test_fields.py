import datetime
import math
from pathlib import Path

import pytest
from django import forms

from peerchallenge.shared.fields import LongTextField, RegionColour, ThreePartDateField, count_words
from peerchallenge.shared.forms import problems_of


class Visit(forms.Form):
    day = ThreePartDateField(
        label="Date of day 1",
        earliest=datetime.date(2013, 1, 1),
        latest=datetime.date(2013, 12, 31),
    )


def visit(day: str, month: str, year: str) -> Visit:
    return Visit({"day_day": day, "day_month": month, "day_year": year})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("14", "1", "2013"), datetime.date(2013, 1, 14)),
        (("04", "02", "2013"), datetime.date(2013, 2, 4)),
        ((" 4 ", "Feb", "2013"), datetime.date(2013, 2, 4)),
        (("4", "september", "2013"), datetime.date(2013, 9, 4)),
    ],
)
def test_a_date_is_read_by_number_or_by_the_name_of_its_month(
    given: tuple[str, str, str], expected: datetime.date
) -> None:
    form = visit(*given)
    assert form.is_valid()
    assert form.cleaned_data["day"] == expected


@pytest.mark.parametrize(
    ("given", "message", "target"),
    [
        (("", "1", "2013"), "Date of day 1 must include a day", "id_day_day"),
        (("14", "", "2013"), "Date of day 1 must include a month", "id_day_month"),
        (("14", "", ""), "Date of day 1 must include a month and year", "id_day_month"),
        (("14", "1", ""), "Date of day 1 must include a year", "id_day_year"),
        (("14", "1", "13"), "Year must include 4 numbers", "id_day_year"),
        (("14", "1", "٢٠١٣"), "Year must include 4 numbers", "id_day_year"),
        (("30", "2", "2013"), "Date of day 1 must be a real date", "id_day_day"),
        (("1", "13", "2013"), "Date of day 1 must be a real date", "id_day_day"),
        (("1", "ju", "2013"), "Date of day 1 must be a real date", "id_day_day"),
        (("-1", "1", "2013"), "Date of day 1 must be a real date", "id_day_day"),
        (("9" * 19, "1", "2013"), "Date of day 1 must be a real date", "id_day_day"),
        (("1", "1", "0000"), "Date of day 1 must be a real date", "id_day_day"),
        (
            ("31", "12", "2012"),
            "Date of day 1 must be the same as or after 1 January 2013",
            "id_day_day",
        ),
        (
            ("1", "1", "2014"),
            "Date of day 1 must be the same as or before 31 December 2013",
            "id_day_day",
        ),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_links_to_the_box(
    given: tuple[str, str, str], message: str, target: str
) -> None:
    (problem,) = problems_of(visit(*given))
    assert (problem.text, problem.target) == (message, target)


def test_a_date_shows_again_what_was_typed() -> None:
    form = visit("14", "Febtober", "2013")
    assert not form.is_valid()
    assert form["day"].value() == ["14", "Febtober", "2013"]


def test_a_date_left_out_is_none_where_it_may_be() -> None:
    field = ThreePartDateField(required=False)
    assert field.clean(["", " ", ""]) is None


@pytest.mark.parametrize("text", ["x", "14 1", "\u2007", "--", "1e3", "nan"])
def test_no_text_in_a_box_is_a_server_error(text: str) -> None:
    for position in range(3):
        parts = ["14", "1", "2013"]
        parts[position] = text
        assert not visit(*parts).is_valid()


def test_words_are_counted_as_the_browser_counts_them() -> None:
    assert count_words("  one two\n\nthree – four  ") == 5
    field = LongTextField(max_words=3)
    assert field.clean("one two three") == "one two three"
    with pytest.raises(forms.ValidationError, match="3 words or less"):
        field.clean("one two three four")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_a_region_can_choose_holds_white_text() -> None:
    lines = Path("static/src/_palette.scss").read_text(encoding="utf-8").splitlines()
    pairs = [line.strip().rstrip(",").split(": ") for line in lines if line.startswith('  "')]
    palette = {name.strip('"'): colour for name, colour in pairs}
    assert sorted(palette) == sorted(RegionColour.values)
    contrasts = {name: 1.05 / (luminance(colour) + 0.05) for name, colour in palette.items()}
    assert {name for name, contrast in contrasts.items() if math.floor(contrast) < 7} == set()
