"""What a calendar reads from somebody's secret address, read back with another library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import vobject
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from authorities import actions as authorities
from authorities.models import Membership, User
from authorities.states import Role
from peerchallenge.shared.mail import address
from rounds import actions
from rounds.models import Challenge
from tests.world import World, fresh, working_day

QUERIES = 7
Calendar = vobject.base.Component


@pytest.fixture
def booked(world: World) -> Challenge:
    """The first of three visits whose days are sent."""
    return world.first(world.booked())


def asked(token: str) -> HttpResponse:
    """A calendar asks: it is nobody, and remembers nothing."""
    return Client().get(reverse("calendar_feed", args=[token]))


def read(user: User) -> Calendar:
    answer = asked(authorities.make_calendar_feed(by=fresh(user)))
    assert answer.status_code == 200
    return vobject.readOne(answer.content.decode())


def events(user: User) -> list[Calendar]:
    return read(user).contents.get("vevent", [])


def said(user: User) -> list[str]:
    return [event.summary.value for event in events(user)]


def hosted(challenge: Challenge) -> list[str]:
    sides = f"{challenge.host_authority} by {challenge.challenger_authority}"
    return [f"Peer challenge visit: {sides}, day {day}" for day in (1, 2)]


def test_a_feed_is_a_calendar_with_a_name_that_asks_to_be_read_again(
    world: World, booked: Challenge
) -> None:
    answer = asked(authorities.make_calendar_feed(by=world.lead_of(booked)))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    calendar = vobject.readOne(answer.content.decode())
    assert calendar.method.value == "PUBLISH"
    assert calendar.contents["x-wr-calname"][0].value == "Peer challenge"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT2H\r\n" in answer.content
    assert b"X-PUBLISHED-TTL" in answer.content
    assert calendar.vtimezone.tzid.value == "Europe/London"


def test_each_visit_day_has_the_entry_that_was_sent_by_mail(
    world: World, booked: Challenge
) -> None:
    entries = list(booked.calendar_entries.order_by("first_day"))
    found = events(world.lead_of(booked))
    assert [event.uid.value for event in found] == [str(one.uid) for one in entries]
    assert [event.dtstart.value for event in found] == [one.first_day for one in entries]
    assert [event.summary.value for event in found] == hosted(booked)
    assert {event.status.value for event in found} == {"CONFIRMED"}
    assert {event.url.value for event in found} == {address("challenge", booked.pk)}


def test_it_holds_what_somebody_hosts_gives_and_sits_on_and_nothing_else(
    world: World, booked: Challenge
) -> None:
    """A hosts and B gives the first; C hosts the one that A gives."""
    other = booked.round.challenges.with_both_sides().get(
        challenger__authority=booked.host_authority
    )
    officer = world.person(Role.AUTHORITY_OFFICER, booked.host_authority)
    assert sorted(said(world.director_of(booked.host_authority))) == sorted(
        hosted(booked) + hosted(other)
    )
    assert said(officer) == hosted(booked)
    assert said(world.member_of(booked)) == hosted(booked)
    third = booked.round.challenges.with_both_sides().get(
        host__authority=booked.challenger_authority
    )
    assert said(world.person(Role.AUTHORITY_OFFICER, booked.challenger_authority)) == hosted(third)
    for stranger in (
        world.officer,
        world.chair,
        world.person(Role.LEAD_MEMBER, booked.host_authority),
        world.person(Role.REVIEWER, booked.challenger_authority),
    ):
        assert said(stranger) == []


def test_a_moved_visit_moves_and_its_number_rises(world: World, booked: Challenge) -> None:
    lead = world.lead_of(booked)
    before = {event.uid.value: int(event.sequence.value) for event in events(lead)}
    day1 = working_day(booked.round.visits_from, 47)
    days = {"day1": day1, "feedback": working_day(day1, 7)}
    actions.set_visit_days(booked, days, by=world.officer)
    after = events(lead)
    assert {event.uid.value: int(event.sequence.value) for event in after} == {
        uid: sequence + 1 for uid, sequence in before.items()
    }
    assert [event.dtstart.value for event in after] == list(days.values())


def test_a_match_taken_back_is_cancelled_for_a_month_and_then_gone(
    world: World, booked: Challenge
) -> None:
    host = world.person(Role.AUTHORITY_OFFICER, booked.host_authority)
    actions.cancel_challenge(booked, by=world.officer)
    found = events(host)
    assert [event.summary.value for event in found] == hosted(booked)
    assert {event.status.value for event in found} == {"CANCELLED"}
    assert {event.sequence.value for event in found} == {"1"}
    booked.calendar_entries.update(cancelled_at=timezone.now() - timedelta(days=31))
    assert events(host) == []


def test_a_visit_of_last_year_is_no_longer_told(world: World, booked: Challenge) -> None:
    lead = world.lead_of(booked)
    long_ago = timezone.localdate() - timedelta(days=366)
    booked.calendar_entries.update(first_day=long_ago, last_day=long_ago)
    assert events(lead) == []


def test_an_address_that_was_taken_back_replaced_or_never_made_leads_nowhere(
    world: World,
) -> None:
    user = world.officer
    old = authorities.make_calendar_feed(by=user)
    new = authorities.make_calendar_feed(by=user)
    assert [asked(old).status_code, asked(new).status_code] == [404, 200]
    authorities.revoke_calendar_feed(by=user)
    assert asked(new).status_code == 404
    assert asked("never-made").status_code == 404
    assert asked("x" * 5000).status_code == 404


def test_somebody_who_may_no_longer_sign_in_has_no_feed(world: World) -> None:
    token = authorities.make_calendar_feed(by=world.officer)
    User.objects.filter(pk=world.officer.pk).update(is_active=False)
    assert asked(token).status_code == 404


def test_a_role_or_a_seat_that_has_ended_is_gone_the_next_time(
    world: World, booked: Challenge
) -> None:
    director, member = world.director_of(booked.host_authority), world.member_of(booked)
    tokens = [authorities.make_calendar_feed(by=one) for one in (director, member)]
    assert [b"BEGIN:VEVENT" in asked(token).content for token in tokens] == [True, True]
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=director).update(from_date=date(2020, 1, 1), to_date=yesterday)
    booked.team.filter(user=member).update(from_date=date(2020, 1, 1), to_date=yesterday)
    assert [b"BEGIN:VEVENT" in asked(token).content for token in tokens] == [False, False]


def test_only_reading_is_allowed_and_it_is_noted_when(world: World) -> None:
    token = authorities.make_calendar_feed(by=world.officer)
    assert Client().post(reverse("calendar_feed", args=[token])).status_code == 405
    feed = world.officer.feeds.get()
    assert feed.read_at is None
    asked(token)
    first = world.officer.feeds.get().read_at
    assert first is not None
    asked(token)
    assert world.officer.feeds.get().read_at == first
    world.officer.feeds.update(read_at=first - timedelta(minutes=16))
    asked(token)
    assert world.officer.feeds.get().read_at > first


def test_reading_a_feed_takes_as_many_queries_for_three_visits_as_for_one(
    world: World, booked: Challenge, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    busy = world.lead_of(booked)
    token = authorities.make_calendar_feed(by=busy)
    asked(token)
    with django_assert_num_queries(QUERIES):
        assert len(vobject.readOne(asked(token).content.decode()).vevent_list) == 2
    for challenge in booked.round.challenges.exclude(pk=booked.pk):
        challenge.team.create(user=busy)
    with django_assert_num_queries(QUERIES):
        assert len(vobject.readOne(asked(token).content.decode()).vevent_list) == 6
