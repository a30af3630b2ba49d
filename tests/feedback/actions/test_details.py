"""No child's details leave the team unasked: before each hand-over somebody says by name."""

from __future__ import annotations

from functools import partial

import pytest

from feedback import actions, queries
from feedback.models import Letter
from feedback.queries.host_texts import host_text
from feedback.states import FileKind
from peerchallenge.audit.actions import CLOCK
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


def test_headings_themes_and_answers_hide_nothing(world: World) -> None:
    letter = world.letter_drafted()
    lead, host = letter.drafted_by, world.director_of(letter.challenge.host_authority)
    actions.send_letter_to_host(letter, by=lead)
    actions.note_point(letter, "whole", "Wrong.", by=host)
    actions.reply_on_accuracy(letter, agrees=False, by=host)
    said = {letter.points.get().pk: actions.PointAnswer("kept", f"It is {NUMBER}.")}
    actions.answer_points(letter, said, by=lead)
    actions.edit_letter(letter, {}, headings={"headlines": f"What {NUMBER} needs"}, by=lead)
    letter.challenge.findings.filter(kind="strength").update(theme=f"Help for {NUMBER}")
    letter = Letter.objects.get(pk=letter.pk)
    places = {detail.section for detail in queries.letter_details_to_settle(letter)}
    assert places == {f"What {NUMBER} needs", f"Help for {NUMBER}", "Your answers to the host"}
    with pytest.raises(Refused, match="looks like a child’s details"):
        actions.hand_letter_over(letter, by=lead)


def test_what_a_host_writes_goes_on_once_it_is_confirmed_and_counts_for_that_alone(
    world: World,
) -> None:
    letter = actions.seal_letter(world.letter_issuing(), b"%PDF-", by=CLOCK)
    host = world.director_of(letter.challenge.host_authority)
    sends = {
        FileKind.SUMMARY: partial(actions.make_summary, letter, by=host),
        FileKind.THANKS: partial(actions.send_thanks, letter, seen=1, by=host),
    }
    for kind, send in sends.items():
        part = host_text(letter, kind).parts[0]["key"]
        draft = actions.save_host_text(letter, kind, {part: f"As to {NUMBER}."}, seen=0, by=host)
        with pytest.raises(Refused, match="looks like a child’s details"):
            send()
        [detail] = queries.host_text_details_to_settle(letter, draft)
        confirm = partial(actions.confirm_host_text_details, letter, kind, [detail.fingerprint])
        with pytest.raises(Refused, match="Only"):
            confirm(by=world.lead_of(letter.challenge))
        confirm(by=host)
        assert send()
