from __future__ import annotations

from peerchallenge.shared.marks import mark_of


def test_a_mark_is_the_same_for_the_same_words_and_short_enough_for_a_page() -> None:
    assert mark_of("Early help", 3, None) == mark_of("Early help", 3, None)
    assert len(mark_of("Early help")) == 16


def test_a_line_that_moves_from_one_text_into_the_next_makes_another_mark() -> None:
    assert mark_of("One\ntwo", "three") != mark_of("One", "two\nthree")
    assert mark_of("One", "") != mark_of("One")
