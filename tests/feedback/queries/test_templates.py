from __future__ import annotations

import pytest

from feedback.models import LetterTemplate
from feedback.queries.templates import (
    Part,
    differences,
    missing_from_template,
    rearranged,
)
from feedback.queries.wording import parts_of_format
from rounds.models import PRESETS

A, B, F = Part("a", "text", "A", "x"), Part("b", "text", "B", "y"), Part("f", "findings", "F", "")


def template(*parts: Part) -> LetterTemplate:
    rows = [part.to_json() for part in parts]
    return LetterTemplate(format_key="paired_visits", version=1, parts=rows)


@pytest.mark.parametrize("key", PRESETS)
def test_nothing_is_missing_from_what_a_format_comes_with(key: str) -> None:
    parts = parts_of_format(PRESETS[key].letter)
    own = LetterTemplate(format_key=key, version=1, parts=parts)
    assert missing_from_template(own) == []
    assert "This was a " in parts[1]["text"]
    assert "by peers, not an inspection" in parts[1]["text"]


def test_whatever_is_missing_or_unknown_is_named() -> None:
    wrong = template(
        Part("a", "text", "", "By {head}."),
        Part("b", "team", "Who {lead}", ""),
        Part("c", "team", "Who", "On {day1}."),
    )
    assert missing_from_template(wrong) == [
        "put the findings back in",
        "keep one part alone of “The challenge team”",
        "give part 1 a heading",
        "change “{head}” in “part 1”: no letter knows what it stands for",
        "take “{lead}” out of the heading of “Who {lead}”",
    ]


def test_a_press_moves_leaves_out_or_adds_one_part() -> None:
    parts = [A, F, B]
    assert rearranged(parts, "up", "f") == [F, A, B]
    assert rearranged(parts, "down", "a") == [F, A, B]
    assert rearranged(parts, "up", "a") == rearranged(parts, "down", "b") == parts
    assert rearranged(parts, "remove", "b") == [A, F]
    assert rearranged(parts, "remove", "f") == rearranged(parts, "up", "gone") == parts
    assert rearranged(parts, "add", "team") == [*parts, Part("team-1", "team", "", "")]
    assert rearranged([F], "back", "b", parts) == [F, B]
    assert rearranged(parts, "back", "b", parts) == rearranged(parts, "back", "c", parts) == parts


def test_two_versions_differ_where_a_part_says_something_else_or_is_not_there() -> None:
    theirs = [Part("a", "text", "A", "z"), F]
    assert [(one.heading, one.mine, one.theirs) for one in differences([A, F, B], theirs)] == [
        ("A", "x", "z"),
        ("B", "y", "(not there)"),
    ]
