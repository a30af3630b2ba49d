"""Who holds reminders back and words them, and when one is sent."""

from __future__ import annotations

from datetime import date

from authorities.models import Region, User
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Participation, Round
from rounds.permissions.rounds import run_round
from rounds.queries.reminders import is_due
from rounds.states import WRITES


def hold_reminders(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state in WRITES,
        "Reminders go out from the invitation until the round is over, so there are none to hold.",
    )


def word_reminders(by: User, region: Region) -> Answer:
    return run_round(by, region)


def remind(participation: Participation, key: str, today: date) -> Answer:
    return yes_if(
        is_due(participation, key, today),
        "This reminder is not due: it has gone out, is held, or nothing is left to remind of.",
    )
