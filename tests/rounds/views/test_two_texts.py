"""Two texts for one answer: both are shown, and a person says which is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from authorities.models import User
from rounds import actions
from rounds.models import Question, SelfAssessment
from tests.rounds.conftest import at, boxed, text_of, words

SignedIn = Callable[[User], Client]


def both(client: Client, here: str, mine: str) -> object:
    page = client.post(here, boxed(here, text=mine, version=0))
    assert page.status_code == 409
    return page


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "Mine."), ("theirs", "Theirs."), ("both", "Mine and theirs.")],
)
def test_two_tabs_both_texts_are_shown_and_the_person_chooses(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
    keep: str,
    kept: str,
) -> None:
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    client = signed_in(director)
    page = both(client, here, "Mine.")
    assert "Keziah Brandt saved this answer while you were writing" in words(page)
    form = page.context["form"]
    assert form["both"].value() == "Mine.\n\nTheirs."
    assert text_of(own) == ["Theirs."]
    fields = {"keep": keep, "both": "Mine and theirs.", "mine": "Mine.", "version": 1}
    assert client.post(here, boxed(here, **fields)).url == at(own, "context", 2)
    assert text_of(own) == [kept]


def test_without_a_choice_both_texts_are_shown_again(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    client = signed_in(director)
    both(client, here, "Mine.")
    page = client.post(here, boxed(here, both="Together.", mine="Mine.", version=1))
    assert page.status_code == 422
    assert page.context["form"].errors == {"keep": ["Select the text to keep"]}
    shown = words(page)
    assert [text in shown for text in ("Mine.", "Theirs.", "Together.")] == [True, True, True]


@pytest.mark.parametrize("keep", ["mine", "theirs", "both"])
def test_saved_once_more_meanwhile_the_newest_text_is_shown_before_anything_is_kept(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
    keep: str,
) -> None:
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    client = signed_in(director)
    both(client, here, "Mine.")
    actions.save_answer(own, question, "Theirs, newer.", version=1, by=colleague)
    fields = {"keep": keep, "both": "Together.", "mine": "Mine.", "version": 1}
    page = client.post(here, boxed(here, **fields))
    assert page.status_code == 409
    assert "Theirs, newer." in words(page)
    assert text_of(own) == ["Theirs, newer."]


def test_ones_own_two_windows_are_told_apart_from_a_colleague(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    actions.save_answer(own, question, "The other window.", version=0, by=director)
    page = both(signed_in(director), here, "This window.")
    assert "You saved this answer in another window too" in words(page)
