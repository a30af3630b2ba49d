"""From a scenario to offers: what is published, taken back, and what confirming changes."""

from __future__ import annotations

import pytest

from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions, queries
from rounds.models import (
    Capacity,
    Challenge,
    Conflict,
    FellowChallenger,
    Participation,
    Round,
    Scenario,
    ScenarioMatch,
)
from rounds.states import ChallengeState, RoundState
from tests.rounds.rings import keys, members, ring, scenario_of, standing
from tests.world import World, fresh

C = ChallengeState


@pytest.fixture
def world(db: None) -> World:
    """Six, so that two pairs can change and the others stay."""
    return World(size=6)


# --- Publishing ----------------------------------------------------------------------------


def test_a_published_scenario_becomes_proposals_that_nobody_is_told_of(world: World) -> None:
    round = world.opened()
    Effect.objects.all().delete()
    scenario = scenario_of(round, ring(round), by=world.officer)
    published = actions.publish_scenario(scenario, version=0, by=world.officer)
    round.refresh_from_db()
    assert published.published_by == world.officer
    assert standing(round, C.PROPOSED) == keys(ring(round))
    assert round.state == RoundState.MATCHING
    assert Effect.objects.count() == 0
    told_of = Challenge.objects.visible_to(fresh(world.directors[0]))
    assert not told_of.exists()


def test_publishing_twice_publishes_once(world: World) -> None:
    round = world.opened()
    scenario = scenario_of(round, ring(round), by=world.officer)
    actions.publish_scenario(scenario, version=0, by=world.officer)
    before = set(round.challenges.values_list("pk", flat=True))
    actions.publish_scenario(scenario, version=0, by=world.officer)
    assert set(round.challenges.values_list("pk", flat=True)) == before
    assert Event.objects.filter(verb="round.matches_published").count() == 1


def test_what_is_published_is_what_was_on_the_page(world: World) -> None:
    round = world.opened()
    scenario = scenario_of(round, ring(round), by=world.officer)
    Scenario.objects.filter(pk=scenario.pk).update(version=1)
    with pytest.raises(actions.MatchesChanged):
        actions.publish_scenario(scenario, version=0, by=world.officer)
    assert not round.challenges.exists()


def test_another_scenario_takes_the_place_of_the_one_published(world: World) -> None:
    round = world.opened()
    first = scenario_of(round, ring(round), by=world.officer)
    other = scenario_of(round, ring(round, 2), "Another", by=world.officer)
    actions.publish_scenario(first, by=world.officer)
    actions.publish_scenario(other, by=world.officer)
    first.refresh_from_db()
    assert first.published_at is None
    assert standing(round, C.PROPOSED) == keys(ring(round, 2))


def test_rules_stand_in_the_way_with_a_sentence_each(world: World) -> None:
    round = world.opened()
    a, b, c, d, e, f = members(round)
    scenario = scenario_of(round, {a: b, b: a, c: b, d: c, e: d}, by=world.officer)
    with pytest.raises(Refused) as refused:
        actions.publish_scenario(scenario, by=world.officer)
    said = refused.value.reason
    assert f"{a.authority} and {b.authority} would challenge each other." in said
    assert f"{b.authority} is to challenge {a.authority} and {c.authority}" in said
    assert f"{f.authority} has no challenger yet." in said
    assert not round.challenges.exists()


def conflict(one: Participation, other: Participation, world: World) -> Conflict:
    return Conflict.objects.create(
        authority=one.authority, other=other.authority, kind="contract", declared_by=world.officer
    )


def test_a_pair_in_conflict_is_published_only_when_locked_with_a_reason(world: World) -> None:
    round = world.opened()
    a, b, *_ = members(round)
    conflict(a, b, world)
    plain = scenario_of(round, ring(round), by=world.officer)
    with pytest.raises(Refused, match="declared conflict of interest"):
        actions.publish_scenario(plain, by=world.officer)
    bare = scenario_of(round, ring(round), "Locked", locked={a: ""}, by=world.officer)
    with pytest.raises(Refused, match="lock it with a reason"):
        actions.publish_scenario(bare, by=world.officer)
    said = scenario_of(round, ring(round), "Said", locked={a: "Both agree."}, by=world.officer)
    actions.publish_scenario(said, by=world.officer)
    assert standing(round, C.PROPOSED) == keys(ring(round))


