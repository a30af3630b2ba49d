"""Who may see and change the timetable of a visit, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, READS_FOR_AUTHORITY, Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge
from rounds.permissions.challenges import sits_on_team
from rounds.states import DATES_OPEN, LIVE, OPEN_TO_TEAM, ChallengeState

TIMETABLE_OPEN = (*DATES_OPEN, ChallengeState.ON_SITE)


def read_timetable(by: User, challenge: Challenge) -> Answer:
    """The host's people, the team and the officers, draft and all."""
    officer = challenge.state in LIVE and by.holds(
        Role.BOARD_OFFICER, region=challenge.round.region_id
    )
    return read_names(by, challenge) | yes_if(
        officer, "The timetable is for the host, the team that visits it, and the board’s officers."
    )


def read_names(by: User, challenge: Challenge) -> Answer:
    """Names of those who are seen, and notes on a session: for whoever is there."""
    hosts = challenge.state in LIVE and by.holds(
        *READS_FOR_AUTHORITY, authority=challenge.host.authority_id
    )
    visits = challenge.state in OPEN_TO_TEAM and sits_on_team(by, challenge)
    return yes_if(
        hosts or visits, "Names and notes are for the host’s people and for the team that visits."
    )


def change_timetable(by: User, challenge: Challenge) -> Answer:
    """Whoever prepares the visit: the host's director and officers, and the team."""
    return yes_if(
        _hosts(by, challenge) or sits_on_team(by, challenge),
        "The host’s director and officers and the team that visits change the timetable.",
    ) & yes_if(
        challenge.state in TIMETABLE_OPEN,
        "A timetable is changed once all sides have accepted, and until feedback has been given.",
    )


def show_names(by: User, challenge: Challenge) -> Answer:
    """Whether names are in it is for those to say whose people they are."""
    return yes_if(
        _hosts(by, challenge),
        f"Whether names are shown, the director and officers of {challenge.host_authority} say.",
    ) & change_timetable(by, challenge)


def _hosts(by: User, challenge: Challenge) -> bool:
    return by.holds(*ACTS_FOR_AUTHORITY, authority=challenge.host.authority_id)
