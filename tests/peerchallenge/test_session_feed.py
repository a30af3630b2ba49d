"""Sessions of a released timetable in people's own calendars."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import make_calendar_feed
from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.mail import address
from rounds import actions
from rounds.models import Challenge, Session, TimetableRelease
from rounds.states import ChallengeState
from tests.rounds.released import moved, prepared, release, with_session
from tests.world import World, fresh

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def challenge(world: World) -> Challenge:
    return prepared(world)


def read(user: User) -> str:
    token = make_calendar_feed(by=fresh(user))
    return Client().get(reverse("calendar_feed", args=[token])).content.decode()


def sessions(user: User) -> dict[str, vobject.base.Component]:
    """By what they are called; the days of visits are left out."""
    events = vobject.readOne(read(user)).contents.get("vevent", [])
    timed = [event for event in events if isinstance(event.dtstart.value, datetime)]
    return {event.summary.value.rpartition(" (")[0]: event for event in timed}


def numbers(user: User) -> dict[str, int]:
    return {title: int(event.sequence.value) for title, event in sessions(user).items()}


def test_a_draft_is_in_nobodys_calendar_and_a_release_in_that_of_those_who_are_there(
    world: World, challenge: Challenge
) -> None:
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    host = world.director_of(challenge.host_authority)
    assert [sessions(one) for one in (lead, member, host)] == [{}, {}, {}]
    with_session(challenge, host, kind="break", title="Lunch", start=time(12))
    release(challenge, lead)
    assert set(sessions(lead)) == {"Young people", "Lunch"}
    assert set(sessions(member)) == {"Police", "Lunch"}
    officer = world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    for one in (host, officer):
        assert set(sessions(one)) == {"Young people", "Police", "Lunch"}
    for stranger in (
        world.officer,
        world.director_of(challenge.challenger_authority),
        world.person(Role.LEAD_MEMBER, challenge.host_authority),
    ):
        assert sessions(stranger) == {}


def test_an_entry_says_what_when_and_where_and_leads_to_the_page(
    world: World, challenge: Challenge
) -> None:
    lead = world.lead_of(challenge)
    seen = challenge.timetable.sessions.get(title="Young people").seen.get()
    seen.names = "Ada"
    seen.save()
    challenge.timetable.names_shown = True
    challenge.timetable.save()
    found = release(challenge, lead)
    event = sessions(lead)["Young people"]
    young = challenge.timetable.sessions.get(title="Young people")
    page = address("timetable_version", challenge.pk, found.number)
    assert event.uid.value == str(young.uid)
    assert event.dtstart.value == young.starts
    assert event.dtend.value == young.ends
    assert event.location.value == "Room 2, Civic Centre"
    assert event.url.value == event.description.value == page
    assert event.status.value == "CONFIRMED"
    host = sessions(world.director_of(challenge.host_authority))
    assert host["Police"].description.value == f"https://meet.example.org/police\n{page}"
    text = read(world.director_of(challenge.host_authority)).replace("\r\n ", "")
    for kept in ("Ada", "Young person", "agenda", "How well are young people heard"):
        assert kept not in text


def test_a_session_that_moves_settles_or_goes_keeps_its_uid_and_its_number_rises(
    world: World, challenge: Challenge
) -> None:
    host = world.director_of(challenge.host_authority)
    police = challenge.timetable.sessions.get(title="Police")
    Session.objects.filter(pk=police.pk).update(tentative=True)
    release(challenge, host)
    first = sessions(host)
    assert first["Police"].status.value == "TENTATIVE"
    before = numbers(host)
    police.tentative = False
    police.save()
    moved(challenge, "Police", time(15), host)
    assert numbers(host) == before
    release(challenge, host)
    second = sessions(host)
    assert second["Police"].uid.value == first["Police"].uid.value
    assert second["Police"].status.value == "CONFIRMED"
    assert f"{second['Police'].dtstart.value:%H:%M}" == "15:00"
    assert numbers(host) == {**before, "Police": before["Police"] + 1}
    actions.remove_session(police, by=host)
    found = release(challenge, host)
    third = sessions(host)
    assert third["Police"].status.value == "CANCELLED"
    assert numbers(host)["Police"] == before["Police"] + 2
    content = found.content
    long_ago = timezone.localdate() - timedelta(days=31)
    content["dropped"][0]["dropped_on"] = long_ago.isoformat()
    TimetableRelease.objects.filter(pk=found.pk).update(content=content)
    assert set(sessions(host)) == {"Young people"}


def test_a_visit_that_is_called_off_cancels_its_sessions_and_they_rise(
    world: World, challenge: Challenge
) -> None:
    host = world.director_of(challenge.host_authority)
    release(challenge, host)
    before = numbers(host)
    actions.cancel_challenge(challenge, by=world.officer)
    assert {one.status.value for one in sessions(host).values()} == {"CANCELLED"}
    assert all(number > before[title] for title, number in numbers(host).items())


def test_who_left_the_team_or_whose_challenge_is_closed_has_no_sessions(
    world: World, challenge: Challenge
) -> None:
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    host = world.director_of(challenge.host_authority)
    release(challenge, lead)
    actions.leave_team(challenge.team.get(user=member), by=lead)
    assert sessions(member) == {}
    Challenge.objects.filter(pk=challenge.pk).update(state=ChallengeState.CLOSED)
    assert sessions(lead) == {}
    assert set(sessions(host)) == {"Young people", "Police"}


def test_times_are_those_of_the_clock_on_the_wall_before_and_after_it_changes(
    world: World, challenge: Challenge
) -> None:
    """The clocks go back on Sunday 31 October 2027."""
    host = world.director_of(challenge.host_authority)
    days = {"Young people": date(2027, 10, 29), "Police": date(2027, 11, 1)}
    for title, day in days.items():
        challenge.timetable.sessions.filter(title=title).update(day=day, start=time(9, 30))
    release(challenge, host)
    text = read(host)
    for day in days.values():
        assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T093000\r\n" in text
    found = sessions(host)
    for title, offset in (("Young people", 1), ("Police", 0)):
        start = found[title].dtstart.value
        assert start.utcoffset() == timedelta(hours=offset)
        assert start == datetime.combine(days[title], time(9, 30), tzinfo=LONDON)
