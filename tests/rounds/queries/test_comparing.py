"""Two scenarios side by side: who moves, what each comes to, which rules were set aside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from authorities.models import User
from rounds import actions
from rounds.models import Conflict, ConflictKind, Round, Scenario
from tests.rounds.conftest import words
from tests.rounds.views.test_scenarios import at, members, moved
from tests.world import World

Browser = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> World:
    return World(size=5)


@pytest.fixture
def open_round(world: World) -> Round:
    return world.opened()


@pytest.fixture
def first(world: World, open_round: Round) -> Scenario:
    return actions.start_scenario(open_round, "First proposal", by=world.officer)


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


def test_two_scenarios_are_compared_who_moves_first(
    world: World, officer: Client, first: Scenario
) -> None:
    copy, host = moved(world, first)
    answer = officer.get(at("scenarios_compare", first.round))
    found = answer.context["comparison"]
    assert (found.one, found.other) == (first, copy)
    [move] = [move for move in found.differing if move.host == host.authority.name]
    assert move.one == first.matches.get(host=host).challenger.authority.name
    assert move.other == copy.matches.get(host=host).challenger.authority.name
    assert len(found.differing) + len(found.alike) == 5
    assert words(answer).index("Who moves") < words(answer).index("What each comes to")


def test_the_other_way_round_the_same_is_said_with_the_opposite_words(
    world: World, officer: Client, first: Scenario
) -> None:
    copy, _host = moved(world, first)
    address = at("scenarios_compare", first.round)
    there = officer.get(address).context["comparison"]
    back = officer.get(f"{address}?one={copy.pk}&other={first.pk}").context["comparison"]
    for one, other in zip(there.measures, back.measures, strict=True):
        assert (one.one, one.other) == (other.other, other.one)
        assert one.between == other.between.replace("more", "…").replace("fewer", "more").replace(
            "…", "fewer"
        )


def test_rules_that_were_set_aside_are_named_with_their_reason(
    world: World, officer: Client, first: Scenario
) -> None:
    a, b, *_ = members(first.round)
    Conflict.objects.create(
        authority=a.authority,
        other=b.authority,
        kind=ConflictKind.FAMILY,
        declared_by=world.officer,
    )
    copy = actions.copy_scenario(first, "Another", by=world.officer)
    actions.choose_challenger(
        first.round, copy, a, b, reason="The cousin retired", by=world.officer
    )
    text = words(officer.get(at("scenarios_compare", first.round)))
    assert "Rules set aside in “Another”" in text
    assert "Rules set aside in “First proposal”" not in text
    assert "The reason given: The cousin retired" in text


def test_a_scenario_is_not_compared_with_itself_or_with_nothing(
    officer: Client, first: Scenario
) -> None:
    address = at("scenarios_compare", first.round)
    assert "it takes two scenarios" in words(officer.get(address))
    for query in (f"?one={first.pk}&other={first.pk}", "?one=x&other=%00", "?one=" + "9" * 40):
        assert officer.get(address + query).status_code == 200
