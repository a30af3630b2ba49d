"""The places of an authority where sessions are held."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authorities.actions import add_venue, close_venue, set_journey
from authorities.models import Authority, User, Venue, VenueJourney
from authorities.states import Role
from peerchallenge.shared.answers import Refused
from tests.world import World

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
QUERIES = 9


@pytest.fixture
def own(world: World) -> Authority:
    return world.authorities[0]


@pytest.fixture
def director(world: World, signed_in: Browser) -> Client:
    return signed_in(world.directors[0])


@pytest.fixture
def hall(world: World, own: Authority) -> Venue:
    return add_venue(own, name="Town Hall", address="1 Any Street", by=world.directors[0])


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_a_venue_is_read_by_all_of_the_region(
    director: Client, own: Authority, world: World, signed_in: Browser
) -> None:
    asked = {"name": "Town Hall", "address": "1 Any Street\nAnyton", "access": "Steps <b>"}
    director.post(f"/authorities/{own.pk}/venues/add", asked)
    reviewer = signed_in(world.person(Role.REVIEWER, world.authorities[1]))
    page = text(reviewer.get(f"/authorities/{own.pk}/venues"))
    assert "1 Any Street<br>Anyton" in page
    assert "Steps &lt;b&gt;" in page
    assert "Add a venue" not in page
    assert signed_in(World().officer).get(f"/authorities/{own.pk}/venues").status_code == 404


def test_others_are_told_why_they_may_not_change_one(
    hall: Venue, world: World, signed_in: Browser
) -> None:
    for user in (world.directors[1], world.chair):
        for address in (f"/venues/{hall.pk}", f"/venues/{hall.pk}/close"):
            refused = signed_in(user).post(address, {"name": "Mine"})
            assert refused.status_code == 403
            assert "director and officers" in text(refused)
    hall.refresh_from_db()
    assert (hall.name, hall.closed) == ("Town Hall", False)


def test_a_venue_of_another_region_is_no_page(hall: Venue, signed_in: Browser) -> None:
    stranger = signed_in(World().officer)
    assert stranger.get(f"/venues/{hall.pk}").status_code == 404


def test_two_venues_of_one_name_are_refused_beside_the_name(
    director: Client, own: Authority, hall: Venue
) -> None:
    page = text(director.post(f"/authorities/{own.pk}/venues/add", {"name": "town hall"}))
    assert "has a venue called “Town Hall” already" in page
    same = {"name": "Town Hall", "address": "1 Any Street"}
    assert director.post(f"/authorities/{own.pk}/venues/add", same).status_code == 302
    assert Venue.objects.count() == 1


def test_of_two_who_change_it_at_once_the_second_sees_both(
    director: Client, hall: Venue, world: World, signed_in: Browser
) -> None:
    seen = director.get(f"/venues/{hall.pk}").context["form"]["seen"].value()
    first = {"name": "Town Hall", "address": "2 Any Street", "seen": seen}
    signed_in(world.officer).post(f"/venues/{hall.pk}", first)
    mine = {"name": "Town Hall", "address": "3 Any Street", "seen": seen}
    page = director.post(f"/venues/{hall.pk}", mine)
    assert "2 Any Street" in text(page)
    assert "3 Any Street" in text(page)
    hall.refresh_from_db()
    assert hall.address == "2 Any Street"
    again = mine | {"seen": page.context["form"].data["seen"]}
    assert director.post(f"/venues/{hall.pk}", again).status_code == 302
    hall.refresh_from_db()
    assert hall.address == "3 Any Street"


def test_a_closed_venue_is_offered_again_when_it_is_opened(director: Client, hall: Venue) -> None:
    director.post(f"/venues/{hall.pk}/close")
    assert list(Venue.objects.open()) == []
    page = text(director.get(f"/authorities/{hall.authority_id}/venues"))
    assert "Venues no longer offered" in page
    director.post(f"/venues/{hall.pk}/close", {"open": "yes"})
    assert list(Venue.objects.open()) == [hall]


def test_a_journey_is_the_same_either_way_and_can_be_unknown_again(
    director: Client, hall: Venue, world: World
) -> None:
    centre = add_venue(hall.authority, name="Centre", by=world.officer)
    director.post(f"/venues/{centre.pk}/journeys", {f"to_{hall.pk}": "25"})
    assert [(one.one, one.other, one.minutes) for one in VenueJourney.objects.all()] == [
        (hall, centre, 25)
    ]
    page = text(director.get(f"/authorities/{hall.authority_id}/venues"))
    assert "25 minutes to Town Hall" in page
    assert "25 minutes to Centre" in page
    assert "must be 600 or less" in text(
        director.post(f"/venues/{centre.pk}/journeys", {f"to_{hall.pk}": "601"})
    )
    director.post(f"/venues/{hall.pk}/journeys", {f"to_{centre.pk}": ""})
    assert not VenueJourney.objects.exists()


def test_no_journey_leads_into_another_authority(world: World, hall: Venue) -> None:
    elsewhere = add_venue(world.authorities[1], name="Elsewhere", by=world.officer)
    with pytest.raises(Refused, match="two venues of one authority"):
        set_journey(hall, elsewhere, minutes=5, by=world.officer)
    close_venue(hall, by=world.officer)
    with pytest.raises(Refused, match="two venues of one authority"):
        set_journey(hall, hall, minutes=5, by=world.officer)


def test_as_many_queries_for_three_as_for_one(
    director: Client,
    own: Authority,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made: list[Venue] = []
    for name in ("A", "B", "C"):
        made.append(add_venue(own, name=name, by=world.officer))
        for other in made[:-1]:
            set_journey(made[-1], other, minutes=10, by=world.officer)
        with django_assert_num_queries(QUERIES):
            director.get(f"/authorities/{own.pk}/venues")
