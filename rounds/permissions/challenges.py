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
from rounds.models.challenge import Side
from rounds.permissions.rounds import run_round
from rounds.states import (
    CHALLENGE,
    DATES_OPEN,
    VISIT_KNOWN,
    ChallengeState,
)

CANCELLABLE = (
    ChallengeState.OFFERED,
    *DATES_OPEN,
    ChallengeState.ON_SITE,
    ChallengeState.POSTPONED,
)
TEAM_OPEN = (*DATES_OPEN, ChallengeState.ON_SITE, ChallengeState.FED_BACK, ChallengeState.LETTER)


def answer_offer(by: User, challenge: Challenge) -> Answer:
    """Each side's director answers, once for each side they speak for."""
    own = sides_of(by, challenge)
    others = "sides have" if len(challenge.unanswered) > 1 else "side has"
    return (
        yes_if(bool(own), "Only the director of the host or of a challenger answers this offer.")
        & yes_if(
            challenge.state == ChallengeState.OFFERED,
            f"This challenge is “{challenge.get_state_display().lower()}”: "
            "there is no offer to answer.",
        )
        & yes_if(
            any(not side.accepted_at for side in own),
            f"You have accepted; the other {others} still to answer.",
        )
    )


def speaks_for_host(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.DIRECTOR, authority=challenge.host.authority_id)


def speaks_for_challenger(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.DIRECTOR, authority=challenge.challenger.authority_id)


def speaks_for_challengers(by: User, challenge: Challenge) -> bool:
    """For the first challenger or one of its fellows."""
    return any(side.noun != "host" for side in sides_of(by, challenge))


def spoken_for(by: User, challenge: Challenge) -> list[Authority]:
    """The sides of this challenge whose director this is."""
    return [side.authority for side in sides_of(by, challenge)]


def sides_of(by: User, challenge: Challenge) -> list[Side]:
    return [side for side in challenge.sides if by.holds(Role.DIRECTOR, authority=side.authority)]


def read_objection(by: User, challenge: Challenge, declined_by: Collection[int]) -> Answer:
    """`declined_by`: the authorities whose director said no."""
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    own = any(by.holds(*READS_FOR_AUTHORITY, authority=authority) for authority in declined_by)
    return yes_if(officer or own, "Only the side that declined, and the officers, read why.")


def cancel_challenge(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in CANCELLABLE,
        "A match is taken back once it has been offered, and until the visit is over.",
    )


def set_visit_days(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in DATES_OPEN,
        "Days are set once all sides have accepted, and until the visit begins.",
    )


def name_lead(by: User, challenge: Challenge) -> Answer:
    """Where several challenge one host, the first of them names who leads."""
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    return yes_if(
        officer or speaks_for_challenger(by, challenge),
        f"The director of {challenge.challenger_authority}, or a board officer, names who leads.",
    ) & _team_open(challenge)


def change_team(by: User, challenge: Challenge) -> Answer:
    """Every challenger sends its own people."""
    return yes_if(
        leads(by, challenge) or speaks_for_challengers(by, challenge),
        f"Only the {challenge.round.format.lead_said} and a challenger’s director change the team.",
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


def days_known(challenge: Challenge) -> bool:
    """From the day the dates are sent until it is closed."""
    return challenge.booked or challenge.state in VISIT_KNOWN


def _team_open(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state in TEAM_OPEN,
        "The team is named once all sides have accepted, and until the letter is issued.",
    )
