"""The clock: visits begin and end by the calendar, once, whoever was there first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from peerchallenge.audit.models import Event
from peerchallenge.celery import app
from rounds import actions, tasks
from rounds.models import Challenge, Reminder, Round, VisitDay
from rounds.states import ChallengeState
from tests.world import World

C = ChallengeState


@pytest.fixture
def booked(world: World) -> Challenge:
    challenge = world.first(world.booked())
    Challenge.objects.exclude(pk=challenge.pk).update(state=C.CLOSED)
    return challenge


def set_days(challenge: Challenge, first: date, last: date) -> None:
    VisitDay.objects.filter(challenge=challenge, phase="day1").update(day=first)
    VisitDay.objects.filter(challenge=challenge, phase="feedback").update(day=last)


def after_the_clock(challenge: Challenge) -> str:
    tasks.follow_the_calendar()
    return Challenge.objects.get(pk=challenge.pk).state


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (1, 8, C.ACCEPTED),
        (0, 7, C.ON_SITE),
        (-7, 0, C.ON_SITE),
        (-8, -1, C.FED_BACK),  # the clock stood still all the while
    ],
)
def test_a_visit_begins_on_its_first_day_and_is_over_after_its_last(
    booked: Challenge, first: int, last: int, state: str
) -> None:
    today = timezone.localdate()
    set_days(booked, today + timedelta(days=first), today + timedelta(days=last))
    assert after_the_clock(booked) == state
    assert after_the_clock(booked) == state


def test_the_clock_is_named_in_the_record_and_once_for_each_step(booked: Challenge) -> None:
    today = timezone.localdate()
    set_days(booked, today - timedelta(days=8), today - timedelta(days=1))
    for _ in range(2):
        tasks.follow_the_calendar()
    events = Event.objects.filter(verb__in=["challenge.on_site", "challenge.fed_back"])
    assert [(event.verb, event.who) for event in events.order_by("pk")] == [
        ("challenge.on_site", "The system"),
        ("challenge.fed_back", "The system"),
    ]


def test_a_lead_who_was_quicker_is_no_trouble(world: World, booked: Challenge) -> None:
    today = timezone.localdate()
    set_days(booked, today - timedelta(days=7), today)
    actions.follow_calendar(booked, C.ON_SITE, by=world.lead_of(booked))
    assert after_the_clock(booked) == C.ON_SITE


def test_without_days_or_once_the_letter_is_begun_the_clock_moves_nothing(
    booked: Challenge,
) -> None:
    booked.days.all().delete()
    assert after_the_clock(booked) == C.ACCEPTED
    Challenge.objects.filter(pk=booked.pk).update(state=C.LETTER)
    assert after_the_clock(booked) == C.LETTER


def test_beat_rings_for_it_every_hour_and_the_worker_knows_it() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["calendar"]
    assert entry == {"task": "rounds.follow_the_calendar", "schedule": 3600.0}
    app.loader.import_default_modules()
    assert "rounds.follow_the_calendar" in app.tasks


@pytest.mark.parametrize(("hour", "reminded"), [(0, 0), (7, 0), (8, 3), (23, 3)])
def test_nobody_is_reminded_before_eight(
    world: World, monkeypatch: pytest.MonkeyPatch, hour: int, reminded: int
) -> None:
    round = world.opened()
    now = timezone.localtime() + timedelta(days=30)
    day = now.date() + timedelta(days=14)
    Round.objects.filter(pk=round.pk).update(self_assessment_due=day)
    monkeypatch.setattr(timezone, "now", lambda: now.replace(hour=hour))
    for _ in range(2):
        tasks.remind()
    assert Reminder.objects.count() == reminded


def test_the_clock_looks_for_reminders_every_hour() -> None:
    entry = {"task": "rounds.remind", "schedule": 3600.0}
    assert settings.CELERY_BEAT_SCHEDULE["reminders"] == entry
    app.loader.import_default_modules()
    assert "rounds.remind" in app.tasks
