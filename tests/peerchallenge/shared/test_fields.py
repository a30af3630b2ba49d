import datetime
import re
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
    assert count_words("  one two\n\nthree – four  ") == 4
    assert count_words("children’s under-fives, 12,345 of 1.5m in 2012-13: and/or") == 11
    field = LongTextField(max_words=3)
    assert field.clean("one two three") == "one two three"
    with pytest.raises(forms.ValidationError, match="3 words or less"):
        field.clean("one two three four")


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of “#0b5d66” or of “rgb(4.3%, 36.5%, 40%)”."""
    shares = [float(one) / 100 for one in re.findall(r"([\d.]+)%", colour)]
    parts = shares or [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


CSS = Path("static/build/app.css")


def region_colours() -> dict[str, dict[str, str]]:
    """What the built style sheet gives each region: its colours by name."""
    blocks = re.findall(r"\.app-region--(\w+)\{(.*?)\}", CSS.read_text(encoding="utf-8"))
    return {name: dict(re.findall(r"--([\w-]+): ?([^;]+)", block)) for name, block in blocks}


def test_every_colour_a_region_can_choose_holds_white_text() -> None:
    colours = region_colours()
    assert sorted(colours) == sorted(RegionColour.values)
    for name, given in colours.items():
        brand = given["govuk-brand-colour"]
        assert contrast(brand, "#ffffff") >= 7, name
        assert contrast(brand, given["govuk-surface-background-colour"]) >= 4.5, name


def test_every_stage_on_the_map_can_be_read() -> None:
    css = CSS.read_text(encoding="utf-8")
    for name, given in region_colours().items():
        tints = [key for key in given if key.startswith("app-tint-")]
        assert len(tints) >= 6
        for tint in tints:
            stage = tint.rpartition("-")[2]
            text = "#ffffff" if f".app-map__cell--{stage} .app-map__label" in css else "#0b0c0c"
            assert contrast(given[tint], text) >= 4.5, (name, stage)
