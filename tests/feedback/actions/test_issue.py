from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import actions, tasks
from feedback.models import Letter
from feedback.queries import render_effects
from feedback.states import LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds.states import ChallengeState
from tests.feedback.conftest import Happened, again
from tests.world import World


def fail(letter: Letter, error: str = "RenderingFailed: No font.") -> None:
    """As if its PDF could not be made, three times."""
    Effect.objects.filter(pk=render_effects([letter.pk])[letter.pk].pk).update(
        state="failed", attempts=3, error=error, ended_at=letter.since
    )


class TestIssuing:
    def test_freezes_the_words_and_takes_the_next_number(self, world: World) -> None:
        letter = world.letter_approved()
        world.region.slug, world.region.letters_issued = "south-west", 6
        world.region.save()
        happened = Happened()
        actions.issue_letter(letter, by=world.officer)
        letter = again(letter)
        assert (letter.state, letter.number) == (LetterState.ISSUING, 7)
        assert letter.reference == f"SW-{letter.issued_on.year}-007"
        assert letter.frozen_content.approved_by_name == world.approver.name
        assert letter.frozen_content.reference == letter.reference
        assert happened.verbs == ["letter.issue_requested"]
        assert happened.promises == ["feedback.render_letter"]

    def test_composes_the_letter_once(self, world: World) -> None:
        letter = world.letter_approved()
        with CaptureQueriesContext(connection) as captured:
            actions.issue_letter(letter, by=world.officer)
        fetched = [one for one in captured if 'FROM "feedback_finding"' in one["sql"]]
        assert len(fetched) == 1

    def test_twice_is_refused_and_takes_no_number(self, world: World) -> None:
        letter = world.letter_issuing()
        happened = Happened()
        with pytest.raises(Refused, match="only an approved letter"):
            actions.issue_letter(letter, by=world.officer)
        world.region.refresh_from_db()
        assert (world.region.letters_issued, happened.promises) == (1, [])

    def test_all_issues_what_is_approved_and_nothing_the_second_time(self, world: World) -> None:
        letter = world.letter_approved()
        round = letter.challenge.round
        assert [one.pk for one in actions.issue_all_letters(round, by=world.officer)] == [letter.pk]
        happened = Happened()
        assert actions.issue_all_letters(round, by=world.officer) == []
        assert (happened.verbs, happened.promises) == ([], [])

    def test_all_leaves_out_what_was_not_on_the_page(self, world: World) -> None:
        letter = world.letter_approved()
        round = letter.challenge.round
        assert actions.issue_all_letters(round, among=[letter.pk + 1], by=world.officer) == []
        assert again(letter).state == LetterState.APPROVED

    def test_all_leaves_out_what_the_person_wrote(self, world: World) -> None:
        letter = world.letter_approved()
        letter.parts.filter(key="headlines").update(saved_by=world.officer)
        assert actions.issue_all_letters(letter.challenge.round, by=world.officer) == []

    def test_all_is_for_officers_and_the_approver(self, world: World) -> None:
        letter = world.letter_approved()
        with pytest.raises(Refused, match="Only the board’s officers and the approver"):
            actions.issue_all_letters(letter.challenge.round, by=world.chair)


class TestSealing:
    def test_keeps_the_bytes_with_their_hash_and_tells_both_sides(self, world: World) -> None:
        letter = world.letter_issuing()
        happened = Happened()
        actions.seal_letter(letter, b"%PDF-one", by=CLOCK)
        letter = again(letter)
        assert letter.state == LetterState.ISSUED
        assert letter.sha256 == hashlib.sha256(b"%PDF-one").hexdigest()
        assert letter.sealed_pdf == b"%PDF-one"
        assert letter.challenge.state == ChallengeState.ACTION_PLANNING
        assert happened.verbs == ["letter.issued", "challenge.action_planning"]
        assert happened.promises == ["feedback.tell_host_issued", "feedback.tell_team_issued"]

    def test_twice_changes_nothing(self, world: World) -> None:
        letter = world.letter_issuing()
        actions.seal_letter(letter, b"%PDF-one", by=CLOCK)
        happened = Happened()
        actions.seal_letter(letter, b"%PDF-two", by=CLOCK)
        assert again(letter).sealed_pdf == b"%PDF-one"
        assert (happened.verbs, happened.promises) == ([], [])

    def test_of_words_that_were_taken_back_meanwhile_changes_nothing(self, world: World) -> None:
        slow = world.letter_issuing()
        fail(slow)
        lead, headlines = world.lead_of(slow.challenge), {"headlines": "Other words"}
        actions.send_letter_back(slow, reason="A letter no font has.", by=world.approver)
        actions.edit_letter(slow, headlines, by=lead)
        actions.hand_letter_over(slow, by=lead)
        actions.approve_letter(slow, by=world.approver)
        actions.issue_letter(slow, by=world.officer)
        actions.seal_letter(slow, b"%PDF-of the old words", by=CLOCK)
        assert again(slow).state == LetterState.ISSUING

    def test_a_letter_that_came_back_keeps_its_number(self, world: World) -> None:
        letter = world.letter_issuing()
        fail(letter)
        actions.send_letter_back(letter, reason="A letter no font has.", by=world.approver)
        actions.hand_letter_over(letter, by=world.lead_of(letter.challenge))
        actions.approve_letter(letter, by=world.approver)
        issued = actions.issue_letter(letter, by=world.officer)
        world.region.refresh_from_db()
        assert (issued.number, world.region.letters_issued) == (1, 1)


class TestTheTask:
    def test_makes_the_pdf_once(self, world: World) -> None:
        letter = world.letter_issuing()
        tasks.render_letter(letter.pk)
        first = again(letter).sha256
        tasks.render_letter(letter.pk)
        assert again(letter).sha256 == first

    def test_finding_nothing_does_nothing(self, world: World) -> None:
        letter = world.letter_approved()
        tasks.render_letter(letter.pk)
        tasks.render_letter(letter.pk + 1)
        assert again(letter).state == LetterState.APPROVED


def test_a_failed_rendering_is_tried_again_from_the_start(world: World) -> None:
    letter = world.letter_issuing()
    fail(letter)
    happened = Happened()
    actions.retry_rendering(letter, by=world.officer)
    effect = render_effects([letter.pk])[letter.pk]
    assert (effect.state, effect.attempts) == ("waiting", 0)
    assert (happened.verbs, happened.promises) == (["effect.retried"], [])


def test_nobody_of_the_team_tries_a_failed_rendering_again(world: World) -> None:
    letter = world.letter_issuing()
    fail(letter)
    with pytest.raises(Refused, match="Only the board’s officers and the approver"):
        actions.retry_rendering(letter, by=world.lead_of(letter.challenge))
