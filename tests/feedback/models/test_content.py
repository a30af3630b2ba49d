from dataclasses import replace
from datetime import date

from bench.sample_letters import sample_letter
from feedback.models.content import LetterContent, LetterPart, ThemeFindings

BARE = LetterContent(
    reference="SW-2027-009",
    host="Dorset",
    challenger="Swindon",
    area="adoption",
    board="South West Children’s Improvement Board",
    round_name="2026-27",
    issued_on=date(2027, 3, 4),
)


def test_what_the_author_typed_becomes_paragraphs_and_lists() -> None:
    blocks = LetterPart("", "One.\n\nTwo:\n- first\n* second\n\n• third\nThree.").blocks
    assert [block.paragraph or block.items for block in blocks] == [
        "One.",
        "Two:",
        ("first", "second", "third"),
        "Three.",
    ]


def test_a_theme_with_nothing_said_is_left_out() -> None:
    empty = ThemeFindings("Nothing here")
    content = replace(BARE, themes=(empty, ThemeFindings("Something", areas=("Look again.",))))
    assert [theme.theme for theme in content.numbered_themes] == ["Something"]
    assert not replace(BARE, themes=(empty,)).has_findings


def test_a_letter_survives_being_written_down() -> None:
    for content in (sample_letter(1), sample_letter(2, issued_on=None), BARE):
        again = LetterContent.from_json(content.to_json())
        assert again == content
        assert again.fingerprint == content.fingerprint


def test_any_change_of_the_content_changes_its_fingerprint() -> None:
    content = sample_letter(1)
    changed = [
        replace(content, area="adoption!"),
        replace(content, issued_on=date(2027, 1, 1)),
        replace(content, team=content.team[1:]),
        replace(content, closing=(LetterPart("A", "b"),)),
    ]
    assert len({c.fingerprint for c in [content, *changed]}) == 5
