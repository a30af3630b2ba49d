"""What the page of visits says of days on which somebody cannot, and of visits without any."""

from __future__ import annotations

from typing import Any

import pytest

from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Round
from rounds.states import ChallengeState, RoundState
from tests.rounds.conftest import ring_of
from tests.rounds.views.test_visits import Browser, at, days_from, in_order, row, set_days, text
from tests.world import World, run_effects

# Of the page of all visits, the two for whom somebody cannot and the one for a place of the
# visit's sessions that is not to be had among them.
QUERIES = 14


def test_where_not_all_can_have_days_the_page_says_why_and_what_would_help(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    stuck = world.authorities[0]
    actions.say_unavailable(
        stuck,
        first_day=accepted.visits_from,
        last_day=accepted.visits_to,
        reason="The ballet is in town",
        by=world.directors[0],
    )
    client, address = signed_in(world.officer), at("round_visits", accepted)
    client.post(address, {"fill": 1})
    run_effects()
    page = text(client.get(address))
    assert "These 2 rules cannot all be kept" in page
    assert f"{stuck} cannot on" in page
    assert "Possible with visits until" in page
    assert "The ballet is in town" not in page
    assert "Find days for the empty ones" in page
    assert [len(set_days(one)) for one in in_order(accepted)].count(2) == 1


def test_a_day_set_by_hand_on_which_somebody_cannot_stands_and_is_said(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    first, second = days_from(accepted, 1)
    lead = world.person(Role.REVIEWER, challenge.challenger_authority, name="Lead Reviewer")
    actions.name_lead(challenge, lead, by=world.officer)
    actions.say_unavailable(None, first_day=first, last_day=first, reason="Ballet", by=lead)
    client, address = signed_in(world.officer), at("round_visits", accepted)
    page = text(client.post(address, row(challenge, first, second), follow=True))
    assert set_days(challenge) == [first, second]
    assert f"Lead Reviewer cannot on {first:%A} {first.day} {first:%B %Y}, for the visit" in page
    assert "Ballet" not in page


def test_the_page_of_one_visit_says_who_cannot_when(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    first, _ = days_from(accepted, 1)
    host = challenge.host_authority
    director = world.director_of(host)
    actions.say_unavailable(host, first_day=first, last_day=first, reason="Ballet", by=director)
    page = text(signed_in(world.officer).get(at("challenge_days", challenge)))
    assert "These said that they cannot." in page
    assert f"{host}: {first:%A} {first.day} {first:%B %Y}" in page
    assert "Ballet" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("size", [3, 6])
def test_the_page_takes_as_many_queries_for_many_visits_as_for_few(
    size: int, signed_in: Browser, django_assert_num_queries: Any
) -> None:
    world = World(size=size)
    round = ring_of(world)
    Challenge.objects.filter(round=round).update(state=ChallengeState.ACCEPTED)
    Round.objects.filter(pk=round.pk).update(state=RoundState.UNDER_WAY)
    assert len(actions.fill_visit_days(round, by=world.officer).challenges) == size
    client = signed_in(world.officer)
    with django_assert_num_queries(QUERIES):
        client.get(at("round_visits", round))
