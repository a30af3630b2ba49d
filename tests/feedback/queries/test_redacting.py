"""A redacted letter holds nothing of what was left out."""

from __future__ import annotations

import json
from datetime import date

from feedback.models import LetterContent
from feedback.models.content import (
    Activity,
    LetterPart,
    LineAnswered,
    NextStep,
    TeamMember,
    ThemeFindings,
)
from feedback.queries.redacting import redactable, redacted_content, redacted_version

OLD = LetterContent(
    reference="SW-2027-001",
    host="Alderton",
    challenger="Birchester",
    area="Adoption",
    board="The board",
    round_name="Spring",
    opening=(LetterPart("", "Thank you for having us.\n- One thing\n* Another thing"),),
    themes=(
        ThemeFindings("Leadership", ("Visible leaders",), ("Write it down",), ("A weekly walk",)),
        ThemeFindings("Early help", ("Visible leaders",), (), ()),
    ),
    closing=(LetterPart("Last words", "Come and see us."),),
    next_steps=(NextStep("Agree the plan", "Alderton", date(2027, 5, 4)),),
    team=(TeamMember("Ada", "Reviewer", "Birchester", "Lead reviewer"),),
)
WHOLE = LetterContent(
    reference="SW-2027-002",
    host="Alderton",
    challenger="Birchester",
    area="Adoption",
    board="The board",
    round_name="Spring",
    themes=OLD.themes,
    lines=(LineAnswered("Is it safe?", ("For whom?",), ("Yes, mostly",), ("Say why",), ()),),
    activity=(Activity("interviews", 12),),
    next_steps=OLD.next_steps,
    team=OLD.team,
    parts=(
        LetterPart("Opening", "Thank you for having us.\n\n  - One thing  \n- Another thing"),
        LetterPart("What we did", "We met people.", "activity"),
        LetterPart("Your questions", "", "lines"),
        LetterPart("What we found", "", "findings"),
        LetterPart("Good practice", "", "good_practice"),
        LetterPart("What happens next", "", "next_steps"),
        LetterPart("The team", "", "team"),
    ),
)


def words(content: LetterContent) -> str:
    return json.dumps(content.to_json(), ensure_ascii=False)


def test_every_passage_can_be_left_out_and_is_then_nowhere_in_the_letter() -> None:
    for content in (OLD, WHOLE):
        for one in redactable(content):
            short = redacted_content(content, {one.place: "names a person"})
            said = "Ada" if one.place.startswith("team") else one.text
            said = "Agree the plan" if one.place.startswith("step") else said
            assert said in words(content)
            assert said not in words(short), one
            assert "[Passage left out: names a person]" in words(short)


def test_all_else_stays_and_numbers_of_areas_too() -> None:
    short = redacted_content(WHOLE, {"finding:leadership:area:1": "under way"})
    assert short.themes[0].areas == ("[Passage left out: under way]",)
    numbers = [found.first_number for found in WHOLE.numbered_themes]
    assert len(numbers) == 2
    assert [found.first_number for found in short.numbered_themes] == numbers
    assert redacted_content(WHOLE, {"finding:gone:area:7": "nothing there"}) == WHOLE
    assert redacted_content(OLD, {}) == OLD


def test_the_version_says_on_its_face_that_it_is_not_whole() -> None:
    assert redacted_version(OLD, {}).opening[0].heading == "About this version"
    assert redacted_version(WHOLE, {}).parts[0].heading == "About this version"
