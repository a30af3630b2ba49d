"""The officer’s word on two authorities: chosen, locked, kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import (
    Round,
    Scenario,
)
from tests.rounds.at_why import at, challenger_of, in_conflict, members, others_of, press
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]


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
