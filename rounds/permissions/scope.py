"""Who may write what a visit looks at, agree it and call the visit ready, and when."""

from __future__ import annotations

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from peerchallenge.shared.answers import YES, Answer, yes_if
from rounds.models import Challenge, SelfAssessment
from rounds.permissions.challenges import leads, speaks_for_host
from rounds.permissions.rounds import run_round
from rounds.states import CHALLENGE, DATES_OPEN, ChallengeState

SCOPE_OPEN = DATES_OPEN


def write_scope(by: User, challenge: Challenge) -> Answer:
    """Both sides write it: the host's director and officers, and whoever leads the team."""
    lead = challenge.round.format.lead_said
    return yes_if(
        acts_for_host(by, challenge) or leads(by, challenge),
        f"Only the host’s director, its officers and the {lead} write this.",
    ) & _scope_open(challenge)


def take_questions(by: User, challenge: Challenge) -> Answer:
    """Out of the host's self-assessment, as soon as they may read it."""
    readable = SelfAssessment.objects.read_whole_by(by).filter(participation=challenge.host_id)
    return write_scope(by, challenge) & yes_if(
        readable.exists(), "You can read the host’s self-assessment once it has been sent."
    )


def agree_scope(by: User, challenge: Challenge) -> Answer:
    lead = challenge.round.format.lead_said
    return yes_if(
        speaks_for_host(by, challenge) or leads(by, challenge),
        f"Only the host’s director and the {lead} agree what a visit looks at.",
    ) & _scope_open(challenge)


def make_ready(by: User, challenge: Challenge) -> Answer:
    """Once all on the list is done; what is open only an officer passes over."""
    officer = run_round(by, challenge.round.region)
    return (YES if leads(by, challenge) else officer) & CHALLENGE.may(
        challenge.state, ChallengeState.READY
    )


def make_ready_despite(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & CHALLENGE.may(
        challenge.state, ChallengeState.READY
    )


def acts_for_host(by: User, challenge: Challenge) -> bool:
    return by.holds(*ACTS_FOR_AUTHORITY, authority=challenge.host.authority_id)


def runs(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)


def _scope_open(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state in SCOPE_OPEN,
        "This is written once all sides have accepted, and until the visit begins.",
    )
