"""What may stand in braces in a reminder, and that nothing else is filled in."""

import pytest

from rounds.queries.reminder_texts import PLACEHOLDERS, RULES, Wording, problems_in

VALUES = dict.fromkeys(PLACEHOLDERS, "x")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Dear {name}, {link}", 0),
        ("Dear {Name}", 1),
        ("{name.__class__} {0} {}", 3),
        ("{name", 1),
        ("name}", 1),
        ("{{name}}", 1),
        ("{password} {", 2),
    ],
)
def test_what_nothing_fills_is_refused(text: str, problems: int) -> None:
    assert len(problems_in(text)) == problems


def test_the_standard_words_fill_wholly_and_hold_a_link() -> None:
    for rule in RULES:
        filled = rule.standard.filled(VALUES)
        assert problems_in(rule.standard.subject) == problems_in(rule.standard.body) == []
        assert "{link}" in rule.standard.body
        assert not {"{", "}"} & set(filled.subject + filled.body)


def test_what_is_filled_in_is_not_filled_again() -> None:
    values = {**VALUES, "name": "{link}\nBcc: x", "link": "secret"}
    filled = Wording("{name}", "{name}").filled(values)
    assert filled.subject == "{link} Bcc: x"
    assert "secret" not in filled.body
