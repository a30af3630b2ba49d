"""The timetable as a list and as a grid, and what is done to whole days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Session, Timetable
from rounds.queries.sessions import SeenWords, SessionWords
from rounds.queries.timetable import timetable_page
from tests.rounds.conftest import words
from tests.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.booked())


@pytest.fixture
def host(world: World) -> User:
    return world.directors[0]


@pytest.fixture
def begun(challenge: Challenge, host: User) -> Challenge:
    """With the outline of paired visits on its two days."""
    actions.start_timetable(challenge, by=host)
    return challenge


def at(challenge: Challenge, **query: object) -> str:
    address = reverse("challenge_timetable", args=[challenge.pk])
    return address + ("?" + "&".join(f"{key}={one}" for key, one in query.items()) if query else "")


def day_of(challenge: Challenge, phase: str = "day1") -> date:
    return challenge.days.get(phase=phase).day


def named(challenge: Challenge, host: User) -> Session:
    """A session with a name and a note in it."""
    actions.show_names(challenge, shown=True, by=host)
    return actions.add_session(
        challenge,
        SessionWords(
            "focus_group",
            "Foster carers",
            day_of(challenge),
            time(14),
            note="Ask for Birgit at the desk",
            seen=(SeenWords("Foster carer", 4, names="Edda Rask"),),
        ),
        by=host,
    )


def test_it_begins_with_the_outline_in_one_press(
    signed_in: SignIn, challenge: Challenge, host: User
) -> None:
    client = signed_in(host)
    assert "Begin with the format’s outline" in words(client.get(at(challenge)))
    start = reverse("timetable_start", args=[challenge.pk])
    page = words(client.post(start, follow=True))
    assert "The timetable begins with 6 sessions" in page
    assert "The host presents" in page
    client.post(start)
    assert Session.objects.count() == 6


def test_the_list_has_every_day_with_what_does_not_fit_beside_its_sessions(
    signed_in: SignIn, begun: Challenge, host: User
) -> None:
    presents, asks = Session.objects.order_by("day", "start")[1:3]
    lead = begun.team.get(seat="lead")
    for session in (presents, asks):
        session.team.add(lead)
    asks.start = time(11, 0)
    asks.save()
    page = words(signed_in(host).get(at(begun)))
    clash = f"{lead.user.name} is in “The host presents” and “Questions to the host” at the same"
    assert page.count(clash) == 3
    assert "1 thing does not fit" in page
    assert f"{day_of(begun, 'feedback'):%A}" in page


def test_the_grid_of_a_day_is_a_table_with_parallel_streams_side_by_side(
    signed_in: SignIn, begun: Challenge, host: User
) -> None:
    asks = Session.objects.order_by("day", "start")[2]
    actions.add_session(
        begun, SessionWords("focus_group", "Foster carers", asks.day, asks.start, 60), by=host
    )
    page = words(signed_in(host).get(at(begun, view="grid", day=asks.day.isoformat())))
    assert '<th scope="col">Stream 1</th><th scope="col">Stream 2</th>' in page
    assert 'class="app-grid__session" rowspan="4" colspan="2"' in page
    assert "Foster carers" in page
    assert "Feedback to the host" not in page


@pytest.mark.parametrize("query", [{"view": "wheel"}, {"view": "grid", "day": "never"}])
def test_an_address_that_makes_no_sense_shows_the_timetable_all_the_same(
    signed_in: SignIn, begun: Challenge, host: User, query: dict[str, str]
) -> None:
    assert signed_in(host).get(at(begun, **query)).status_code == 200


def test_names_and_notes_are_for_the_hosts_people_and_the_team_alone(
    signed_in: SignIn, world: World, challenge: Challenge, host: User
) -> None:
    named(challenge, host)
    for reader in (host, world.person(Role.LEAD_MEMBER), world.lead_of(challenge)):
        page = words(signed_in(reader).get(at(challenge)))
        assert "Edda Rask" in page
        assert "Birgit" in page
    page = words(signed_in(world.officer).get(at(challenge)))
    assert "4 × Foster carer" in page
    assert "Edda Rask" not in page
    assert "Birgit" not in page
    assert "Change<" not in page


def test_others_read_no_timetable(signed_in: SignIn, world: World, begun: Challenge) -> None:
    director = world.director_of(begun.challenger_authority)
    for reader in (world.chair, director):
        answer = signed_in(reader).get(at(begun))
        assert answer.status_code == 403
        assert "The timetable is for the host" in words(answer)
    assert signed_in(world.directors[2]).get(at(begun)).status_code == 404


def test_a_day_is_copied_once_however_often_it_is_pressed(
    signed_in: SignIn, begun: Challenge, host: User
) -> None:
    client, day, to = signed_in(host), day_of(begun), day_of(begun, "feedback")
    address = f"{reverse('timetable_copy_day', args=[begun.pk])}?day={day.isoformat()}"
    assert "It has 2 already" in words(client.get(address))
    sent = {"to": to.isoformat(), "version": 1}
    page = words(client.post(address, sent, follow=True))
    assert "4 sessions copied" in page
    page = words(client.post(address, sent, follow=True))
    assert "Somebody changed the timetable" in page
    assert [len(one.sessions) for one in timetable_page(begun).days] == [4, 6]
    assert client.post(address, {"to": "1999-01-01", "version": 2}).status_code == 200
    assert "Copy the sessions of" in words(client.get(address.partition("?")[0]))


def test_sessions_go_along_when_the_visit_gets_other_days(
    signed_in: SignIn, begun: Challenge, host: User
) -> None:
    client, visit = signed_in(host), begun.days.get(phase="day1")
    visit.day = date.fromordinal(visit.day.toordinal() + 1)
    visit.save()
    page, address = words(client.get(at(begun))), reverse("timetable_follow_days", args=[begun.pk])
    assert "Move all sessions to the days of the visit" in page
    form = page.partition(f'action="{address}"')[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in form
    assert "4 sessions moved" in words(client.post(address, {"version": 1}, follow=True))
    assert "changed the timetable" in words(client.post(address, {"version": 1}, follow=True))


def test_the_host_says_whether_names_are_in_it_and_the_team_only_how_long_a_break_is(
    signed_in: SignIn, world: World, begun: Challenge, host: User
) -> None:
    address = reverse("timetable_settings", args=[begun.pk])
    lead = signed_in(world.lead_of(begun))
    assert "names_shown" not in words(lead.get(address))
    lead.post(address, {"break_minutes": "20", "names_shown": "on"})
    timetable = Timetable.objects.get(challenge=begun)
    assert (timetable.break_minutes, timetable.names_shown) == (20, False)
    signed_in(host).post(address, {"break_minutes": "20", "names_shown": "on"})
    timetable.refresh_from_db()
    assert timetable.names_shown
    assert "must be 120 or less" in words(lead.post(address, {"break_minutes": "999"}))


def test_without_days_there_is_nothing_to_begin(
    signed_in: SignIn, world: World, challenge: Challenge, host: User
) -> None:
    challenge.days.all().delete()
    client = signed_in(host)
    assert "begins when the visit has its days" in words(client.get(at(challenge)))
    start = reverse("timetable_start", args=[challenge.pk])
    assert "begins when the visit has its days" in words(client.post(start, follow=True))
    add = reverse("session_add", args=[challenge.pk])
    assert "begins when the visit has its days" in words(client.get(add, follow=True))


@pytest.mark.parametrize("view", ["list", "grid"])
def test_a_page_asks_as_often_for_many_sessions_as_for_few(
    signed_in: SignIn,
    challenge: Challenge,
    host: User,
    view: str,
    django_assert_num_queries: Callable[..., object],
) -> None:
    client, team = signed_in(host), challenge.team.get(seat="lead")
    plain = SessionWords(
        "interview",
        "One",
        day_of(challenge),
        time(9),
        30,
        team=(team.pk,),
        note_taker=team.pk,
        seen=(SeenWords("Head"),),
    )
    actions.add_session(challenge, plain, by=host)
    with django_assert_num_queries(QUERIES):
        client.get(at(challenge, view=view))
    for number in range(2, 4):
        start = time(9 + number)
        actions.add_session(challenge, replace(plain, title=f"{number}", start=start), by=host)
    with django_assert_num_queries(QUERIES):
        client.get(at(challenge, view=view))


QUERIES = 23
