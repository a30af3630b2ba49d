"""Who may write, check, approve and issue, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from feedback.models import Finding, Letter
from feedback.states import BEING_WRITTEN, LETTER, LetterState
from peerchallenge.audit.actions import Clock
from peerchallenge.shared.answers import YES, Answer, yes_if
from rounds.models import Challenge
from rounds.permissions import leads, sits_on_team
from rounds.states import ChallengeState

VISITING = (ChallengeState.READY, ChallengeState.ON_SITE, ChallengeState.FED_BACK)


def record_finding(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(sits_on_team(by, challenge), "Only the team records findings.")
        & yes_if(
            challenge.state in VISITING,
            "Findings are recorded from the day the dates are agreed.",
        )
        & _not_settled(challenge)
    )


def change_finding(by: User, finding: Finding) -> Answer:
    return record_finding(by, finding.challenge)


def draft_letter(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(leads(by, challenge), "Only the lead reviewer drafts the letter.")
        & yes_if(
            challenge.state in {ChallengeState.ON_SITE, ChallengeState.FED_BACK},
            "The letter is drafted once the visit has begun.",
        )
        & yes_if(not challenge.letters.exists(), "The letter has been drafted already.")
    )


def edit_letter(by: User, letter: Letter) -> Answer:
    return yes_if(sits_on_team(by, letter.challenge), "Only the team writes the letter.") & yes_if(
        letter.state in (*BEING_WRITTEN, LetterState.CHECKED),
        f"The letter is “{letter.get_state_display().lower()}”, so its text stands.",
    )


def send_letter_to_host(by: User, letter: Letter) -> Answer:
    return yes_if(
        leads(by, letter.challenge), "Only the lead reviewer sends the letter to the host."
    ) & LETTER.may(letter.state, LetterState.WITH_HOST)


def reply_on_accuracy(by: User | Clock, letter: Letter) -> Answer:
    """The host's own people; the clock, when the days have run out."""
    host = letter.challenge.host.authority_id
    return yes_if(
        isinstance(by, Clock) or by.holds(*ACTS_FOR_AUTHORITY, authority=host),
        "Only the host’s director and officers check the letter for accuracy.",
    ) & LETTER.may(letter.state, LetterState.CHECKED)


def approve_letter(by: User, letter: Letter) -> Answer:
    return (
        yes_if(
            by.holds(Role.APPROVER, region=letter.challenge.round.region_id),
            "Only the person the region named approves its letters.",
        )
        & yes_if(
            letter.drafted_by_id != by.pk and not sits_on_team(by, letter.challenge),
            "You wrote this letter: somebody else must approve it.",
        )
        & LETTER.may(letter.state, LetterState.APPROVED)
    )


def send_letter_back(by: User, letter: Letter) -> Answer:
    return yes_if(
        by.holds(Role.APPROVER, region=letter.challenge.round.region_id),
        "Only the person the region named sends a letter back.",
    ) & LETTER.may(letter.state, LetterState.DRAFTING)


def issue_letter(by: User, letter: Letter) -> Answer:
    region = letter.challenge.round.region_id
    return yes_if(
        by.holds(Role.BOARD_OFFICER, Role.APPROVER, region=region),
        "Only the board’s officers and the approver issue letters.",
    ) & LETTER.may(letter.state, LetterState.ISSUING)


def download_letter(letter: Letter) -> Answer:
    """Whoever may see the letter may have its PDF, from the moment there is one."""
    if letter.is_sealed:
        return YES
    return yes_if(False, "The PDF is made when the letter is issued.")


def _not_settled(challenge: Challenge) -> Answer:
    settled = challenge.letters.exclude(state__in=[*BEING_WRITTEN, LetterState.CHECKED])
    return yes_if(not settled.exists(), "The letter has gone out: its findings stand.")
