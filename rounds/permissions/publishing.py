"""Who may publish a scenario of matches and send its offers, when, and what we say if not."""

from __future__ import annotations

from authorities.models import User
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Round, Scenario
from rounds.permissions.rounds import match, run_round
from rounds.states import ChallengeState

TOLD = "Its offers have gone out. Take single matches back instead, or match again."


def publish_scenario(by: User, scenario: Scenario) -> Answer:
    return match(by, scenario.round)


def take_back_scenario(by: User, scenario: Scenario) -> Answer:
    """Nobody but the officers has seen it until its offers go out."""
    return run_round(by, scenario.round.region) & yes_if(
        scenario.published_at is None or _waits(scenario.round), f"“{scenario.name}”: {TOLD}"
    )


def confirm_matches(by: User, round: Round) -> Answer:
    return match(by, round)


def match_again(by: User, round: Round) -> Answer:
    """Around offers that were declined or taken back."""
    return match(by, round)


def _waits(round: Round) -> bool:
    return round.challenges.filter(state=ChallengeState.PROPOSED).exists()
