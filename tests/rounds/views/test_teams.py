"""The page on which a team is named, seated and changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Seat, SeatKind
from rounds.queries.teams import seat_kind
from tests.factories import MembershipFactory
from tests.world import World

SignedIn = Callable[[User], Client]


def at(name: str, challenge: Challenge, *more: object) -> str:
    return reverse(name, args=[challenge.pk, *more])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def accepted(world: World) -> Challenge:
    return world.first(world.accepted())


def reviewer(world: World, challenge: Challenge, name: str) -> User:
    return world.person(Role.REVIEWER, challenge.challenger_authority, name=name)


def test_the_challengers_director_names_the_lead_who_names_the_others(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    director = signed_in(world.director_of(accepted.challenger_authority))
    assert "Name the lead reviewer" in words(director.get(at("challenge", accepted)))
    lead, member = reviewer(world, accepted, "Lena Hart"), reviewer(world, accepted, "Tom Reed")
    fields = {"act": "lead", "person": lead.pk}
    answer = director.post(at("challenge_team", accepted), fields, follow=True)
    assert "Lena Hart leads the team. We have written to them." in words(answer)
    fields = {"act": "member", "person": member.pk}
    signed_in(lead).post(at("challenge_team", accepted), fields)
    seats = accepted.team.current().values_list("user__name", "seat")
    assert set(seats) == {("Lena Hart", Seat.LEAD), ("Tom Reed", Seat.MEMBER)}
    page = words(signed_in(lead).get(at("challenge", accepted)))
    assert f"Reviewer, {accepted.challenger_authority}" in page


def test_whom_one_can_choose(world: World, accepted: Challenge, signed_in: SignedIn) -> None:
    mine = reviewer(world, accepted, "Lena Hart")
    host = world.person(Role.REVIEWER, accepted.host_authority)
    third = world.person(Role.REVIEWER, world.authorities[2])
    away = World()
    stranger = away.person(Role.REVIEWER, away.authorities[0])
    client = signed_in(world.director_of(accepted.challenger_authority))
    page = client.get(at("challenge_team", accepted))
    people = page.context["lead_form"].people.values()
    assert {mine, third, world.directors[1]} <= set(people)
    assert not {host, stranger, world.directors[0], world.officer} & set(people)
    fields = {"act": "lead", "person": stranger.pk}
    page = client.post(at("challenge_team", accepted), fields)
    assert page.context["form"].errors == {"person": ["Select one of the choices shown"]}


def test_a_conflict_of_interest_is_said_on_the_form(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    both = reviewer(world, accepted, "Lena Hart")
    MembershipFactory(user=both, role=Role.REVIEWER, authority=accepted.host_authority)
    client = signed_in(world.director_of(accepted.challenger_authority))
    for act in ("lead", "member"):
        page = client.post(at("challenge_team", accepted), {"act": act, "person": both.pk})
        host = accepted.host_authority
        assert page.context["form"].errors == {
            "person": [f"Lena Hart works for {host}, the host of this challenge."]
        }
        assert words(page).count("There is a problem") == 1
    assert not accepted.team.exists()


def test_a_seat_ends_and_with_it_the_reading(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    director = world.director_of(accepted.challenger_authority)
    member = actions.seat_team_member(accepted, reviewer(world, accepted, "Tom Reed"), by=director)
    assert signed_in(member.user).get(at("challenge", accepted)).status_code == 200
    address = at("challenge_team_end", accepted, member.pk)
    answer = signed_in(director).post(address, follow=True)
    assert "Tom Reed is no longer on the team." in words(answer)
    assert signed_in(member.user).get(at("challenge", accepted)).status_code == 404


def test_the_lead_is_replaced_rather_than_taken_off(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    director = world.director_of(accepted.challenger_authority)
    lead = actions.name_lead(accepted, reviewer(world, accepted, "Lena Hart"), by=director)
    answer = signed_in(director).post(at("challenge_team_end", accepted, lead.pk), follow=True)
    assert "name another one instead" in words(answer)
    assert accepted.team.current().get() == lead


def test_who_opens_the_teams_page(world: World, signed_in: SignedIn) -> None:
    challenge = world.first(world.teamed())
    expected = {
        world.director_of(challenge.challenger_authority): 200,
        world.lead_of(challenge): 200,
        world.officer: 200,
        world.member_of(challenge): 403,
        world.director_of(challenge.host_authority): 403,
        world.chair: 403,
        world.directors[2]: 404,
    }
    seat = challenge.team.get(seat=Seat.MEMBER)
    for user, status in expected.items():
        client = signed_in(user)
        assert client.get(at("challenge_team", challenge)).status_code == status
        fields = {"act": "member", "person": seat.user_id}
        may = status == 200 and user != world.officer
        # An officer names the lead, and leaves the rest of the team to them.
        asked = client.post(at("challenge_team", challenge), fields).status_code
        assert asked == (302 if may else max(status, 403))
        if not may:
            ended = client.post(at("challenge_team_end", challenge, seat.pk)).status_code
            assert ended == max(status, 403)
    assert challenge.team.current().count() == 2


def practitioner(world: World, challenge: Challenge) -> tuple[User, SeatKind]:
    kind = seat_kind(challenge.round, "practitioner")
    assert kind
    return world.person(Role.REVIEWER, world.authorities[2]), kind


def test_whoever_is_asked_does_not_see_who_else_is(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    person, kind = practitioner(world, accepted)
    offer = actions.ask_seat(accepted, person, kind, by=world.officer)
    client = signed_in(person)
    assert client.post(reverse("seat_withdraw", args=[offer.pk])).status_code == 403
    actions.decline_seat(offer, reason="On leave", by=person)
    seat = words(client.get(reverse("seat", args=[offer.pk])))
    assert "What else you take part in" in seat
    assert at("challenge_team", accepted) not in seat


def test_whoever_is_only_proposed_finds_no_seat_to_answer(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    person, kind = practitioner(world, accepted)
    offer = actions.propose_seat(accepted, person, kind, by=world.officer)
    page = reverse("seat", args=[offer.pk])
    assert signed_in(person).get(page).status_code == 404
    assert signed_in(world.chair).get(page).status_code == 404


def test_the_pages_take_the_same_queries_for_one_on_the_team_and_for_three(
    world: World, accepted: Challenge, signed_in: SignedIn
) -> None:
    director = world.director_of(accepted.challenger_authority)
    people = [reviewer(world, accepted, name) for name in ("Ann", "Ben", "Cas")]
    actions.name_lead(accepted, people[0], by=director)
    client = signed_in(director)

    def counts() -> list[int]:
        found = []
        for name in ("challenge", "challenge_team"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(name, accepted)).status_code == 200
            found.append(len(queries))
        return found

    counts()
    one = counts()
    for person in people[1:]:
        actions.seat_team_member(accepted, person, by=director)
    assert counts() == one


@pytest.mark.parametrize("value", ["", "\x00", "9" * 400, "-1", "x"])
def test_odd_input_is_an_error_on_the_form(
    world: World, accepted: Challenge, signed_in: SignedIn, value: str
) -> None:
    client = signed_in(world.director_of(accepted.challenger_authority))
    page = client.post(at("challenge_team", accepted), {"act": "lead", "person": value})
    assert page.status_code == 200
    assert "person" in page.context["form"].errors
    assert client.post(at("challenge_team", accepted), {"act": value}).status_code == 200
