"""A director decides who reads the letter: other directors, everybody, and then not everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from authorities.models import User
from feedback.queries.redacting import redactable
from tests.feedback.conftest import cast
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_is_redacted_shared_published_and_withdrawn(
    world: World,
    comes_in: Enter,
    post_of: Callable[[User | str], str],
    budget: Callable[..., None],
) -> None:
    letter = world.letter_issued()
    passage = next(one for one in redactable(letter.frozen_content) if "Area for" in one.text).text
    elsewhere = cast(world, letter.challenge)["director_elsewhere"]
    mail.outbox.clear()
    director = comes_in(world.director_of(letter.challenge.host_authority))
    director.opens("/")
    director.presses("Your letter is issued: thank the team, decide who may read it")
    director.presses("Decide who may read it")
    a_passage_is_left_out(director, passage)
    director.clicks = 0
    director.presses("Share it with: the region’s directors")
    director.chooses("The letter as it was issued")
    director.presses("Share it with the directors")
    budget("director, letter shared with the directors", director.clicks, most=3)
    run_effects()
    other = comes_in(elsewhere, width=320)
    other.opens(post_of(elsewhere))
    other.sees(passage)
    director.presses("Publish the letter")
    director.sees_heading("You are about to publish the letter")
    director.chooses("The redacted version")
    director.presses("Publish the letter")
    director.presses("Go to its public page")
    public = director.where
    anybody = comes_in(width=320)
    anybody.opens("/published")
    anybody.opens(public)
    anybody.sees("[Passage left out: It could identify a family]")
    anybody.does_not_see(passage)
    director.opens(f"/letters/{letter.pk}/share")
    director.presses("Withdraw it from: everybody: a public page")
    director.types("A date in it is wrong.", into="Why do you withdraw it?")
    director.presses("Withdraw it")
    anybody.opens(public, status=410)
    anybody.sees("A date in it is wrong.")
    director.opens(f"/letters/{letter.pk}/reads")
    director.sees(elsewhere.name)


def a_passage_is_left_out(director: Person, passage: str) -> None:
    director.presses("Leave passages out")
    director.chooses(passage)
    director.types("It could identify a family", into="Reason that readers see in their place")
    director.presses("Leave these passages out")
    director.presses("See how it will read")
    director.does_not_see(passage)
    director.presses("Back to what is left out")
    director.presses("Make the redacted version")
    run_effects()
    # The page asks by itself until it is there.
    director.waits_for("of what is left out now")
    director.presses("Go on to who may read it")
