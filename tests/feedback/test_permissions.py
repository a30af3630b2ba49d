"""Who may do what with a letter in which state, written down by hand from the specification."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from authorities.models import User
from feedback import permissions
from feedback.models import Finding, Letter
from feedback.queries.issuing import written_by
from feedback.states import LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox.models import Effect, EffectState
from peerchallenge.queries.mine import letters_to_approve
from peerchallenge.shared.answers import Answer
from rounds.states import ChallengeState
from tests.feedback.conftest import PERSONAS, cast
from tests.world import World

L = LetterState
TEAM = {"lead", "member"}
WRITING = {L.DRAFTING, L.WITH_TEAM}
# Whether the PDF failed is tested apart: here it has not.
LETTER_RULES: list[tuple[Callable[[User, Letter], Answer], set[str], set[LetterState]]] = [
    (permissions.edit_letter, TEAM, WRITING),
    (permissions.send_letter_to_host, {"lead"}, WRITING),
    (permissions.hand_letter_over, {"lead"}, {L.WITH_TEAM}),
    (permissions.answer_points, {"lead"}, WRITING),
    (permissions.begin_correction, {"lead"}, {L.ISSUED, L.SHARED, L.PUBLISHED}),
    (permissions.reply_on_accuracy, {"director", "authority_officer"}, {L.WITH_HOST}),
    (permissions.note_point, {"director", "authority_officer"}, {L.WITH_HOST}),
    (permissions.approve_letter, {"approver"}, {L.CHECKED}),
    (permissions.send_letter_back, {"approver"}, {L.CHECKED, L.APPROVED}),
    (permissions.issue_letter, {"officer", "approver"}, {L.APPROVED}),
    (permissions.retry_rendering, set(), set()),
]
EVERYWHERE = set(LetterState)
# Its dates are sent, or some of its days were held.
FINDING_STATES = {
    ChallengeState.ACCEPTED,
    ChallengeState.SCOPED,
    ChallengeState.READY,
    ChallengeState.POSTPONED,
    ChallengeState.ON_SITE,
    ChallengeState.FED_BACK,
    ChallengeState.LETTER,
}
OPEN_STATES = set(ChallengeState) - {
    ChallengeState.PROPOSED,
    ChallengeState.OFFERED,
    ChallengeState.CLOSED,
    ChallengeState.DECLINED,
    ChallengeState.CANCELLED,
}


@pytest.mark.parametrize(
    ("rule", "people", "states"), LETTER_RULES, ids=[rule[0].__name__ for rule in LETTER_RULES]
)
def test_each_act_on_a_letter_is_for_these_people_in_these_states(
    rule: Callable[[User, Letter], Answer],
    people: set[str],
    states: set[LetterState],
    world: World,
) -> None:
    letter = world.letter_drafted()
    everybody = cast(world, letter.challenge)
    allowed = set()
    for state in LetterState:
        letter.state = state
        allowed |= {(name, state) for name in PERSONAS if rule(everybody[name], letter)}
    assert allowed == {(name, state) for name in people for state in states}


def test_a_draft_is_read_as_it_stands_by_the_team_and_by_the_approver_once_it_is_theirs(
    world: World,
) -> None:
    letter = world.letter_drafted()
    everybody = cast(world, letter.challenge)
    allowed = set()
    for state in LetterState:
        letter.state = state
        allowed |= {
            (name, state) for name in PERSONAS if permissions.read_draft(everybody[name], letter)
        }
    theirs = {L.CHECKED, L.APPROVED, L.ISSUING}
    assert allowed == {(name, state) for name in TEAM for state in EVERYWHERE} | {
        ("approver", state) for state in theirs
    }


def test_what_the_host_replied_is_read_by_its_own_people_the_team_and_the_approver(
    world: World,
) -> None:
    letter = world.letter_drafted()
    everybody = cast(world, letter.challenge)
    readers = {name for name in PERSONAS if permissions.read_replies(everybody[name], letter)}
    assert readers == {*TEAM, "director", "authority_officer", "lead_member", "approver"}


FINDING_RULES = [
    (permissions.read_findings, TEAM, OPEN_STATES),
    (permissions.record_finding, TEAM, FINDING_STATES),
    (permissions.merge_findings, TEAM, FINDING_STATES),
    (permissions.move_finding, TEAM, FINDING_STATES),
    (permissions.begin_independent_phase, {"lead"}, FINDING_STATES),
]


@pytest.mark.parametrize(
    ("rule", "people", "states"), FINDING_RULES, ids=[rule[0].__name__ for rule in FINDING_RULES]
)
def test_findings_are_the_teams_alone(
    rule: Callable[..., Answer], people: set[str], states: set[ChallengeState], world: World
) -> None:
    challenge = world.visited()
    everybody = cast(world, challenge)
    allowed = set()
    for state in ChallengeState:
        challenge.state = state
        allowed |= {(name, state) for name in PERSONAS if rule(everybody[name], challenge)}
    assert allowed == {(name, state) for name in people for state in states}


def test_findings_stand_while_somebody_else_has_the_letter(world: World) -> None:
    letter = world.letter_drafted()
    lead = world.lead_of(letter.challenge)
    finding = Finding.objects.filter(challenge=letter.challenge).first()
    open_in = set()
    for state in (L.DRAFTING, L.WITH_TEAM, L.WITH_HOST, L.CHECKED, L.APPROVED):
        Letter.objects.filter(pk=letter.pk).update(state=state)
        if permissions.change_finding(lead, finding):
            open_in.add(state)
    assert open_in == WRITING


def test_the_lead_alone_drafts_once_the_visit_has_begun(world: World) -> None:
    challenge = world.visited()
    everybody = cast(world, challenge)
    allowed = set()
    for state in ChallengeState:
        challenge.state = state
        allowed |= {
            (name, state)
            for name in PERSONAS
            if permissions.draft_letter(everybody[name], challenge)
        }
    assert allowed == {("lead", ChallengeState.ON_SITE), ("lead", ChallengeState.FED_BACK)}


def test_a_letter_is_drafted_once(world: World) -> None:
    challenge = world.letter_drafted().challenge
    challenge.state = ChallengeState.FED_BACK
    answer = permissions.draft_letter(world.lead_of(challenge), challenge)
    assert answer.reason == "The letter has been drafted already."


def test_the_letters_of_a_round_are_followed_and_issued_by_officers_and_the_approver(
    world: World,
) -> None:
    challenge = world.visited()
    everybody = cast(world, challenge)
    for rule in (permissions.follow_letters, permissions.issue_letters):
        allowed = {name for name in PERSONAS if rule(everybody[name], challenge.round)}
        assert allowed == {"officer", "approver"}


def test_the_clock_replies_only_while_the_host_has_the_letter(world: World) -> None:
    letter = world.letter_drafted()
    allowed = set()
    for state in LetterState:
        letter.state = state
        if permissions.reply_on_accuracy(CLOCK, letter):
            allowed.add(state)
    assert allowed == {L.WITH_HOST}


class TestTwoPeopleReleaseALetter:
    REASON = "You wrote this letter or sat on its team: somebody else must release it."

    def test_who_drafted_it_neither_approves_nor_issues_it(self, world: World) -> None:
        letter = world.letter_drafted()
        letter.drafted_by = world.approver
        letter.state = L.CHECKED
        assert permissions.approve_letter(world.approver, letter).reason == self.REASON
        letter.state = L.APPROVED
        assert permissions.issue_letter(world.approver, letter).reason == self.REASON

    def test_who_sits_or_sat_on_its_team_does_not_approve_it(self, world: World) -> None:
        letter = world.letter_drafted()
        letter.state = L.CHECKED
        member = letter.challenge.team.get(seat="member")
        member.user = world.approver
        member.save()
        assert permissions.approve_letter(world.approver, letter).reason == self.REASON
        member.from_date = member.to_date = timezone.localdate() - timezone.timedelta(days=9)
        member.save()
        assert permissions.approve_letter(world.approver, letter).reason == self.REASON
        letter.save()
        assert letter not in letters_to_approve(world.approver)
        assert written_by(world.approver, [letter]) == {letter.pk}

    def test_who_wrote_a_part_and_left_the_team_does_not_approve_it(self, world: World) -> None:
        letter = world.letter_drafted()
        letter.state = L.CHECKED
        letter.parts.filter(key="headlines").update(saved_by=world.approver)
        assert permissions.approve_letter(world.approver, letter).reason == self.REASON


class TestALetterWhosePdfCannotBeMade:
    def test_goes_back_or_is_tried_again_only_after_it_has_failed(self, world: World) -> None:
        letter = world.letter_issuing()
        effect = Effect.objects.get(task="feedback.render_letter", argument=letter.pk)
        for state, ended in (
            (EffectState.WAITING, None),
            (EffectState.RUNNING, None),
            (EffectState.DONE, letter.since),
        ):
            Effect.objects.filter(pk=effect.pk).update(
                state=state, started_at=letter.since, ended_at=ended
            )
            assert not permissions.retry_rendering(world.officer, letter)
            assert not permissions.send_letter_back(world.approver, letter)
        Effect.objects.filter(pk=effect.pk).update(state="failed", ended_at=letter.since)
        assert permissions.retry_rendering(world.officer, letter)
        assert permissions.send_letter_back(world.approver, letter)
        assert not permissions.send_letter_back(world.officer, letter)

    def test_an_older_failure_does_not_count(self, world: World) -> None:
        letter = world.letter_issuing()
        Effect.objects.filter(task="feedback.render_letter").update(
            state="failed", ended_at=letter.since
        )
        Effect.objects.create(
            task="feedback.render_letter", argument=letter.pk, sweep_after=letter.since
        )
        assert not permissions.retry_rendering(world.officer, letter)


def test_the_pdf_is_there_once_the_letter_is_sealed(world: World) -> None:
    letter = world.letter_drafted()
    there = set()
    for state in LetterState:
        letter.state = state
        if permissions.download_letter(letter):
            there.add(state)
    assert there == {L.ISSUED, L.SHARED, L.PUBLISHED, L.SUPERSEDED}
