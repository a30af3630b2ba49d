"""Who may write, check, approve and issue, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, READS_FOR_AUTHORITY, Role
from feedback.models import Letter, LetterContent
from feedback.permissions.details import details_settled
from feedback.permissions.findings import read_findings, team_agrees
from feedback.queries import render_effects
from feedback.states import (
    BEING_WRITTEN,
    LETTER,
    READ_BY_APPROVER,
    READ_BY_HOST,
    LetterState,
)
from peerchallenge.audit.actions import Clock
from peerchallenge.outbox.models import EffectState
from peerchallenge.shared.answers import YES, Answer, no, yes_if
from rounds.models import Challenge, Round
from rounds.permissions import leads, sits_on_team
from rounds.states import ChallengeState

DRAFTABLE = (ChallengeState.ON_SITE, ChallengeState.FED_BACK)


def draft_letter(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(leads(by, challenge), "Only the lead reviewer drafts the letter.")
        & yes_if(
            challenge.state in DRAFTABLE,
            "The letter is drafted once the visit has begun.",
        )
        & yes_if(not challenge.letters.exists(), "The letter has been drafted already.")
        & team_agrees(challenge)
    )


def read_draft(by: User, letter: Letter) -> Answer:
    """The letter as it stands; the host reads what it was sent, until the letter is issued."""
    approver = letter.state in READ_BY_APPROVER and by.holds(
        Role.APPROVER, region=letter.challenge.round.region_id
    )
    return yes_if(
        approver or sits_on_team(by, letter.challenge),
        "Only the team and the approver read the letter while it is being written.",
    )


def read_beside(by: User, letter: Letter) -> Answer:
    """The draft beside what the team noted: the team's alone, the approver's not."""
    return read_draft(by, letter) & read_findings(by, letter.challenge)


def read_replies(by: User, letter: Letter) -> Answer:
    """What the host said of the draft."""
    region, host = letter.challenge.round.region_id, letter.challenge.host.authority_id
    return yes_if(
        by.holds(Role.APPROVER, region=region)
        or by.holds(*READS_FOR_AUTHORITY, authority=host)
        or sits_on_team(by, letter.challenge),
        "Only the host, the team and the approver read what the host replied.",
    )


def edit_letter(by: User, letter: Letter) -> Answer:
    return yes_if(sits_on_team(by, letter.challenge), "Only the team writes the letter.") & yes_if(
        letter.state in BEING_WRITTEN,
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
    ) & yes_if(
        letter.state == LetterState.WITH_HOST,
        f"The letter is “{letter.get_state_display().lower()}”: "
        "there is nothing to reply to at the moment.",
    )


def hand_letter_over(by: User, letter: Letter) -> Answer:
    """The changes somebody asked for are made: on to the approver, without asking again.

    A correction may go there at once: the approver sees all that differs from the letter it
    replaces, and that the host has not checked it.
    """
    straight_on = letter.supersedes_id is not None and letter.state == LetterState.DRAFTING
    return yes_if(
        leads(by, letter.challenge), "Only the lead reviewer asks for the letter’s approval."
    ) & yes_if(
        straight_on or letter.state == LetterState.WITH_TEAM,
        f"The letter is “{letter.get_state_display().lower()}”: "
        "nobody has asked the team for changes.",
    )


def approve_letter(by: User, letter: Letter) -> Answer:
    return (
        yes_if(
            by.holds(Role.APPROVER, region=letter.challenge.round.region_id),
            "Only the person the region named approves its letters.",
        )
        & _not_its_author(by, letter)
        & LETTER.may(letter.state, LetterState.APPROVED)
    )


def send_letter_back(by: User, letter: Letter) -> Answer:
    """To the team, for changes; a letter being issued only when its PDF could not be made."""
    return (
        yes_if(
            by.holds(Role.APPROVER, region=letter.challenge.round.region_id),
            "Only the person the region named sends a letter back.",
        )
        & yes_if(
            letter.state in READ_BY_APPROVER,
            f"The letter is “{letter.get_state_display().lower()}”: it cannot be sent back.",
        )
        & yes_if(
            letter.state != LetterState.ISSUING or _rendering_failed(letter),
            "The letter is being made into a PDF at this moment.",
        )
    )


def follow_letters(by: User, round: Round) -> Answer:
    """How far each letter of the round has got; not what it says."""
    return yes_if(
        by.holds(Role.BOARD_OFFICER, Role.APPROVER, region=round.region_id),
        "Only the board’s officers and the approver follow the letters of a round.",
    )


def issue_letters(by: User, round: Round) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, Role.APPROVER, region=round.region_id),
        "Only the board’s officers and the approver issue letters.",
    )


def issue_letter(by: User, letter: Letter, says: LetterContent | None = None) -> Answer:
    may = (
        issue_letters(by, letter.challenge.round)
        & _not_its_author(by, letter)
        & yes_if(
            letter.state == LetterState.APPROVED,
            f"The letter is “{letter.get_state_display().lower()}”: only an approved letter "
            "can be issued.",
        )
    )
    return may & details_settled(letter, says) if may else may


def retry_rendering(by: User, letter: Letter) -> Answer:
    return issue_letters(by, letter.challenge.round) & yes_if(
        letter.state == LetterState.ISSUING and _rendering_failed(letter),
        "Its PDF has not failed to be made, so there is nothing to try again.",
    )


def download_letter(letter: Letter) -> Answer:
    """Whoever may see the letter may have its PDF, from the moment there is one."""
    return YES if letter.is_sealed else no("The PDF is made when the letter is issued.")


def as_host_only(by: User, letter: Letter) -> bool:
    """Somebody of the host's who is not also of the team or the approver."""
    return letter.state in READ_BY_HOST and not read_draft(by, letter)


def _not_its_author(by: User, letter: Letter) -> Answer:
    """Two people release a letter; whoever was ever on the team is not the second."""
    wrote = (
        letter.drafted_by_id == by.pk
        or letter.challenge.team.filter(user=by).exists()
        or letter.parts.filter(saved_by=by).exists()
    )
    return yes_if(
        not wrote, "You wrote this letter or sat on its team: somebody else must release it."
    )


def _rendering_failed(letter: Letter) -> bool:
    effect = render_effects([letter.pk]).get(letter.pk)
    return effect is not None and effect.state == EffectState.FAILED
