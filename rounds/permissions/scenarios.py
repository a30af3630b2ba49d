"""Who may work on the ways to match a round, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Round, Scenario
from rounds.permissions.rounds import match
from rounds.states import ChallengeState


def change_scenario(by: User, scenario: Scenario) -> Answer:
    """Its pairs, its weights and what is fixed in it, as long as it is not published."""
    return match(by, scenario.round) & yes_if(
        scenario.published_at is None,
        f"“{scenario.name}” is published. Take it back first, or work on another.",
    )


def copy_scenario(by: User, scenario: Scenario) -> Answer:
    return match(by, scenario.round)


def rename_scenario(by: User, scenario: Scenario) -> Answer:
    return match(by, scenario.round)


def delete_scenario(by: User, scenario: Scenario) -> Answer:
    return match(by, scenario.round) & yes_if(
        scenario.published_at is None,
        f"“{scenario.name}” is published, so it stays. Take it back first.",
    )


def change_matches(by: User, round: Round, scenario: Scenario | None) -> Answer:
    """The pairs on the board; once offers are out, what is changed is a new scenario."""
    if scenario is None or scenario.published_at is None:
        return match(by, round)
    return match(by, round) & yes_if(
        not round.challenges.filter(state=ChallengeState.PROPOSED).exists(),
        f"“{scenario.name}” is published. To change its matches, take it back first.",
    )
