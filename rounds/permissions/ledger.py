"""Who may see what authorities gave each other, and enter what was held earlier."""

from __future__ import annotations

from authorities.models import Region, User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import EarlierChallenge


def see_ledger(by: User, region: Region) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=region),
        "Only an officer of the board sees what each authority gave and received.",
    )


def enter_earlier_challenges(by: User, region: Region) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=region),
        "Only an officer of the board enters challenges that were held earlier.",
    )


def remove_earlier_challenge(by: User, earlier: EarlierChallenge) -> Answer:
    return enter_earlier_challenges(by, earlier.region)
