"""Who may run a round, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import Region, User
from authorities.states import (
    READS_FOR_BOARD,
    Role,
)
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Round
from rounds.states import (
    ROUND,
    RoundState,
)


def run_round(by: User, region: Region) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=region), "Only an officer of the board runs its rounds."
    )


def see_round(by: User, round: Round) -> Answer:
    """The whole of it by stage; what was written is asked for elsewhere."""
    return yes_if(
        by.holds(*READS_FOR_BOARD, region=round.region_id),
        "Only the board sees how every authority of a round is getting on.",
    )


def start_round(by: User, region: Region) -> Answer:
    return run_round(by, region)


def change_round(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.DRAFT,
        "The authorities have been invited: what they were told cannot change now.",
    )


def cancel_round(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.DRAFT,
        "Only a draft is cancelled here: the authorities of this round have been invited.",
    )


def invite_authorities(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & ROUND.may(round.state, RoundState.OPEN)


def match(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state in {RoundState.OPEN, RoundState.MATCHING, RoundState.UNDER_WAY},
        "Matching starts once the authorities are invited and ends when the round does.",
    )


def send_dates(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.UNDER_WAY, "Confirm the matches first: then dates can be sent."
    )
