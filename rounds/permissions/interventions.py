"""Who may let an authority in intervention challenge all the same."""

from __future__ import annotations

from authorities.models import User
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Participation
from rounds.permissions.rounds import run_round
from rounds.states import WRITES, ParticipationState


def allow_despite_intervention(by: User, participation: Participation) -> Answer:
    round = participation.round
    return (
        run_round(by, round.region)
        & yes_if(
            round.state in WRITES,
            "Matching starts once the authorities are invited and ends when the round does.",
        )
        & yes_if(
            participation.state != ParticipationState.WITHDRAWN,
            f"{participation.authority} has withdrawn from this round.",
        )
    )


def withdraw_word(by: User, participation: Participation) -> Answer:
    return allow_despite_intervention(by, participation)
