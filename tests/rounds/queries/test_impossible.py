"""Why a round cannot be matched whole: in words, with what helps and where to change it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rounds import actions
from rounds.matching.solving import solve
from rounds.models import Capacity, Conflict, ConflictKind, Participation, Round
from rounds.queries.impossible import Impossible, impossible
from rounds.queries.proposals import proposal_of
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    return World(size=4)


@pytest.fixture
def open_round(world: World) -> Round:
    return world.opened()


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def explained(round: Round) -> Impossible:
    seen = proposal_of(round, round.scenarios.first())
    return impossible(seen, solve(seen.problem))


def in_conflict(world: World, one: Participation, other: Participation) -> None:
    Conflict.objects.create(
        authority=one.authority,
        other=other.authority,
        kind=ConflictKind.FAMILY,
        declared_by=world.officer,
    )


def test_who_gives_nothing_is_named_with_where_to_change_it(
    world: World, open_round: Round
) -> None:
    a, *_ = members(open_round)
    Capacity.objects.create(participation=a, gives_least=0, gives_most=0)
    found = explained(open_round)
    url = reverse("round_offer", args=[open_round.pk, a.pk])
    said = {rule.text: [(link.text, link.url) for link in rule.links] for rule in found.rules}
    name = a.authority.name
    assert said[f"{name} may give no challenges."] == [(f"What {name} can give", url)]
    helps = [way for way in found.out if way.text.startswith("If it did not count")]
    assert any(f"{name} may give no challenges" in way.text for way in helps)
    assert all(way.points.endswith(" points") for way in found.out)


def test_a_host_whom_nobody_may_challenge_leads_to_conflicts_and_to_its_page(
    world: World, open_round: Round
) -> None:
    a, *others = members(open_round)
    for other in others:
        in_conflict(world, a, other)
    found = explained(open_round)
    [rule] = [rule for rule in found.rules if rule.text.startswith(a.authority.name)]
    assert [link.url for link in rule.links] == [
        reverse("conflicts"),
        reverse("match_why", args=[open_round.pk, a.pk]),
    ]


def test_two_locks_that_ask_for_the_same_challenger_lead_to_where_they_are_opened(
    world: World, open_round: Round
) -> None:
    a, b, c, _d = members(open_round)
    scenario = actions.start_scenario(open_round, "First", by=world.officer)
    scenario.matches.all().delete()
    for host in (a, b):
        scenario.matches.create(host=host, challenger=c, locked=True)
    found = explained(open_round)
    links = [link.url for rule in found.rules for link in rule.links]
    for host in (a, b):
        url = reverse("match_why", args=[open_round.pk, host.pk])
        assert f"{url}?scenario={scenario.pk}" in links
    assert reverse("round_offer", args=[open_round.pk, c.pk]) in links


def test_whom_a_scenario_keeps_apart_leads_to_its_settings(world: World, open_round: Round) -> None:
    a, *others = members(open_round)
    scenario = actions.start_scenario(open_round, "First", by=world.officer)
    for other in others:
        scenario.exclusions.create(host=a, challenger=other)
    links = [link.url for rule in explained(open_round).rules for link in rule.links]
    assert reverse("scenario_settings", args=[open_round.pk, scenario.pk]) in links
