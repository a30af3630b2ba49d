from dataclasses import replace

from bench.sample_letters import sample_letter
from feedback.models.content import LetterContent, LetterPart, ThemeFindings
from feedback.queries.differences import changes_between, findings_said, marks_of

BARE = LetterContent("SW-2027-009", "Dorset", "Swindon", "adoption", "The board", "2026-27")
BEFORE = replace(
    BARE,
    opening=(LetterPart("Opening", "Thank you for having us.\nWe met two children."),),
    themes=(ThemeFindings("Help", ("Staff are warm.", "Plans are clear."), ("Visits are late.",)),),
)


def seen(before: LetterContent, after: LetterContent) -> list[tuple[str, str, str]]:
    return [
        (change.heading, one.kind, one.after or one.before)
        for change in changes_between(before, after)
        for one in change.differences
    ]


def test_only_paragraphs_that_came_went_or_were_reworded_differ() -> None:
    after = replace(
        BEFORE,
        opening=(LetterPart("Opening", "We met three children.\nThank you  for having us."),),
        themes=(
            ThemeFindings(
                "Help", ("Staff are warm.",), ("Visits are often late.", "Nobody asks girls.")
            ),
        ),
    )
    assert seen(BEFORE, BEFORE) == []
    assert seen(BEFORE, after) == [
        ("Opening", "reworded", "We met three children."),
        ("Help: strengths", "removed", "Plans are clear."),
        ("Help: areas for consideration", "reworded", "Visits are often late."),
        ("Help: areas for consideration", "added", "Nobody asks girls."),
    ]
    assert findings_said(changes_between(BEFORE, after)) == (
        "Findings: 1 added, 1 removed, 1 reworded."
    )


def test_marks_say_each_word_that_went_and_came_and_give_back_both_texts() -> None:
    before, after = "We met two children and their aunt.", "We met three children."
    marks = list(marks_of(before, after))
    assert [(mark.kind, mark.text) for mark in marks] == [
        ("", "We met "),
        ("del", "two children and their aunt."),
        ("ins", "three children."),
    ]
    assert "".join(mark.text for mark in marks if mark.kind != "ins") == before
    assert "".join(mark.text for mark in marks if mark.kind != "del") == after


def test_a_text_of_a_book_s_length_is_compared_in_a_moment() -> None:
    words = " ".join(f"word{number % 97}" for number in range(20_000))
    assert [mark.kind for mark in marks_of(words, f"{words} more")] == ["del", "ins"]
    letter = sample_letter(2)
    turned = replace(letter, themes=letter.themes[::-1])
    assert seen(letter, turned) == []
