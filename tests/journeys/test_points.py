"""The host says what is wrong in its letter; the lead answers, and the letter goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback.models import Letter
from feedback.states import LetterState
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_lead_answers_each_point_of_the_host_and_hands_the_letter_on(
    world: World,
    comes_in: Enter,
    post_of: Callable[..., str],
    budget: Callable[..., None],
) -> None:
    letter = world.letter_with_host()
    director = world.director_of(letter.challenge.host_authority)
    lead = world.lead_of(letter.challenge)
    host = comes_in(director, width=320)
    host.opens(post_of(director))
    the_host_notes_what_is_wrong(host)
    budget("host, one thing noted as wrong and sent", host.clicks, most=3)
    leader = comes_in(lead)
    leader.opens(post_of(lead))
    the_lead_answers(leader)
    leader.presses("Send the letter on")
    leader.sees_heading("Who should read it next?")
    leader.presses("Ask for approval")
    budget("lead reviewer, from the mail to all answered and handed on", leader.clicks, most=6)
    host.opens(f"/letters/{letter.pk}")
    host.sees("Kept as it is.", "The board’s own minutes say so.")
    approver = comes_in(world.approver)
    approver.opens(f"/letters/{letter.pk}")
    approver.sees("A home was opened in May.", "The board’s own minutes say so.")
    assert Letter.objects.get(pk=letter.pk).state == LetterState.CHECKED


def the_host_notes_what_is_wrong(host: Person) -> None:
    host.presses("Something is missing")
    host.types("A home was opened in May.", into="What is missing, or wrong with all of it?")
    host.presses("Keep and read on")
    host.waits_for("Noted as wrong: A home was opened in May.")
    host.presses("Send 1 correction to the team")
    host.sees("A home was opened in May.")


def the_lead_answers(leader: Person) -> None:
    leader.presses("Answer what the host said")
    leader.sees_heading("What the host said")
    leader.sees("A home was opened in May.", "1 of 1 is left.")
    # Kept without a reason is not an answer.
    leader.chooses("Kept as it is")
    leader.presses("Save the answers")
    leader.sees("Enter why it is kept as it is")
    leader.types("The board’s own minutes say so.", into="Your answer")
    leader.presses("Save the answers")
    leader.sees("Every point is answered: send the letter on when it is ready.")
