"""Who says what is wrong in a letter, and who answers."""

from __future__ import annotations

from authorities.models import User
from authorities.states import READS_FOR_AUTHORITY
from feedback.models import Letter
from feedback.permissions.letters import reply_on_accuracy
from feedback.states import BEING_WRITTEN
from peerchallenge.shared.answers import Answer, yes_if
from rounds.permissions import leads


def read_check(by: User, letter: Letter) -> Answer:
    """What the host was sent, and what its people note before they reply: theirs alone."""
    return yes_if(
        by.holds(*READS_FOR_AUTHORITY, authority=letter.challenge.host.authority_id),
        "Only the host’s own people read the letter as it was sent to them.",
    )


def note_point(by: User, letter: Letter) -> Answer:
    """Whoever may reply notes what is wrong while they read."""
    return reply_on_accuracy(by, letter)


def answer_points(by: User, letter: Letter) -> Answer:
    return yes_if(
        leads(by, letter.challenge), "Only the lead reviewer answers what the host said."
    ) & yes_if(
        letter.state in BEING_WRITTEN,
        f"The letter is “{letter.get_state_display().lower()}”, so the answers stand.",
    )
