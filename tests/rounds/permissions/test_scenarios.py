"""Who may change a scenario of matching, before and after it is published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds import permissions
from rounds.models import Scenario
from rounds.states import RoundState
from tests.world import World

PEOPLE: dict[str, Callable[[World], User]] = {
    "officer": lambda world: world.officer,
    "chair": lambda world: world.chair,
    "member": lambda world: world.person(Role.BOARD_MEMBER),
    "approver": lambda world: world.approver,
    "director": lambda world: world.directors[0],
    "authority officer": lambda world: world.person(Role.AUTHORITY_OFFICER),
    "another region’s officer": lambda world: World(size=0).officer,
    "administrator": lambda world: world.person(Role.SYSTEM_ADMINISTRATOR),
}
# Whether each is allowed while the scenario is open, and once it is published.
ALLOWED = {
    "copy_scenario": (True, True),
    "rename_scenario": (True, True),
    "change_scenario": (True, False),
    "delete_scenario": (True, False),
}
MATCHES_IN = {RoundState.OPEN, RoundState.MATCHING, RoundState.UNDER_WAY}


@pytest.fixture
def scenario(world: World) -> Scenario:
    round = world.opened()
    return Scenario.objects.create(round=round, name="First", created_by=world.officer)


@pytest.mark.parametrize("verb", ALLOWED)
def test_only_the_regions_officer_and_only_as_long_as_it_is_open(
    world: World, scenario: Scenario, verb: str
) -> None:
    may = getattr(permissions, verb)
    people = {name: make(world) for name, make in PEOPLE.items()}
    for published, allowed in zip((False, True), ALLOWED[verb], strict=True):
        scenario.published_at = timezone.now() if published else None
        answers = {name: bool(may(user, scenario)) for name, user in people.items()}
        assert answers == {name: allowed and name == "officer" for name in PEOPLE}


@pytest.mark.parametrize("verb", ALLOWED)
def test_only_while_the_round_is_matched(world: World, scenario: Scenario, verb: str) -> None:
    may = getattr(permissions, verb)
    allowed = set()
    for state in RoundState:
        scenario.round.state = state
        if may(world.officer, scenario):
            allowed.add(state)
    assert allowed == MATCHES_IN


@pytest.mark.parametrize("verb", ["change_scenario", "delete_scenario"])
def test_a_refusal_says_what_to_do(world: World, scenario: Scenario, verb: str) -> None:
    scenario.published_at = timezone.now()
    assert "ake it back first" in getattr(permissions, verb)(world.officer, scenario).reason
