"""No child's details leave the team unasked: before each hand-over somebody says by name."""

from __future__ import annotations

import pytest

from feedback import actions, queries
from feedback.models import Letter
from peerchallenge.shared.answers import Refused
from tests.feedback.conftest import Happened
from tests.world import World

NUMBER = "943 476 5919"


def test_a_letter_with_a_childs_number_goes_nowhere_until_it_is_confirmed_or_gone(
    world: World,
) -> None:
    letter = world.letter_drafted()
    lead, host = letter.drafted_by, world.director_of(letter.challenge.host_authority)
    actions.edit_letter(letter, {"headlines": f"One was {NUMBER}."}, by=lead)
    with pytest.raises(Refused, match="looks like a child’s details"):
        actions.send_letter_to_host(letter, by=lead)
    [detail] = queries.letter_details(letter)
    assert (detail.text, detail.section) == (NUMBER, "Headline messages")
    with pytest.raises(Refused, match="Whoever leads the team"):
        actions.confirm_letter_details(letter, [detail.fingerprint], by=world.approver)
    happened = Happened()
    assert actions.confirm_letter_details(letter, [detail.fingerprint], by=lead) == 1
    assert actions.confirm_letter_details(letter, [detail.fingerprint], by=lead) == 0
    assert happened.verbs == ["letter.details_confirmed"]
    actions.send_letter_to_host(letter, by=lead)
    actions.reply_on_accuracy(letter, agrees=False, comment="Wrong.", by=host)
    actions.edit_letter(letter, {"opening": f"Thank you. {NUMBER}"}, by=lead)
    with pytest.raises(Refused, match="looks like a child’s details"):
        actions.hand_letter_over(letter, by=lead)
    actions.edit_letter(letter, {"opening": "Thank you."}, by=lead)
    actions.hand_letter_over(letter, by=lead)
    actions.approve_letter(letter, by=world.approver)


def test_whoever_approves_a_letter_settles_what_came_into_it_after_the_lead_sent_it(
    world: World,
) -> None:
    letter = world.letter_checked()
    letter.parts.filter(key="headlines").update(text=f"One was {NUMBER}.")
    letter = Letter.objects.get(pk=letter.pk)
    with pytest.raises(Refused, match="looks like a child’s details"):
        actions.approve_letter(letter, by=world.approver)
    [detail] = queries.letter_details_to_settle(letter)
    actions.confirm_letter_details(letter, [detail.fingerprint], by=world.approver)
    actions.approve_letter(letter, by=world.approver)
    letter.parts.filter(key="headlines").update(text="Another was 401 023 2137.")
    with pytest.raises(Refused, match="looks like a child’s details"):
        actions.issue_letter(letter, by=world.officer)
