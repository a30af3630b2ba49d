"""What confirming makes of a published scenario: offers made, taken back, left to stand."""

from __future__ import annotations

import pytest
from django.core import mail

from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions, queries
from rounds.models import (
    Conflict,
    Participation,
    Round,
)
from rounds.states import ChallengeState
from tests.rounds.rings import keys, members, ring, scenario_of, standing, swapped
from tests.world import World, fresh, run_effects

C = ChallengeState


@pytest.fixture
def world(db: None) -> World:
    """Six, so that two pairs can change and the others stay."""
    return World(size=6)


def told() -> list[tuple[str, str]]:
    run_effects()
    found = sorted((to, message.subject) for message in mail.outbox for to in message.to)
    mail.outbox.clear()
    return found


def conflict(one: Participation, other: Participation, world: World) -> Conflict:
    return Conflict.objects.create(
        authority=one.authority, other=other.authority, kind="contract", declared_by=world.officer
    )


def test_nothing_is_confirmed_that_is_not_published(world: World) -> None:
    round = world.opened()
    scenario_of(round, ring(round), by=world.officer)
    with pytest.raises(Refused, match="publish a scenario first"):
        actions.confirm_matches(round, by=world.officer)


def test_confirming_twice_offers_once(world: World, offered: Round) -> None:
    promised = Effect.objects.count()
    with pytest.raises(Refused, match="already been offered"):
        actions.confirm_matches(offered, by=world.officer)
    assert Effect.objects.count() == promised


def test_what_is_confirmed_is_what_was_seen(world: World, proposed: Round) -> None:
    seen = queries.offers_version(queries.published_in(proposed))
    other = scenario_of(proposed, ring(proposed, 2), "Another", by=world.officer)
    actions.publish_scenario(other, by=world.officer)
    with pytest.raises(actions.MatchesChanged):
        actions.confirm_matches(proposed, version=seen, by=world.officer)
    assert set(proposed.challenges.values_list("state", flat=True)) == {C.PROPOSED}


def test_only_an_officer_confirms(world: World, proposed: Round) -> None:
    with pytest.raises(Refused, match="Only an officer"):
        actions.confirm_matches(proposed, by=world.chair)


def test_a_conflict_declared_after_publishing_is_asked_about_again(
    world: World, proposed: Round
) -> None:
    a, b, *_ = members(proposed)
    conflict(b, a, world)
    with pytest.raises(Refused, match="declared conflict of interest"):
        actions.confirm_matches(proposed, by=world.officer)
    assert set(proposed.challenges.values_list("state", flat=True)) == {C.PROPOSED}


def test_a_later_scenario_takes_back_only_what_it_changes(world: World, offered: Round) -> None:
    told()
    a, _b, _c, d, *_ = members(offered)
    before = keys(ring(offered))
    pairs = swapped(ring(offered), a, d)
    kept = set(offered.challenges.exclude(host__in=[a, d]).values_list("pk", flat=True))
    actions.publish_scenario(
        scenario_of(offered, pairs, "Later", by=world.officer), by=world.officer
    )
    assert standing(offered, C.OFFERED) == before
    new = actions.confirm_matches(offered, by=world.officer)
    assert standing(offered, C.OFFERED) == keys(pairs)
    assert {one.host_id for one in new} == {a.pk, d.pk}
    assert standing(offered, C.CANCELLED) == {host: before[host] for host in (a.pk, d.pk)}
    assert kept < set(offered.challenges.live().values_list("pk", flat=True))
    mails = told()
    sides = [(one, pair[one]) for pair in (ring(offered), pairs) for one in (a, d)]
    assert sorted(to for to, _ in mails) == sorted(
        world.director_of(part.authority).email for side in sides for part in side
    )
    assert sum(subject.startswith("Taken back") for _, subject in mails) == 4


def test_who_is_being_visited_keeps_its_challenger(world: World, offered: Round) -> None:
    a, _b, _c, d, *_ = members(offered)
    offered.challenges.filter(host=a).update(state=C.ON_SITE)
    later = scenario_of(offered, swapped(ring(offered), a, d), "Later", by=world.officer)
    with pytest.raises(Refused, match=f"The visit to {a.authority} has begun"):
        actions.publish_scenario(later, by=world.officer)


def test_a_match_that_is_declined_meanwhile_is_not_offered_again(
    world: World, offered: Round
) -> None:
    a, b, _c, d, *_ = members(offered)
    later = scenario_of(offered, swapped(ring(offered), a, d), "Later", by=world.officer)
    actions.publish_scenario(later, by=world.officer)
    staying = offered.challenges.get(host=b)
    director = world.director_of(b.authority)
    actions.decline_challenge(staying, reason="Too close.", by=fresh(director))
    with pytest.raises(Refused, match="was declined in this round"):
        actions.confirm_matches(offered, by=world.officer)
