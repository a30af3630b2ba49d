"""Who may take a round's answers away, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Round
from rounds.permissions.rounds import run_round


def download_answers(by: User, round: Round) -> Answer:
    """Where the round's own rule lets officers read whatever was sent."""
    readers = round.format_data["readers"]["self_assessment_submitted"]
    return run_round(by, round.region) & yes_if(
        readers["board_officer"] == "all",
        "In this round the board’s officers do not read what the authorities sent.",
    )
