"""Every format's preset says all that a round asks of it."""

from __future__ import annotations

from string import Formatter

import pytest

from rounds.models import PRESETS, Asked
from rounds.states import AnsweredBy, QuestionKind

FIRST = PRESETS["paired_visits"]


def test_the_formats_are_those_the_regions_use() -> None:
    assert list(PRESETS) == [
        "paired_visits",
        "challenge_panel",
        "five_day_week",
        "group",
        "three_day_review",
        "top_three",
    ]


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_has_every_part_of_a_format(key: str) -> None:
    preset = PRESETS[key]
    assert set(preset.data) - {"not_yet", "sign_offs"} == set(FIRST.data)
    assert set(preset.data["labels"]) == set(FIRST.data["labels"])
    assert set(preset.data["readers"]) == set(FIRST.data["readers"])
    assert {"letter_drafted", "letter_issued", "accuracy_reply"} <= set(preset.deadlines)
    assert [part.key for part in preset.letter] == [part.key for part in FIRST.letter]
    assert preset.sign_offs[0] == "director"


@pytest.mark.parametrize("key", PRESETS)
def test_a_letter_names_only_what_its_format_knows(key: str) -> None:
    preset = PRESETS[key]
    known = {"host", "challenger", "area", "board", "lead", "team", "lines"}
    known |= {phase.id for phase in preset.phases}
    used = {name for part in preset.letter for _, name, _, _ in Formatter().parse(part.text)}
    assert used - {None, ""} - known == set()


@pytest.mark.parametrize("key", PRESETS)
def test_a_question_asks_what_its_kind_needs(key: str) -> None:
    rows = [row for section in PRESETS[key].sections for row in section["questions"]]
    assert len({row["key"] for row in rows}) == len(rows)
    for row in rows:
        asked = Asked.of(row)
        assert asked.kind in QuestionKind.values
        assert asked.answered_by in AnsweredBy.values
        assert len(asked.text) <= 300
        assert asked.guidance
        needs = {"choice": "choices", "table": "columns", "measure": "unit"}
        assert asked.kind not in needs or needs[asked.kind] in asked.options


def test_each_preset_says_who_challenges_whom() -> None:
    assert {key: preset.meeting_said for key, preset in PRESETS.items()} == {
        "paired_visits": "Each authority is challenged once and challenges once",
        "three_day_review": "Each authority is challenged once and challenges once",
        "five_day_week": "Each authority is challenged once and challenges once",
        "top_three": "Two authorities challenge each other",
        "group": "All in a group of three or four challenge each other",
        "challenge_panel": (
            "Each authority has two readers and a moderator, all from different authorities"
        ),
    }
