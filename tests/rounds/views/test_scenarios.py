"""Scenarios of a round: listed, made, weighed, compared, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Participation, Round, Scenario
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]
LIST_QUERIES = 40


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


def at(name: str, round: Round, *more: int) -> str:
    return reverse(name, args=[round.pk, *more])


def weighed(scenario: Scenario, **changed: Any) -> dict[str, Any]:
    """What the settings page sends."""
    usual = {"strength": 5, "fresh": 4, "neighbour": 3, "preference": 3, "travel": 2}
    weights = {**usual, "balance": 2, "border": 0}
    sent = {f"weight_{key}": number for key, number in weights.items()}
    given = {"name": scenario.name, "worst_first": "on", "version": scenario.version}
    return {**sent, **given, **changed}


def moved(world: World, first: Scenario) -> tuple[Scenario, Participation]:
    """A copy in which the first host has somebody else."""
    copy = actions.copy_scenario(first, "Another", by=world.officer)
    host = members(first.round)[0]
    mine = first.matches.get(host=host).challenger
    other = next(one for one in members(first.round) if one not in {host, mine})
    actions.choose_challenger(first.round, copy, host, other, by=world.officer)
    return copy, host


def test_a_round_without_scenarios_says_how_to_get_one(officer: Client, open_round: Round) -> None:
    text = words(officer.get(at("round_scenarios", open_round)))
    assert "No scenario is saved yet." in text
    assert at("scenario_new", open_round) in text


def test_each_scenario_is_listed_with_what_it_comes_to(
    world: World, officer: Client, first: Scenario
) -> None:
    copy, _host = moved(world, first)
    one, other = officer.get(at("round_scenarios", first.round)).context["lines"]
    assert (one.scenario, other.scenario) == (first, copy)
    assert (one.reference, other.reference) == (True, False)
    assert one.moved == 0
    assert other.moved >= 2
    assert one.by == world.officer.name
    assert one.score == f"{one.standing.total:,}"
    assert (one.matched, one.hosts, one.out_of) == (5, 5, "5,000")
    assert one.worst_score == f"{one.standing.worst_score} of 1,000"


def test_in_groups_the_points_are_out_of_what_all_their_meetings_can_give(
    db: None, signed_in: Browser
) -> None:
    world = World(7, preset="group")
    round = world.opened()
    actions.start_scenario(round, "First proposal", by=world.officer)
    [line] = signed_in(world.officer).get(at("round_scenarios", round)).context["lines"]
    assert line.out_of == "18,000"  # four meet twelve times and three six times
    assert line.worst_score.endswith((" of 2,000", " of 3,000"))


def test_what_is_published_is_marked_and_the_others_are_held_against_it(
    world: World, officer: Client, first: Scenario
) -> None:
    copy, _host = moved(world, first)
    actions.publish_scenario(copy, by=world.officer)
    answer = officer.get(at("round_scenarios", first.round))
    assert [line.reference for line in answer.context["lines"]] == [False, True]
    assert words(answer).count("Published") == 1


@pytest.mark.parametrize("page", ["round_scenarios", "scenarios_compare"])
def test_a_list_asks_as_often_for_few_as_for_many(
    world: World, officer: Client, first: Scenario, page: str
) -> None:
    asked = []
    actions.copy_scenario(first, "Second", by=world.officer)
    for more in (["Third"], ["Fourth", "Fifth"]):
        officer.get(at(page, first.round))
        with CaptureQueriesContext(connection) as queries:
            officer.get(at(page, first.round))
        asked.append(len(queries))
        for name in more:
            actions.copy_scenario(first, name, by=world.officer)
    assert asked[0] == asked[1]
    assert asked[0] <= LIST_QUERIES


def test_a_copy_is_made_with_a_name_and_opens_its_settings(
    officer: Client, first: Scenario
) -> None:
    page = officer.get(at("scenario_new", first.round) + f"?copy={first.pk}")
    assert page.context["form"].initial["copy"] == first.pk
    sent = {"name": "Short journeys", "copy": first.pk}
    answer = officer.post(at("scenario_new", first.round), sent, follow=True)
    made = Scenario.objects.get(name="Short journeys")
    assert answer.redirect_chain[-1][0] == at("scenario_settings", first.round, made.pk)
    assert made.matches.count() == 5


def test_a_fresh_proposal_is_made_where_there_is_nothing_to_copy(
    officer: Client, open_round: Round
) -> None:
    officer.post(at("scenario_new", open_round), {"name": "Mine", "copy": 0})
    assert open_round.scenarios.get().matches.count() == 5


def test_a_name_that_is_taken_or_missing_is_said_beside_its_box(
    officer: Client, first: Scenario
) -> None:
    for name, said in (
        ("first proposal", "already has a scenario called “first proposal”"),
        ("", "Enter a name"),
        ("x" * 61, "must be 60 characters or less"),
    ):
        answer = officer.post(at("scenario_new", first.round), {"name": name, "copy": first.pk})
        assert said in words(answer)
    assert first.round.scenarios.count() == 1


def test_a_scenario_of_another_round_is_not_copied(officer: Client, first: Scenario) -> None:
    stranger = World()
    theirs = actions.start_scenario(stranger.opened(), "Theirs", by=stranger.officer)
    answer = officer.post(at("scenario_new", first.round), {"name": "X", "copy": theirs.pk})
    assert answer.status_code == 200
    assert first.round.scenarios.count() == 1
    for name in ("scenario_settings", "scenario_delete"):
        address = at(name, first.round, theirs.pk)
        assert officer.get(address).status_code in {302, 404}
        officer.post(address)
    assert Scenario.objects.filter(pk=theirs.pk).exists()


def test_weights_are_saved_and_the_matches_stay(officer: Client, first: Scenario) -> None:
    before = set(first.matches.values_list("host", "challenger"))
    answer = officer.post(
        at("scenario_settings", first.round, first.pk),
        weighed(first, weight_travel=9, name="Short journeys", worst_first=""),
        follow=True,
    )
    assert "Saved. The matches are as they were." in words(answer)
    first.refresh_from_db()
    assert (first.name, first.weights["travel"], first.worst_first) == (
        "Short journeys",
        9,
        False,
    )
    assert set(first.matches.values_list("host", "challenger")) == before
    assert answer.context["form"].initial["weight_travel"] == 9


def test_weights_are_saved_and_matched_by_on_one_press(officer: Client, first: Scenario) -> None:
    first.matches.all().delete()
    answer = officer.post(
        at("scenario_settings", first.round, first.pk),
        weighed(first, weight_travel=9, suggest="1"),
    )
    assert answer.url == at("round_match", first.round) + f"?scenario={first.pk}"
    assert first.matches.count() == 5


def test_authorities_that_share_a_border_are_kept_apart_by_a_tick(
    officer: Client, first: Scenario
) -> None:
    address = at("scenario_settings", first.round, first.pk)
    officer.post(address, weighed(first, never_border="on"))
    first.refresh_from_db()
    assert first.weights["border"] == -1
    form = officer.get(address).context["form"]
    assert (form.initial["never_border"], form.initial["weight_border"]) == (True, 0)


def test_a_weight_that_is_none_is_said_beside_its_box(officer: Client, first: Scenario) -> None:
    address = at("scenario_settings", first.round, first.pk)
    for wrong in ("11", "-1", "x", "", "\x00", "9" * 40):
        answer = officer.post(address, weighed(first, weight_travel=wrong))
        assert 'href="#id_weight_travel"' in words(answer)
    first.refresh_from_db()
    assert first.weights == {}


def test_of_two_officers_the_later_sees_both_and_overwrites_nothing(
    world: World, officer: Client, first: Scenario
) -> None:
    address = at("scenario_settings", first.round, first.pk)
    officer.post(address, weighed(first, weight_travel=9))
    answer = officer.post(address, weighed(first, weight_travel=4))
    text = words(answer)
    assert "Somebody changed this while you had the page open" in text
    assert "What is saved now" in text
    first.refresh_from_db()
    assert first.weights["travel"] == 9
    again = {
        **weighed(first, weight_travel=4),
        "version": answer.context["form"]["version"].value(),
    }
    officer.post(address, again)
    first.refresh_from_db()
    assert first.weights["travel"] == 4


def test_what_is_published_is_only_renamed(world: World, officer: Client, first: Scenario) -> None:
    actions.publish_scenario(first, by=world.officer)
    address = at("scenario_settings", first.round, first.pk)
    text = words(officer.get(address))
    assert "is published" in text
    assert "weight_travel" not in text
    officer.post(address, weighed(first, weight_travel=9, name="Agreed"))
    first.refresh_from_db()
    assert (first.name, first.weights) == ("Agreed", {})


def test_whom_a_scenario_keeps_apart_is_listed_with_the_way_back(
    world: World, officer: Client, first: Scenario
) -> None:
    a, b, *_ = members(first.round)
    actions.exclude_pair(first.round, first, a, b, reason="They <i>share</i>", by=world.officer)
    text = words(officer.get(at("scenario_settings", first.round, first.pk)))
    assert f"{b.authority} does not challenge {a.authority}." in text
    assert "They &lt;i&gt;share&lt;/i&gt;" in text
    assert at("match_pair", first.round, a.pk, b.pk) in text


def test_deleting_asks_first_and_is_done_once(officer: Client, first: Scenario) -> None:
    address = at("scenario_delete", first.round, first.pk)
    assert "Delete “First proposal”?" in words(officer.get(address))
    assert first.round.scenarios.count() == 1
    for said in ("has been deleted.", "has been deleted already."):
        assert said in words(officer.post(address, follow=True))
    assert first.round.scenarios.count() == 0


def test_what_is_published_stays(world: World, officer: Client, first: Scenario) -> None:
    actions.publish_scenario(first, by=world.officer)
    address = at("scenario_delete", first.round, first.pk)
    assert "Delete it" not in words(officer.get(address))
    assert "so it stays. Take it back first." in words(officer.post(address, follow=True))
    assert first.round.scenarios.count() == 1


def test_scenarios_are_the_officers(world: World, first: Scenario, signed_in: Browser) -> None:
    addresses = [
        at("round_scenarios", first.round),
        at("scenario_new", first.round),
        at("scenarios_compare", first.round),
        at("scenario_settings", first.round, first.pk),
        at("scenario_delete", first.round, first.pk),
    ]
    for somebody, expected in (
        (world.chair, 403),
        (world.directors[0], 403),
        (World().officer, 404),
    ):
        client = signed_in(somebody)
        assert {client.get(one).status_code for one in addresses} == {expected}
