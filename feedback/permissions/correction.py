"""Who corrects an issued letter: always with a new one that takes its place."""

from __future__ import annotations

from authorities.models import User
from feedback.models import Letter
from feedback.states import SEALED, LetterState
from peerchallenge.shared.answers import Answer, yes_if
from rounds.permissions import leads


def begin_correction(by: User, letter: Letter) -> Answer:
    return (
        yes_if(leads(by, letter.challenge), "Only the lead reviewer corrects an issued letter.")
        & yes_if(
            letter.state in SEALED,
            f"The letter is “{letter.get_state_display().lower()}”: "
            "only an issued letter is corrected.",
        )
        & yes_if(
            not letter.is_replaced,
            "A later letter has taken its place: correct that one.",
        )
        & yes_if(
            not Letter.objects.filter(supersedes=letter).exists(),
            "A correction of this letter is being written already.",
        )
    )


def drop_correction(by: User, letter: Letter) -> Answer:
    return yes_if(
        leads(by, letter.challenge), "Only the lead reviewer gives up a correction."
    ) & yes_if(
        letter.supersedes_id is not None and letter.state == LetterState.DRAFTING,
        "Only a correction that nobody but the team has seen can be given up.",
    )
