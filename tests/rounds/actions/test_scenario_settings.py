"""Scenarios of matching: begun, copied, named, weighed, deleted."""

from __future__ import annotations

import pytest
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.actions.scenario_settings import MOST_SCENARIOS
from rounds.models import Participation, Round, Scenario
from rounds.states import RoundState
from tests.world import World


@pytest.fixture
def open_round(world: World) -> Round:
    return world.opened()


@pytest.fixture
def first(world: World, open_round: Round) -> Scenario:
    """Everybody challenged by the next; the first pair locked, one kept apart."""
    scenario = Scenario.objects.create(
        round=open_round, name="First proposal", weights={"travel": 7}, created_by=world.officer
    )
    a, b, c = members(open_round)
    for host, challenger in ((a, b), (b, c), (c, a)):
        scenario.matches.create(host=host, challenger=challenger, locked=host == a, reason="")
    scenario.exclusions.create(host=a, challenger=c, reason="They share a trust")
    return scenario


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def said(scenario: Scenario) -> list[str]:
    return [event.verb for event in history_of(scenario)]


def test_a_fresh_proposal_is_the_best_there_is_now(world: World, open_round: Round) -> None:
    scenario = actions.start_scenario(open_round, "Afresh", by=world.officer)
    pairs = set(scenario.matches.values_list("host", "challenger"))
    hosts, challengers = zip(*pairs, strict=True)
    assert set(hosts) == set(challengers) == {member.pk for member in members(open_round)}
    assert (scenario.weights, scenario.worst_first) == ({}, True)
    assert Round.objects.get(pk=open_round.pk).state == RoundState.MATCHING
    assert said(scenario) == ["scenario.started"]


def test_a_copy_has_everything_but_its_name(world: World, first: Scenario) -> None:
    first.worst_first = False
    first.save()
    copy = actions.copy_scenario(first, "Short journeys", by=world.officer)
    assert (copy.name, copy.weights, copy.worst_first) == ("Short journeys", {"travel": 7}, False)
    rows = [
        set(one.matches.values_list("host", "challenger", "locked", "reason"))
        for one in (first, copy)
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 3
    assert copy.exclusions.get().reason == "They share a trust"
    assert said(copy) == ["scenario.copied"]


def test_a_copy_of_what_is_published_is_not_published(world: World, first: Scenario) -> None:
    publish(world, first)
    copy = actions.copy_scenario(first, "Another", by=world.officer)
    assert copy.published_at is None
    assert weigh(world, copy, travel=1).weights == {"travel": 1}


def test_two_scenarios_of_a_round_have_two_names(world: World, first: Scenario) -> None:
    with pytest.raises(Refused, match="already has a scenario called “first PROPOSAL”"):
        actions.copy_scenario(first, "first PROPOSAL", by=world.officer)
    copy = actions.copy_scenario(first, "Another", by=world.officer)
    with pytest.raises(Refused, match="already has a scenario called “another”"):
        actions.rename_scenario(first, "another", by=world.officer)
    assert actions.rename_scenario(copy, "ANOTHER", by=world.officer).name == "ANOTHER"


def test_a_round_has_so_many_scenarios_and_no_more(world: World, first: Scenario) -> None:
    for number in range(1, MOST_SCENARIOS):
        actions.copy_scenario(first, f"Number {number}", by=world.officer)
    with pytest.raises(Refused, match=f"at most {MOST_SCENARIOS} scenarios"):
        actions.copy_scenario(first, "One more", by=world.officer)


def test_weighing_leaves_the_pairs_and_makes_older_pages_stale(
    world: World, first: Scenario
) -> None:
    before = list(first.matches.values_list("host", "challenger"))
    weighed = weigh(world, first, travel=0)
    assert (weighed.weights, weighed.worst_first, weighed.version) == ({"travel": 0}, False, 1)
    assert list(first.matches.values_list("host", "challenger")) == before
    with pytest.raises(actions.ScenarioChanged):
        weigh(world, first, travel=1)
    assert weigh(world, first, version=1, travel=0).version == 1
    assert said(first) == ["scenario.weighed"]


def test_what_is_published_stands_until_it_is_taken_back(world: World, first: Scenario) -> None:
    publish(world, first)
    for change in (
        lambda: weigh(world, first, travel=0),
        lambda: actions.delete_scenario(first, by=world.officer),
    ):
        with pytest.raises(Refused, match="“First proposal” is published"):
            change()
    assert actions.rename_scenario(first, "Agreed", by=world.officer).name == "Agreed"


def test_a_scenario_is_deleted_with_what_was_in_it(world: World, first: Scenario) -> None:
    copy = actions.copy_scenario(first, "Another", by=world.officer)
    actions.delete_scenario(copy, by=world.officer)
    assert list(first.round.scenarios.all()) == [first]
    assert first.matches.count() == 3
    event = history_of(first.round).filter(verb="round.scenario_deleted").get()
    assert event.details == {"scenario": "Another"}


def test_scenarios_are_the_officers(world: World, first: Scenario) -> None:
    for somebody in (world.directors[0], world.chair, World().officer):
        for change in (
            lambda by: actions.copy_scenario(first, "Mine", by=by),
            lambda by: actions.rename_scenario(first, "Mine", by=by),
            lambda by: weigh(world, first, by=by, travel=0),
            lambda by: actions.start_scenario(first.round, "Mine", by=by),
            lambda by: actions.delete_scenario(first, by=by),
        ):
            with pytest.raises(Refused, match="Only an officer of the board"):
                change(somebody)


def test_one_form_changes_the_name_too(world: World, first: Scenario) -> None:
    weigh(world, first, name="Short journeys", travel=9)
    assert Scenario.objects.get(pk=first.pk).name == "Short journeys"
    assert sorted(said(first)) == ["scenario.renamed", "scenario.weighed"]
    copy = actions.copy_scenario(first, "Another", by=world.officer)
    with pytest.raises(Refused, match="already has a scenario"):
        weigh(world, copy, name="Short journeys", travel=1)
    assert Scenario.objects.get(pk=copy.pk).weights == {"travel": 9}


def weigh(
    world: World,
    scenario: Scenario,
    *,
    name: str = "",
    version: int = 0,
    by: User | None = None,
    **weights: int,
) -> Scenario:
    return actions.change_scenario(
        scenario,
        name=name or scenario.name,
        weights=weights,
        worst_first=False,
        version=version,
        by=by or world.officer,
    )


def publish(world: World, scenario: Scenario) -> None:
    scenario.published_at, scenario.published_by = timezone.now(), world.officer
    scenario.save()
