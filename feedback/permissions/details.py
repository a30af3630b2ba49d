"""Who says that what looks like a child's details in a letter is none."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from feedback.models import Letter, LetterContent
from feedback.queries import (
    host_text_details_to_settle,
    letter_details_to_settle,
    noted_details_to_settle,
)
from feedback.queries.host_texts import Draft
from feedback.states import BEING_WRITTEN, LetterState
from peerchallenge.shared.answers import Answer, yes_if
from rounds.permissions import leads

ASKS = (
    "Something in it looks like a child’s details. It goes on once that is taken out, or somebody "
    "has confirmed by name that it identifies no child."
)


def settle_letter_details(by: User, letter: Letter) -> Answer:
    """The lead while it is written; whoever approves it, while that is theirs to do."""
    lead = letter.state in BEING_WRITTEN and leads(by, letter.challenge)
    approver = letter.state in (LetterState.CHECKED, LetterState.APPROVED) and by.holds(
        Role.APPROVER, region=letter.challenge.round.region_id
    )
    return yes_if(
        lead or approver,
        "Whoever leads the team says so before it goes on, and then whoever approves it.",
    )


def details_settled(letter: Letter, says: LetterContent | None = None) -> Answer:
    return yes_if(not letter_details_to_settle(letter, says), ASKS)


def noted_details_settled(letter: Letter) -> Answer:
    return yes_if(
        not noted_details_to_settle(letter),
        "Something you noted looks like a child’s details. Take it out, or confirm beside the "
        "button that it identifies no child.",
    )


def host_text_details_settled(letter: Letter, draft: Draft) -> Answer:
    return yes_if(not host_text_details_to_settle(letter, draft), ASKS)