def test_whoever_has_left_the_round_is_not_published(world: World) -> None:
    round = world.opened()
    scenario = scenario_of(round, ring(round), by=world.officer)
    gone = members(round)[0]
    actions.withdraw_participation(gone, reason="No capacity.", by=world.officer)
    with pytest.raises(Refused, match=f"{gone.authority} has left the round."):
        actions.publish_scenario(scenario, by=world.officer)


def test_publishing_waits_until_the_authorities_are_invited(world: World) -> None:
    round = world.drafted()
    scenario = scenario_of(round, ring(round), by=world.officer)
    with pytest.raises(Refused, match="Matching starts once the authorities are invited"):
        actions.publish_scenario(scenario, by=world.officer)


# --- Taking back ---------------------------------------------------------------------------


def test_a_scenario_is_taken_back_until_its_offers_go_out(world: World) -> None:
    round = world.opened()
    scenario = scenario_of(round, ring(round), by=world.officer)
    actions.publish_scenario(scenario, by=world.officer)
    for _ in range(2):
        assert actions.take_back_scenario(scenario, by=world.officer).published_at is None
    assert not round.challenges.exists()
    assert Event.objects.filter(verb="round.matches_taken_back").count() == 1
    actions.publish_scenario(scenario, by=world.officer)
    actions.confirm_matches(round, by=world.officer)
    with pytest.raises(Refused, match="offers have gone out"):
        actions.take_back_scenario(scenario, by=world.officer)


# --- Matching again ------------------------------------------------------------------------


def test_only_an_officer_matches_again(world: World, offered: Round) -> None:
    actions.cancel_challenge(world.first(offered), by=world.officer)
    for user in (world.chair, world.directors[0]):
        with pytest.raises(Refused, match="Only an officer"):
            actions.match_again(offered, by=user)


# --- Several challengers --------------------------------------------------------------------


def test_a_host_with_several_challengers_has_fellows_beside_the_first(world: World) -> None:
    round = world.opened()
    round.format_data["rules"] |= {
        "challenges_per_host": 2,
        "challenges_per_challenger": 2,
        "mutual_allowed": True,
    }
    round.save(update_fields=["format_data"])
    scenario = scenario_of(round, ring(round), by=world.officer)
    for host, challenger in ring(round, 2).items():
        ScenarioMatch.objects.create(scenario=scenario, host=host, challenger=challenger)
    actions.publish_scenario(scenario, by=world.officer)
    a, b, c, *_ = members(round)
    challenge = round.challenges.get(host=a)
    assert challenge.challenger == b
    assert [one.participation for one in challenge.fellows.all()] == [c]
    actions.confirm_matches(round, by=world.officer)
    assert FellowChallenger.objects.filter(challenge__state=C.OFFERED).count() == 6


def test_two_officers_are_both_officers(world: World, proposed: Round) -> None:
    second = world.person(Role.BOARD_OFFICER)
    actions.take_back_scenario(queries.published_in(proposed), by=second)
    assert not proposed.challenges.exists()


def test_a_host_whose_fellow_changes_is_offered_anew_with_the_same_first(world: World) -> None:
    round = world.opened()
    round.format_data["rules"] |= {
        "challenges_per_host": 2,
        "challenges_per_challenger": 2,
        "mutual_allowed": True,
    }
    round.save(update_fields=["format_data"])
    a, b, c, d, *_ = members(round)
    for one in (c, d):
        Capacity.objects.create(participation=one, gives_least=0, gives_most=3)
    pairs = [(host, one) for step in (1, 2) for host, one in ring(round, step).items()]
    later = [pair for pair in pairs if pair != (a, c)] + [(a, d)]
    for name, chosen in (("First", pairs), ("Later", later)):
        scenario = scenario_of(round, {}, name, by=world.officer)
        for host, challenger in chosen:
            ScenarioMatch.objects.create(scenario=scenario, host=host, challenger=challenger)
        actions.publish_scenario(scenario, by=world.officer)
        new = actions.confirm_matches(round, by=world.officer)
    assert [(one.host, one.challenger) for one in new] == [(a, b)]
    assert {one.participation for one in new[0].fellows.all()} == {d}
    assert standing(round, C.CANCELLED) == {a.pk: b.pk}
    assert round.challenges.live().count() == 6
