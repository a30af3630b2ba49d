"""Why a host has its challengers, in every shape of round; in a large one the best are priced."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from rounds import actions
from rounds.models import PRESETS, Participation, Round
from rounds.queries import why as module
from rounds.queries.pairs import pair_of
from rounds.queries.why import Why, why
from tests.world import World

# How many challengers each host of six has.
SHAPES = {"paired_visits": 1, "top_three": 1, "group": 2, "challenge_panel": 3}


def opened(world: World, preset: str) -> Round:
    today = timezone.localdate()
    round = actions.start_round(
        world.region,
        PRESETS[preset],
        name="Winter",
        authorities=world.authorities,
        areas=["Adoption"],
        self_assessment_due=today,
        visits_from=today + timedelta(days=1),
        visits_to=today + timedelta(weeks=9),
        by=world.officer,
    )
    return actions.invite_authorities(round, by=world.officer)


def first_of(round: Round) -> Participation:
    return round.participations.order_by("authority__name").first()


@pytest.fixture
def world(db: None) -> World:
    return World(size=6)


@pytest.mark.parametrize("preset", SHAPES)
def test_everybody_stands_or_is_priced_and_can_be_chosen(world: World, preset: str) -> None:
    round = opened(world, preset)
    host = first_of(round)
    scenario = actions.start_scenario(round, "First", by=world.officer)
    found = why(round, scenario, host)
    assert len(found.standing) == SHAPES[preset]
    assert len(found.allowed) == 5 - SHAPES[preset]
    assert all(one.cost and one.near for one in found.allowed)
    other = found.allowed[-1].member
    actions.choose_challenger(round, scenario, host, other, by=world.officer)
    assert pair_of(round, scenario, host, other).stands
    assert other in [one.member for one in why(round, scenario, host).standing]


def test_in_a_large_round_some_are_listed_and_the_best_priced(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("ALL", 4), ("SOME", 4), ("LISTED", 3), ("PRICED", 2)):
        monkeypatch.setattr(module, name, number)
    round = opened(world, "paired_visits")
    found = why(round, None, first_of(round))
    assert [one.cost is not None for one in found.allowed] == [True, True, False]
    assert [one.near for one in found.allowed] == [None] * 3
    assert len(found.unpriced) == 1
    assert everybody(found) == set(round.participations.all())


def everybody(found: Why) -> set[Participation]:
    listed = (*found.standing, *found.allowed, *found.unpriced)
    return {found.host, *(one.member for one in listed)}


def test_once_a_visit_is_being_prepared_nobody_else_is_looked_for(world: World) -> None:
    round = world.booked()
    host = first_of(round)
    found = why(round, round.scenarios.first(), host)
    assert (found.underway, found.fixed) == (True, True)
    assert (found.allowed, found.forbidden, found.unpriced) == ([], [], [])
