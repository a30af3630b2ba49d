"""Who may put a visit off, find it other days, and give it another challenger."""

from __future__ import annotations

from authorities.models import User
from authorities.states import READS_FOR_AUTHORITY, Role
from peerchallenge.audit.actions import Clock
from peerchallenge.shared.answers import YES, Answer, yes_if
from rounds.models import Challenge
from rounds.permissions.challenges import leads, sides_of, sits_on_team
from rounds.permissions.rounds import run_round
from rounds.states import DATES_OPEN, ChallengeState

POSTPONABLE = (*DATES_OPEN, ChallengeState.ON_SITE)
REPLACEABLE = (*DATES_OPEN, ChallengeState.POSTPONED)


def postpone_challenge(by: User, challenge: Challenge) -> Answer:
    """Whoever learns first that it cannot be: a director of any side, the lead or an officer."""
    return yes_if(
        bool(sides_of(by, challenge)) or leads(by, challenge) or _officer(by, challenge),
        "Only the directors of the sides, the lead reviewer and the board’s officers postpone.",
    ) & yes_if(
        challenge.state in POSTPONABLE,
        "A visit is postponed once all sides have accepted, and until feedback has been given.",
    )


def see_offered_dates(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        bool(sides_of(by, challenge)) or _officer(by, challenge),
        "Only the directors of the sides and the board’s officers settle the new dates.",
    )


def answer_dates(by: User, challenge: Challenge) -> Answer:
    """Each side's director says on which days it can, once for each side they speak for."""
    return yes_if(
        bool(sides_of(by, challenge)),
        "Only the directors of the sides say on which days they can.",
    ) & _postponed(challenge)


def offer_dates(by: User | Clock, challenge: Challenge) -> Answer:
    """The worker that was asked to look for them, or an officer who has others looked for."""
    may = YES if isinstance(by, Clock) else run_round(by, challenge.round.region)
    return may & _postponed(challenge)


def choose_dates(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & _postponed(challenge)


def read_postponement(by: User, challenge: Challenge) -> Answer:
    """Why, in words: both sides, the team and the officers. The board reads of what kind it is."""
    own = any(by.holds(*READS_FOR_AUTHORITY, authority=side.authority) for side in challenge.sides)
    return yes_if(
        own or _officer(by, challenge) or sits_on_team(by, challenge),
        "Both sides, the team and the board’s officers read why.",
    )


def replace_challenger(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in REPLACEABLE,
        "A challenger is replaced once all sides have accepted, and until the visit begins.",
    )


def _officer(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)


def _postponed(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state == ChallengeState.POSTPONED,
        "This visit is not waiting for other days.",
    )
