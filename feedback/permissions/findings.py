"""Who may note, change and read what the team found."""

from __future__ import annotations

from authorities.models import User
from feedback.models import Finding
from feedback.states import BEING_WRITTEN
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge
from rounds.permissions import sits_on_team
from rounds.states import OPEN_TO_TEAM, ChallengeState

VISITING = (
    ChallengeState.ON_SITE,
    ChallengeState.FED_BACK,
    ChallengeState.LETTER,
)


def read_findings(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        sits_on_team(by, challenge), "Only the team reads what it noted during the visit."
    ) & yes_if(
        challenge.state in OPEN_TO_TEAM,
        f"This challenge is “{challenge.get_state_display().lower()}”: there are no findings.",
    )


def record_finding(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(sits_on_team(by, challenge), "Only the team records findings.")
        & yes_if(
            challenge.booked or challenge.state in VISITING,
            "Findings are recorded from the day the dates are agreed.",
        )
        & _not_settled(challenge)
    )


def change_finding(by: User, finding: Finding) -> Answer:
    return record_finding(by, finding.challenge)


def _not_settled(challenge: Challenge) -> Answer:
    settled = challenge.letters.exclude(state__in=BEING_WRITTEN)
    return yes_if(not settled.exists(), "The letter has gone out: its findings stand.")
