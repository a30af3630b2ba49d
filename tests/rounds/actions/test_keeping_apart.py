"""Not these two: an officer keeps authorities apart in a scenario, and takes that back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Participation, Round, Scenario
from tests.world import World

Pairs = set[tuple[int, int]]


@pytest.fixture
def world(db: None) -> World:
    """Four authorities: with three, whoever is kept apart leaves no other answer."""
    return World(size=4)


@pytest.fixture
def first(world: World) -> Scenario:
    return actions.start_scenario(world.opened(), "First proposal", by=world.officer)


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def pairs(scenario: Scenario) -> Pairs:
    return set(scenario.matches.values_list("host", "challenger"))


def standing(scenario: Scenario) -> tuple[Participation, Participation]:
    row = scenario.matches.first()
    return row.host, row.challenger


def test_whoever_is_kept_apart_is_matched_again(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    actions.exclude_pair(first.round, first, host, challenger, reason="Too close", by=world.officer)
    assert (host.pk, challenger.pk) not in pairs(first)
    assert len(pairs(first)) == 4
    assert first.exclusions.get().reason == "Too close"
    assert [one.verb for one in history_of(first)][:2] == [
        "scenario.matches_saved",
        "scenario.pair_excluded",
    ]


def test_a_pair_that_does_not_stand_is_ruled_out_and_nothing_moves(
    world: World, first: Scenario
) -> None:
    before = pairs(first)
    host, challenger = next(
        (a, b)
        for a in members(first.round)
        for b in members(first.round)
        if a != b and (a.pk, b.pk) not in before
    )
    actions.exclude_pair(first.round, first, host, challenger, by=world.officer)
    assert pairs(first) == before
    assert first.exclusions.get().challenger == challenger


def test_the_last_word_counts_over_a_lock(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    actions.lock_match(first.round, first, host, challenger, by=world.officer)
    actions.exclude_pair(first.round, first, host, challenger, by=world.officer)
    assert not first.matches.filter(locked=True).exists()
    assert (host.pk, challenger.pk) not in pairs(first)


def test_a_reason_can_be_written_anew(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    for reason in ("Too close", "Shared director", "Shared director"):
        actions.exclude_pair(first.round, first, host, challenger, reason=reason, by=world.officer)
    assert first.exclusions.get().reason == "Shared director"
    verbs = [one.verb for one in history_of(first)]
    assert verbs.count("scenario.pair_excluded") == 2


def test_the_officers_word_is_taken_back_once(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    actions.exclude_pair(first.round, first, host, challenger, by=world.officer)
    before = pairs(first)
    for _ in range(2):
        actions.allow_pair(first.round, first, host, challenger, by=world.officer)
    assert first.exclusions.count() == 0
    assert pairs(first) == before
    verbs = [one.verb for one in history_of(first)]
    assert verbs.count("scenario.pair_allowed") == 1


def test_the_boards_own_proposal_is_saved_first(world: World) -> None:
    round = world.opened()
    a, b, *_ = members(round)
    scenario = actions.exclude_pair(round, None, a, b, by=world.officer)
    assert scenario == round.scenarios.get()
    assert len(pairs(scenario)) == 4
    assert (a.pk, b.pk) not in pairs(scenario)


def test_a_page_that_is_older_than_the_pairs_changes_nothing(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    version = str(first.version)
    actions.lock_match(first.round, first, host, challenger, version=version, by=world.officer)
    for act in (actions.exclude_pair, actions.allow_pair):
        with pytest.raises(actions.MatchesChanged):
            act(first.round, first, host, challenger, version=version, by=world.officer)
    assert first.exclusions.count() == 0


def test_what_is_published_stands_until_it_is_taken_back(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    actions.publish_scenario(first, by=world.officer)
    first.refresh_from_db()
    with pytest.raises(Refused, match="“First proposal” is published"):
        actions.exclude_pair(first.round, first, host, challenger, by=world.officer)


def test_once_offers_are_out_a_copy_is_changed(world: World, first: Scenario) -> None:
    host, challenger = standing(first)
    first.published_at, first.published_by = timezone.now(), world.officer
    first.save()
    copy = actions.exclude_pair(first.round, first, host, challenger, by=world.officer)
    assert copy != first
    assert first.exclusions.count() == 0
    assert copy.exclusions.get().challenger == challenger


def test_only_two_of_the_round_are_kept_apart(world: World, first: Scenario) -> None:
    a = members(first.round)[0]
    stranger = World().opened().participations.first()
    for pair in ((a, a), (a, stranger)):
        with pytest.raises(Refused, match="two different authorities"):
            actions.exclude_pair(first.round, first, *pair, by=world.officer)


def test_keeping_apart_is_the_officers(world: World, first: Scenario) -> None:
    pair = standing(first)
    for somebody in (world.directors[0], world.chair, World().officer):
        for act in (actions.exclude_pair, actions.allow_pair):
            with pytest.raises(Refused, match="Only an officer of the board"):
                act(first.round, first, *pair, by=somebody)
