"""What the board says of matches that fell through, and matching again around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Participation, Round
from rounds.states import ChallengeState
from tests.rounds.conftest import words
from tests.world import World, fresh

Browser = Callable[[User], Client]
C = ChallengeState


@pytest.fixture
def world(db: None) -> World:
    return World(size=6)


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


def members(round: Round) -> list[Participation]:
    return list(round.participations.select_related("authority").order_by("authority__dfe_code"))


def at(name: str, round: Round) -> str:
    return reverse(name, args=[round.pk])


def decline(world: World, round: Round, why: str = "Inspected <b>this</b> winter") -> None:
    """The first host objects to its challenger."""
    host = members(round)[0]
    challenge = round.challenges.live().get(host=host)
    director = fresh(world.director_of(host.authority))
    actions.decline_challenge(challenge, reason=why, by=director)


def test_the_board_says_who_objected_and_what_matching_again_would_change(
    world: World, offered: Round, officer: Client
) -> None:
    decline(world, offered)
    host, challenger, *_ = members(offered)
    text = words(officer.get(at("round_match", offered)))
    assert f"{host.authority} objected to being challenged by {challenger.authority}." in text
    assert "Inspected &lt;b&gt;this&lt;/b&gt; winter" in text
    assert "Matching again moves the fewest: 1 other offer would change." in text
    assert "Moving the fewest costs nothing: the round comes to 3,000 points" in text
    assert f"Match again as “After {host.authority}’s objection”" in text


def test_pressing_twice_makes_one_scenario_and_shows_it(
    world: World, offered: Round, officer: Client
) -> None:
    decline(world, offered)
    urls = {officer.post(at("round_match_again", offered)).url for _ in range(2)}
    [made] = offered.scenarios.filter(name__startswith="After")
    assert urls == {f"{at('round_match', offered)}?scenario={made.pk}"}
    page = words(officer.get(urls.pop()))
    assert "Nobody is told until you publish and confirm it." in page
    assert f"Open “{made.name}”" in page


def test_with_nothing_open_there_is_nothing_to_match_again(offered: Round, officer: Client) -> None:
    answer = officer.post(at("round_match_again", offered), follow=True)
    assert "Every host has its challenger" in words(answer)


def test_what_is_published_and_not_told_yet_can_be_taken_back_from_the_board(
    proposed: Round, officer: Client
) -> None:
    text = words(officer.get(at("round_match", proposed)))
    assert "is published, and nobody has been told yet" in text
    assert f'action="{at("round_match_take_back", proposed)}"' in text
    assert at("round_match_confirm", proposed) in text


def test_all_of_it_is_the_officers(world: World, offered: Round, signed_in: Browser) -> None:
    decline(world, offered)
    elsewhere = World(size=0).officer
    for name in ("round_match_publish", "round_match_take_back", "round_match_again"):
        for user, expected in (
            (world.chair, 403),
            (world.directors[0], 403),
            (elsewhere, 404),
            (world.person(Role.SYSTEM_ADMINISTRATOR), 404),
        ):
            assert signed_in(user).post(at(name, offered)).status_code == expected
            assert signed_in(world.officer).get(at(name, offered)).status_code == 405


def test_taking_one_match_back_frees_its_host(
    world: World, offered: Round, officer: Client
) -> None:
    challenge = offered.challenges.live().get(host=members(offered)[0])
    address = reverse("challenge_cancel", args=[challenge.pk])
    assert "and tell all sides" in words(officer.get(address))
    for _ in range(2):
        answer = officer.post(address, {"reason": "They are too close."})
        assert answer.url == at("round_match", offered)
    assert world.again(challenge).state == C.CANCELLED
    text = words(officer.get(at("round_match", offered)))
    assert f"The match of {challenge.host_authority} with" in text


def test_taking_back_is_the_officers(world: World, offered: Round, signed_in: Browser) -> None:
    address = reverse("challenge_cancel", args=[world.first(offered).pk])
    host = world.director_of(world.first(offered).host_authority)
    assert signed_in(host).post(address).status_code == 403
    assert signed_in(World(size=0).officer).post(address).status_code == 404
