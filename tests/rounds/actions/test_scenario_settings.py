"""Scenarios of matching: copied, named, weighed, and who is kept apart in them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.actions.scenario_settings import MOST_SCENARIOS
from rounds.models import Participation, Round, Scenario
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
    assert actions.exclude_pair(copy, *members(copy.round)[1::-1], by=world.officer) == copy


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
    weighed = actions.weigh_scenario(
        first, {"travel": 0}, worst_first=False, version=0, by=world.officer
    )
    assert (weighed.weights, weighed.worst_first, weighed.version) == ({"travel": 0}, False, 1)
    assert list(first.matches.values_list("host", "challenger")) == before
    with pytest.raises(actions.ScenarioChanged):
        actions.weigh_scenario(first, {"travel": 1}, worst_first=True, version=0, by=world.officer)
    same = actions.weigh_scenario(
        first, {"travel": 0}, worst_first=False, version=1, by=world.officer
    )
    assert same.version == 1
    assert said(first) == ["scenario.weighed"]


def test_whoever_is_kept_apart_is_not_locked_together(world: World, first: Scenario) -> None:
    a, b, _c = members(first.round)
    actions.exclude_pair(first, a, b, reason="Too close", by=world.officer)
    assert first.matches.get(host=a).locked is False
    assert first.exclusions.get(challenger=b).reason == "Too close"
    again = actions.exclude_pair(first, a, b, reason="Too close", by=world.officer)
    assert again.version == 1
    actions.exclude_pair(first, a, b, reason="Shared director", by=world.officer)
    assert first.exclusions.get(challenger=b).reason == "Shared director"


def test_the_officers_word_is_taken_back_once(world: World, first: Scenario) -> None:
    a, _b, c = members(first.round)
    for _ in range(2):
        scenario = actions.allow_pair(first, a, c, by=world.officer)
    assert (first.exclusions.count(), scenario.version) == (0, 1)
    assert said(first) == ["scenario.pair_allowed"]


def test_only_two_of_the_round_are_kept_apart(world: World, first: Scenario) -> None:
    a, _b, _c = members(first.round)
    stranger = World().opened().participations.first()
    for pair in ((a, a), (a, stranger)):
        with pytest.raises(Refused, match="Two different authorities of this round"):
            actions.exclude_pair(first, *pair, by=world.officer)


def test_what_is_published_stands_until_it_is_taken_back(world: World, first: Scenario) -> None:
    publish(world, first)
    a, b, c = members(first.round)
    for change in (
        lambda: actions.weigh_scenario(first, {}, worst_first=True, version=0, by=world.officer),
        lambda: actions.exclude_pair(first, b, a, by=world.officer),
        lambda: actions.allow_pair(first, a, c, by=world.officer),
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
    a, b, _c = members(first.round)
    for somebody in (world.directors[0], world.chair, World().officer):
        for change in (
            lambda by: actions.copy_scenario(first, "Mine", by=by),
            lambda by: actions.rename_scenario(first, "Mine", by=by),
            lambda by: actions.weigh_scenario(first, {}, worst_first=True, version=0, by=by),
            lambda by: actions.exclude_pair(first, a, b, by=by),
            lambda by: actions.allow_pair(first, a, b, by=by),
            lambda by: actions.delete_scenario(first, by=by),
        ):
            with pytest.raises(Refused, match="Only an officer of the board"):
                change(somebody)


def publish(world: World, scenario: Scenario) -> None:
    scenario.published_at, scenario.published_by = timezone.now(), world.officer
    scenario.save()
