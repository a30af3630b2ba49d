"""Why this challenger, and what another costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import (
    Capacity,
    Round,
    Scenario,
)
from tests.rounds.at_why import at, in_conflict, members, others_of, wish
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]
QUERIES = 31


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


def test_a_proposal_that_is_not_saved_is_explained_and_stays_unsaved(
    officer: Client, open_round: Round
) -> None:
    host = members(open_round)[0]
    text = words(officer.get(at(host)))
    assert f"Who challenges {host.authority}, and why" in text
    assert "These matches are a proposal; your first change saves them." in text
    assert not open_round.scenarios.exists()


def test_the_parts_add_up_to_the_score(officer: Client, first: Scenario) -> None:
    [standing] = officer.get(at(members(first.round)[0])).context["why"].standing
    assert sum(part.points for part in standing.parts) == standing.score
    assert sum(part.out_of for part in standing.parts) == 1000


def test_everybody_else_is_there_with_what_choosing_them_costs(
    officer: Client, first: Scenario
) -> None:
    host, *others = members(first.round)
    wish(host, others[2], others[0])
    wish(others[0], others[1])
    why = officer.get(at(host)).context["why"]
    assert {one.member for one in why.allowed} == set(others_of(first, host))
    assert all(one.cost is not None for one in why.allowed)
    costs = [(one.cost.price.worst, one.cost.price.points) for one in why.allowed]
    assert costs == sorted(costs, reverse=True)
    assert why.next_best == why.allowed[0]


def test_the_hosts_wishes_come_with_what_stands_in_the_favourites_way(
    world: World, officer: Client, open_round: Round
) -> None:
    host, _b, c, d, _e = members(open_round)
    wish(host, c, d)
    in_conflict(world, host, c)
    answer = officer.get(at(host))
    why, text = answer.context["why"], words(answer)
    assert [one.member for one in why.wishes] == [c, d]
    assert why.forbidden[0].member == c
    assert f"What stands in the way of {c.authority}, its first wish:" in text
    assert text.count(f"{c.authority} has a declared conflict of interest") == 2


def test_a_favourite_that_nothing_forbids_is_named_with_its_cost(
    officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    favourite = others_of(first, host)[0]
    wish(host, favourite)
    text = words(officer.get(at(host, scenario=first.pk)))
    assert f"No rule stands in the way of {favourite.authority}, its first wish." in text


def test_whoever_gives_nothing_may_not_be_chosen(officer: Client, open_round: Round) -> None:
    host, other, *_ = members(open_round)
    Capacity.objects.create(participation=other, gives_least=0, gives_most=0)
    Capacity.objects.create(participation=host, gives_least=1, gives_most=2)
    why = officer.get(at(host)).context["why"]
    [refused] = why.forbidden
    assert refused.why_not == [f"{other.authority} gives no challenges in this round."]


def test_without_a_whole_answer_nothing_is_priced(
    world: World, officer: Client, open_round: Round
) -> None:
    host, *others = members(open_round)
    for other in others:
        in_conflict(world, host, other)
    answer = officer.get(at(others[0]))
    assert "so nothing can be priced" in words(answer)
    assert {one.cost for one in answer.context["why"].allowed} == {None}
    assert words(officer.get(at(others[0], others[1]))).count("can be priced") <= 1


def test_somebody_else_is_looked_at_by_choosing_from_the_list(
    officer: Client, first: Scenario
) -> None:
    host, other, *_ = members(first.round)
    query = {"scenario": first.pk, "challenger": other.pk}
    answer = officer.get(reverse("match_why", args=[host.round_id, host.pk]), query)
    assert answer.url == reverse("match_pair", args=[host.round_id, host.pk, other.pk]) + (
        f"?scenario={first.pk}"
    )


def test_the_page_asks_as_often_for_few_as_for_many(db: None, signed_in: Browser) -> None:
    asked = []
    for size in (3, 6):
        world = World(size=size)
        scenario = actions.start_scenario(world.opened(), "First", by=world.officer)
        client, address = signed_in(world.officer), at(members(scenario.round)[0])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked == [QUERIES, QUERIES]
