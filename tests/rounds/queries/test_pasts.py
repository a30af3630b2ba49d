"""What members did before: conflicts, meetings and days, of their predecessors as well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from authorities.models import Succession
from rounds import actions
from rounds.matching.facts import Earlier
from rounds.matching.weighing import bars
from rounds.queries.weighing import facts_of, settings_of
from tests.rounds.queries.known import YEAR, closed_part_of, declared, held, side
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_standing_conflicts_of_authorities_count_both_ways(world: World) -> None:
    one, other, third = world.authorities
    declared(world, one, other)
    declared(world, one, third, person=world.directors[0])
    facts = facts_of(world.opened())
    ids = (one.dfe_code, other.dfe_code)
    assert dict(facts.conflicts) == dict.fromkeys(
        (ids, ids[::-1]), "Paid work or a contract between the two"
    )


def test_a_conflict_that_is_over_does_not_count(world: World) -> None:
    one, other, third = world.authorities
    declared(world, one, other, expires_on=timezone.localdate() - timedelta(days=1))
    declared(world, one, third, withdrawn_at=timezone.now(), withdrawn_by=world.officer)
    assert facts_of(world.opened()).conflicts == {}


def test_a_conflict_of_a_part_of_its_past_is_a_conflict_of_the_whole(world: World) -> None:
    one, other, _ = world.authorities
    declared(world, other, closed_part_of(world, one, "part_transferred"))
    facts = facts_of(world.opened())
    assert set(facts.conflicts) == {
        (one.dfe_code, other.dfe_code),
        (other.dfe_code, one.dfe_code),
    }


def test_authorities_of_which_one_was_a_part_of_the_other_are_of_one_past(world: World) -> None:
    one, other, _ = world.authorities
    Succession.objects.create(before=one, after=other, on=date(2023, 4, 1), event="merged")
    facts = facts_of(world.opened())
    ids = (one.dfe_code, other.dfe_code)
    assert facts.one_past == {ids, ids[::-1]}


def test_two_that_came_of_the_same_one_are_not_of_one_past(world: World) -> None:
    one, other, _ = world.authorities
    before = closed_part_of(world, one, "split")
    Succession.objects.create(before=before, after=other, on=date(2023, 4, 1), event="split")
    assert facts_of(world.opened()).one_past == frozenset()


def test_a_match_that_was_declined_in_this_round(world: World) -> None:
    round = world.offered()
    challenge = world.first(round)
    host = world.director_of(challenge.host_authority)
    actions.decline_challenge(challenge, reason="We share a service.", by=host)
    pair = (challenge.host_authority.dfe_code, challenge.challenger_authority.dfe_code)
    facts = facts_of(round)
    assert facts.declined == {pair}
    assert [bar.rule for bar in bars(facts, settings_of(None, round), *pair)] == ["declined"]


def test_earlier_challenges_are_counted_in_rounds_and_in_days(world: World) -> None:
    one, other, third = world.authorities
    held(world, one, other, 3, round_name="Winter 2012", days=2)
    held(world, other, third, 2, round_name="Winter 2013", days=4)
    round = world.opened()
    facts = facts_of(round)
    assert facts.rounds_known == 2
    assert facts.earlier == {
        (one.dfe_code, other.dfe_code): Earlier(2, "Winter 2012"),
        (other.dfe_code, third.dfe_code): Earlier(1, "Winter 2013"),
    }
    sides = [side(round, place) for place in range(3)]
    assert [(each.given_days, each.received_days) for each in sides] == [(0, 2), (2, 4), (4, 0)]


def test_the_last_meeting_of_several_counts(world: World) -> None:
    one, other, _ = world.authorities
    held(world, one, other, 3, round_name="Winter 2012")
    held(world, one, other, 2, round_name="Winter 2013")
    pair = (one.dfe_code, other.dfe_code)
    assert facts_of(world.opened()).earlier[pair] == Earlier(1, "Winter 2013")


@pytest.mark.parametrize("event", ["merged", "replaced", "split"])
def test_a_merged_authority_has_the_past_of_its_parts(world: World, event: str) -> None:
    one, other, _ = world.authorities
    held(world, closed_part_of(world, one, event), other, 2, round_name="Winter 2012")
    assert facts_of(world.opened()).earlier == {
        (one.dfe_code, other.dfe_code): Earlier(1, "Winter 2012")
    }


def test_challenges_of_this_round_are_not_its_own_past(world: World) -> None:
    round = world.accepted()
    assert facts_of(round).earlier == {}


def test_an_earlier_round_held_here_counts(world: World) -> None:
    before = world.accepted()
    before.visits_from -= YEAR
    before.save()
    facts = facts_of(world.next_round())
    assert facts.rounds_known == 1
    assert {earlier.when for earlier in facts.earlier.values()} == {before.name}
    assert len(facts.earlier) == 3
