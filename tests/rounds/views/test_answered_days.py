"""The officers' page of who has said when they cannot, and the press that says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from authorities.models import User
from rounds import actions
from rounds.models import AvailabilityAnswer, Participation, Round
from rounds.queries.availability import span
from tests.rounds.asked import asked, in_days
from tests.rounds.conftest import words
from tests.world import World, fresh, working_day

Browser = Callable[[User], Client]


def page(round: Round, name: str = "round_availability") -> str:
    return reverse(name, args=[round.pk])


def due(day: date, seen: str = "") -> dict[str, Any]:
    return {"due_day": day.day, "due_month": day.month, "due_year": day.year, "seen": seen}


@pytest.fixture
def round(part: Participation) -> Round:
    return Round.objects.get(pk=part.round_id)


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


def test_an_officer_asks_everybody_and_sees_who_has_answered(
    world: World, round: Round, officer: Client, signed_in: Browser
) -> None:
    assert "Set the date and e-mail 3 people" in words(officer.get(page(round)))
    told = words(officer.post(page(round), due(in_days(20)), follow=True))
    assert f"All are to say so by {span(in_days(20), in_days(20))}." in told
    assert told.count("Not yet") == 3
    here = world.authorities[0]
    press = {"round": round.pk, "whose": here.pk}
    said = words(
        signed_in(world.directors[0]).post(reverse("availability_said"), press, follow=True)
    )
    assert "Thank you." in said
    assert f"by {world.directors[0]} on" in said
    shown = words(officer.get(page(round)))
    assert shown.count("Not yet") == 2
    missing = words(officer.get(page(round), {"show": "missing"}))
    assert here.name not in missing
    assert world.authorities[1].name in missing


def test_a_reason_of_a_person_is_nowhere_an_officer_looks(world: World, officer: Client) -> None:
    round = world.teamed()
    lead = fresh(world.lead_of(world.first(round)))
    day = working_day(in_days(9))
    actions.say_unavailable(None, first_day=day, last_day=day, reason="tokmine", by=lead)
    shown = officer.get(page(round))
    assert lead.name in words(shown)
    sheet = officer.get(page(round, "round_availability_xlsx"))
    rows = list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].values)
    row = next(row for row in rows if row[0] == lead.name)
    assert span(day, day) in row
    assert "tokmine" not in str(rows) + words(shown)


def test_of_two_officers_the_later_sees_the_other_date(
    world: World, round: Round, officer: Client
) -> None:
    asked(world, round)
    answer = officer.post(page(round), due(in_days(30)))
    assert f"Somebody else has set {span(in_days(20), in_days(20))} meanwhile" in words(answer)
    seen = answer.context["form"].data["seen"]
    officer.post(page(round), due(in_days(30), seen))
    assert Round.objects.get(pk=round.pk).availability_due == in_days(30)


@pytest.mark.parametrize("sent", [{}, {"due_day": "x"}, {"due_day": "\x00", "seen": "99"}])
def test_a_date_that_is_none_is_said(round: Round, officer: Client, sent: dict[str, str]) -> None:
    assert officer.post(page(round), sent).status_code == 200
    assert Round.objects.get(pk=round.pk).availability_due is None


def test_a_reminder_now_says_how_many_or_why_not(
    world: World, round: Round, officer: Client
) -> None:
    remind = page(round, "round_availability_remind")
    assert "Nobody has been asked yet" in words(officer.post(remind, follow=True))
    Round.objects.filter(pk=round.pk).update(availability_due=in_days(2))
    assert "Send 3 reminders now" in words(officer.get(page(round)))
    assert "Those of 3 authorities" in words(officer.post(remind, follow=True))
    assert "today already" in words(officer.post(remind, follow=True))


def test_its_reminders_stand_among_those_to_come(
    world: World, round: Round, officer: Client
) -> None:
    asked(world, round)
    coming = officer.get(page(round, "round_messages")).context["to_come"]
    assert {"days-before-3", "days-after-3"} <= {day.rule.key for day in coming.days}
    listed = words(officer.get(page(round, "round_reminders")))
    assert "3 days before the date for saying days" in listed
    preview = reverse("reminder_text", args=[round.pk, "days-before-3"])
    assert "/availability" in words(officer.get(preview))


@pytest.mark.parametrize("press", [{}, {"round": "x"}, {"round": "1", "whose": "venue-9"}])
def test_a_press_on_nothing_answers_nothing(
    world: World, round: Round, signed_in: Browser, press: dict[str, str]
) -> None:
    asked(world, round)
    client = signed_in(world.directors[0])
    told = words(client.post(reverse("availability_said"), press, follow=True))
    assert "Nothing has been asked of you there." in told
    assert not AvailabilityAnswer.objects.exists()


def test_who_is_asked_finds_it_at_home(world: World, round: Round, signed_in: Browser) -> None:
    director = signed_in(world.directors[0])
    assert "Say when you cannot" not in words(director.get("/"))
    asked(world, round)
    assert "Say when you cannot" in words(director.get("/"))
    actions.answer_availability(round, world.authorities[0], by=world.directors[0])
    assert "Say when you cannot" not in words(director.get("/"))


@pytest.mark.parametrize("size", [3, 5])
def test_the_page_asks_as_often_for_few_as_for_more(
    db: None, size: int, signed_in: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world = World(size=size)
    round = asked(world, world.opened())
    client = signed_in(world.officer)
    with django_assert_num_queries(QUERIES):
        client.get(page(round))


QUERIES = 18
