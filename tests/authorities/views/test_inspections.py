"""A regulator inspects an authority: who is told, who sees it, which visits it touches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from authorities.actions import begin_inspection, end_inspection
from authorities.models import Authority, Period, User
from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds.queries.touched import visits_touched
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def director(world: World, signed_in: Browser) -> Client:
    return signed_in(world.directors[0])


@pytest.fixture
def own(world: World) -> Authority:
    return world.authorities[0]


def at(own: Authority, rest: str = "") -> str:
    return f"/authorities/{own.pk}/calendar{rest}"


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_the_officers_are_told_with_a_link_and_no_word_of_it(
    director: Client, own: Authority, world: World
) -> None:
    today = timezone.localdate()
    asked = parts("first_day", today)
    page = text(director.post(at(own, "/inspection"), asked, follow=True))
    assert "Saved. The board’s officers are told." in page
    run_effects()
    assert [one.to for one in mail.outbox] == [[world.officer.email]]
    assert f"/authorities/{own.pk}/calendar" in mail.outbox[0].body
    assert "nspect" not in mail.outbox[0].subject + mail.outbox[0].body


def test_only_its_own_people_and_the_officers_see_it(
    own: Authority, world: World, signed_in: Browser
) -> None:
    begin_inspection(own, first_day=timezone.localdate(), by=world.directors[0])
    sees = {
        user: "An inspection, since" in text(signed_in(user).get(at(own)))
        for user in (
            world.directors[0],
            world.person(Role.LEAD_MEMBER, own),
            world.officer,
            world.directors[1],
            world.chair,
            world.person(Role.REVIEWER, own),
        )
    }
    assert list(sees.values()) == [True, True, True, False, False, False]
    listed = [
        user
        for user in sees
        if "nspection" in text(signed_in(fresh(user)).get(f"/calendars/{own.region_id}"))
    ]
    assert listed == list(sees)[:3]


def test_the_page_names_the_visits_that_it_touches(
    own: Authority, world: World, signed_in: Browser
) -> None:
    round = world.booked()
    challenge = world.first(round)
    begin_inspection(own, first_day=timezone.localdate(), by=world.directors[0])
    page = text(signed_in(fresh(world.officer)).get(at(own)))
    assert "It touches 2 visits" in page
    assert f'href="/challenges/{challenge.pk}"' in page
    assert str(challenge) in page


def test_days_not_sent_are_the_officers_alone(own: Authority, world: World) -> None:
    challenge = world.first(world.booked())
    begin_inspection(own, first_day=timezone.localdate(), by=world.directors[0])
    type(challenge).objects.update(dates_sent_at=None)
    period = Period.objects.get()
    assert visits_touched(own, [period], fresh(world.directors[0])) == {}
    assert len(visits_touched(own, [period], fresh(world.officer))[period.pk]) == 2


def test_it_ends_on_a_day_that_is_said_later(
    director: Client, own: Authority, world: World
) -> None:
    today = timezone.localdate()
    period = begin_inspection(own, first_day=today, by=world.directors[0])
    address = f"/periods/{period.pk}/end"
    before = today - timedelta(days=1)
    refused = director.post(address, parts("last_day", before))
    assert "must be the same as or after" in text(refused)
    saved = director.post(address, parts("last_day", today), follow=True)
    assert "Saved. Its last day is" in text(saved)
    period.refresh_from_db()
    assert period.last_day == today


def test_only_its_own_people_and_the_officers_end_it(own: Authority, world: World) -> None:
    today = timezone.localdate()
    period = begin_inspection(own, first_day=today, by=world.directors[0])
    for stranger in (world.directors[1], world.chair, world.person(Role.REVIEWER, own)):
        with pytest.raises(Refused, match="enter its days"):
            end_inspection(period, last_day=today, by=stranger)
    assert end_inspection(period, last_day=today, by=world.officer).last_day == today


def test_said_twice_it_is_one_and_one_mail(own: Authority, world: World) -> None:
    for _ in range(2):
        begin_inspection(own, first_day=timezone.localdate(), by=world.directors[0])
    run_effects()
    assert Period.objects.count() == 1
    assert len(mail.outbox) == 1
