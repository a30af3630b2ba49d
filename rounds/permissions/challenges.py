"""Who may do what in a challenge, when, and what we tell them if not."""

from __future__ import annotations

from collections.abc import Collection

from authorities.models import Authority, User
from authorities.states import (
    READS_FOR_AUTHORITY,
    Role,
)
from peerchallenge.audit.actions import Clock
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge
from rounds.permissions.rounds import run_round
from rounds.states import (
    CHALLENGE,
    DATES_OPEN,
    ChallengeState,
)

TEAM_OPEN = (*DATES_OPEN, ChallengeState.ON_SITE, ChallengeState.FED_BACK, ChallengeState.LETTER)


def answer_offer(by: User, challenge: Challenge) -> Answer:
    """Either side's director answers, once for each side they speak for."""
    host, challenger = speaks_for_host(by, challenge), speaks_for_challenger(by, challenge)
    waiting = (host and not challenge.host_accepted_at) or (
        challenger and not challenge.challenger_accepted_at
    )
    return (
        yes_if(
            host or challenger,
            "Only the director of the host or of the challenger answers this offer.",
        )
        & yes_if(
            challenge.state == ChallengeState.OFFERED,
            f"This challenge is “{challenge.get_state_display().lower()}”: "
            "there is no offer to answer.",
        )
        & yes_if(waiting, "You have accepted; the other side has still to answer.")
    )


def speaks_for_host(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.DIRECTOR, authority=challenge.host.authority_id)


def speaks_for_challenger(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.DIRECTOR, authority=challenge.challenger.authority_id)


def spoken_for(by: User, challenge: Challenge) -> list[Authority]:
    """The sides of this challenge whose director this is."""
    sides = (challenge.host_authority, challenge.challenger_authority)
    return [side for side in sides if by.holds(Role.DIRECTOR, authority=side)]


def read_objection(by: User, challenge: Challenge, declined_by: Collection[int]) -> Answer:
    """`declined_by`: the authorities whose director said no."""
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    own = any(by.holds(*READS_FOR_AUTHORITY, authority=authority) for authority in declined_by)
    return yes_if(officer or own, "Only the side that declined, and the officers, read why.")


def cancel_challenge(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in {ChallengeState.OFFERED, *DATES_OPEN},
        "A match is taken back once it has been offered, and until the visit begins.",
    )


def set_visit_days(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in DATES_OPEN,
        "Days are set once both sides have accepted, and until the visit begins.",
    )


def name_lead(by: User, challenge: Challenge) -> Answer:
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    return yes_if(
        officer or speaks_for_challenger(by, challenge),
        "The challenger’s director, or a board officer, names the lead reviewer.",
    ) & _team_open(challenge)


def change_team(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        leads(by, challenge) or speaks_for_challenger(by, challenge),
        "Only the lead reviewer and the challenger’s director change the team.",
    ) & _team_open(challenge)


def follow_calendar(by: User | Clock, challenge: Challenge, then: ChallengeState) -> Answer:
    """The day has come: the clock says so, or the lead reviewer who is there."""
    return yes_if(
        isinstance(by, Clock) or leads(by, challenge), "Only the lead reviewer says that."
    ) & CHALLENGE.may(challenge.state, then)


def leads(by: User, challenge: Challenge) -> bool:
    return by.seats.current().leads().filter(challenge=challenge).exists()


def sits_on_team(by: User, challenge: Challenge) -> bool:
    return by.seats.current().filter(challenge=challenge).exists()


def _team_open(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state in TEAM_OPEN,
        "The team is named once both sides have accepted, and until the letter is issued.",
    )
