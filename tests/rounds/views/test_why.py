"""Why this challenger, what another costs, and the officer’s word on two authorities."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import (
    Capacity,
    Conflict,
    ConflictKind,
    HostPreference,
    Participation,
    Round,
    Scenario,
)
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


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def challenger_of(scenario: Scenario, host: Participation) -> Participation:
    return scenario.matches.get(host=host).challenger


def others_of(scenario: Scenario, host: Participation) -> list[Participation]:
    mine = challenger_of(scenario, host)
    return [one for one in members(scenario.round) if one not in {host, mine}]


def in_conflict(world: World, one: Participation, other: Participation) -> None:
    Conflict.objects.create(
        authority=one.authority,
        other=other.authority,
        kind=ConflictKind.FAMILY,
        declared_by=world.officer,
    )


def wish(host: Participation, *challengers: Participation) -> None:
    for rank, one in enumerate(challengers, 1):
        HostPreference.objects.create(participation=host, challenger=one, rank=rank)


def at(host: Participation, challenger: Participation | None = None, **query: object) -> str:
    name = "match_pair" if challenger else "match_why"
    args = [host.round_id, host.pk, *([challenger.pk] if challenger else [])]
    return reverse(name, args=args) + "?" + "&".join(f"{k}={v}" for k, v in query.items())


def press(
    officer: Client, what: str, host: Participation, challenger: Participation, **more: Any
) -> Any:
    """As the buttons of the page send it."""
    scenario = Scenario.objects.filter(round=host.round).first()
    query = {"scenario": scenario.pk} if scenario else {}
    page = officer.get(at(host, challenger, **query))
    sent = {"press": what, "version": page.context["pair"].seen.version, **more}
    return officer.post(at(host, challenger, **query), sent, follow=True)


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


def test_choosing_matches_the_rest_again_and_says_who_else_moved(
    officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    other = others_of(first, host)[0]
    price = officer.get(at(host, other)).context["pair"].candidate.near
    text = words(press(officer, "choose", host, other))
    assert challenger_of(first, host) == other
    assert f"{other.authority} now challenges {host.authority}." in text
    assert " another one now too." in text
    assert price.names.split(" and ")[0].split(", ")[0] in text


def test_choosing_in_a_proposal_saves_it(officer: Client, open_round: Round) -> None:
    host = members(open_round)[0]
    why = officer.get(at(host)).context["why"]
    other = why.allowed[-1].member
    press(officer, "choose", host, other)
    assert challenger_of(open_round.scenarios.get(), host) == other


def test_a_lock_is_set_and_opened_where_the_match_is_explained(
    officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    mine = challenger_of(first, host)
    text = words(press(officer, "lock", host, mine))
    assert "This match is locked: unlock it to choose somebody else." in text
    assert f"Unlock {mine.authority}" in text
    assert not re.search(r'value="choose"', text)
    other = others_of(first, host)[0]
    assert "match is locked" in words(officer.get(at(host, other)))
    press(officer, "unlock", host, mine)
    assert first.matches.get(host=host).locked is False


def test_a_forbidden_challenger_needs_a_reason_and_keeps_it(
    world: World, officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    other = others_of(first, host)[0]
    in_conflict(world, host, other)
    answer = press(officer, "choose", host, other)
    assert "Say why the match may stand all the same" in words(answer)
    assert challenger_of(first, host) != other
    text = words(
        press(officer, "choose", host, other, **{"choose-reason": "The cousin <b>retired</b>"})
    )
    row = first.matches.get(host=host)
    assert (row.challenger, row.locked, row.reason) == (other, True, "The cousin <b>retired</b>")
    assert "Set aside: The cousin &lt;b&gt;retired&lt;/b&gt;" in text


def test_two_are_kept_apart_with_a_reason_and_allowed_again(
    officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    mine = challenger_of(first, host)
    press(officer, "exclude", host, mine, **{"exclude-reason": "They meet every week"})
    assert first.exclusions.get().reason == "They meet every week"
    assert challenger_of(first, host) != mine
    text = words(officer.get(at(host, mine)))
    assert "They meet every week" in text
    assert f"Choosing {mine.authority} all the same ends that." in text
    answer = press(officer, "allow", host, mine, back="settings")
    assert answer.redirect_chain[-1][0] == reverse(
        "scenario_settings", args=[first.round_id, first.pk]
    )
    assert not first.exclusions.exists()


def test_a_page_that_is_older_than_the_matches_loses_nothing(
    world: World, officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    mine, other = challenger_of(first, host), others_of(first, host)[0]
    in_conflict(world, host, other)
    actions.lock_match(first.round, first, host, mine, by=world.officer)
    actions.unlock_match(first.round, first, host, mine, by=world.officer)
    answer = officer.post(
        at(host, other, scenario=first.pk),
        {"press": "choose", "version": "0", "choose-reason": "A long thought"},
    )
    text = words(answer)
    assert "Somebody changed the matches while you had this page open" in text
    assert "A long thought" in text
    assert challenger_of(first, host) == mine


def test_a_reason_that_is_too_long_is_said_beside_its_box(officer: Client, first: Scenario) -> None:
    host = members(first.round)[0]
    answer = press(
        officer, "exclude", host, challenger_of(first, host), **{"exclude-reason": "word " * 101}
    )
    assert "must be 100 words or less" in words(answer)
    assert 'href="#id_exclude-reason"' in words(answer)
    assert not first.exclusions.exists()


def test_what_is_published_is_explained_and_not_changed(
    world: World, officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    mine = challenger_of(first, host)
    actions.publish_scenario(first, by=world.officer)
    text = words(officer.get(at(host)))
    assert "is published" in text
    assert 'name="press"' not in text
    answer = press(officer, "exclude", host, mine)
    assert "is published" in words(answer)
    assert not first.exclusions.exists()


def test_a_scenario_of_another_round_is_none_of_this_one(officer: Client, first: Scenario) -> None:
    stranger = World()
    theirs = actions.start_scenario(stranger.opened(), "Theirs", by=stranger.officer)
    host = members(first.round)[0]
    for query in ({"scenario": theirs.pk}, {"scenario": "x"}, {"scenario": 10**17}):
        assert officer.get(at(host, **query)).status_code == 404


def test_nobody_outside_the_round_is_a_host_or_a_challenger(
    officer: Client, first: Scenario
) -> None:
    host = members(first.round)[0]
    stranger = World().opened().participations.first()
    for pair in ((host.pk, stranger.pk), (stranger.pk, host.pk)):
        address = reverse("match_pair", args=[first.round_id, *pair])
        assert officer.get(address).status_code == 404
    assert officer.get(at(host, host)).url == reverse("match_why", args=[host.round_id, host.pk])


def test_a_press_that_is_none_is_no_page(officer: Client, first: Scenario) -> None:
    host = members(first.round)[0]
    for sent in ({}, {"press": "shove"}, {"press": "\x00"}):
        assert officer.post(at(host, challenger_of(first, host)), sent).status_code == 404


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
