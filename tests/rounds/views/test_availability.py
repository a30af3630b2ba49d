"""The page of days on which somebody cannot visit or be visited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.dates import bank_holidays
from rounds import actions
from rounds.models import Round, Unavailable
from rounds.queries.availability import span
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]
PAGE, REMOVE = "/availability", "/availability/remove"


def parts(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def given(world: World, first: date, last: date | None = None, **more: Any) -> dict[str, Any]:
    """What the form sends, for the first authority."""
    return {
        "whose": world.authorities[0].pk,
        **parts("first_day", first),
        **(parts("last_day", last) if last else {}),
        "kind": "cannot",
        "reason": "",
        **more,
    }


def later(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_days_are_added_listed_joined_and_removed(world: World, signed_in: Browser) -> None:
    client = signed_in(world.directors[0])
    first = later()
    second = first + timedelta(days=1)
    client.post(PAGE, given(world, first, second, reason="Leave"))
    shown = words(client.get(PAGE))
    assert span(first, second) in shown
    assert "Leave" in shown
    joined = client.post(PAGE, given(world, second, later(32)), follow=True)
    assert "together with the days that were there already" in words(joined)
    row = Unavailable.objects.get()
    removed = words(client.post(REMOVE, {"days": row.pk}, follow=True))
    assert f"Removed: {span(row.first_day, row.last_day)}." in removed
    again = words(client.post(REMOVE, {"days": row.pk}, follow=True))
    assert "These days have been removed already." in again


def test_days_of_both_kinds_are_said(world: World, signed_in: Browser) -> None:
    client = signed_in(world.directors[0])
    client.post(PAGE, given(world, later(), kind="rather_not"))
    answer = words(client.post(PAGE, given(world, later()), follow=True))
    assert "On days said to be both, “cannot” counts." in answer


def test_one_day_needs_no_last_day(world: World, signed_in: Browser) -> None:
    signed_in(world.directors[0]).post(PAGE, given(world, later(), kind="rather_not"))
    row = Unavailable.objects.get()
    assert (row.last_day, row.rather_not) == (row.first_day, True)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (30, 29, "The last day must be the same as or after the first day"),
        (30, 500, "The last day must be within a year of the first day"),
        (-9, -3, "These days are over: enter days that are still to come"),
    ],
)
def test_days_that_make_no_sense_are_said_and_what_was_typed_stays(
    world: World, signed_in: Browser, first: int, last: int, said: str
) -> None:
    sent = given(world, later(first), later(last), reason="Typed before")
    shown = words(signed_in(world.directors[0]).post(PAGE, sent))
    assert said in shown
    assert "Typed before" in shown
    assert not Unavailable.objects.exists()


def test_somebody_on_a_team_says_their_own_days_alone(world: World, signed_in: Browser) -> None:
    reviewer = world.person(Role.REVIEWER)
    client = signed_in(reviewer)
    assert "Whose days are they?" not in words(client.get(PAGE))
    client.post(PAGE, given(world, later()))
    row = Unavailable.objects.get()
    assert (row.user, row.authority) == (reviewer, None)


def test_nobody_removes_what_is_not_theirs(world: World, signed_in: Browser) -> None:
    day = later()
    theirs = actions.say_unavailable(
        world.authorities[0], first_day=day, last_day=day, by=world.directors[0]
    )
    other = signed_in(world.directors[1])
    assert "removed already" in words(other.post(REMOVE, {"days": theirs.pk}, follow=True))
    # The lead member reads what is the authority's, and acts for it in nothing.
    lead_member = signed_in(world.person(Role.LEAD_MEMBER))
    assert lead_member.post(REMOVE, {"days": theirs.pk}).status_code == 403
    assert Unavailable.objects.get() == theirs
    for nonsense in ({}, {"days": "x"}, {"days": "99999999999999999999"}):
        assert other.post(REMOVE, nonsense).status_code == 302


def test_reasons_are_shown_to_those_who_act_for_it_alone(world: World, signed_in: Browser) -> None:
    day = later()
    actions.say_unavailable(
        world.authorities[0], first_day=day, last_day=day, reason="Tribunal", by=world.directors[0]
    )
    for person, sees in (
        (world.person(Role.AUTHORITY_OFFICER), True),
        (world.person(Role.LEAD_MEMBER), False),
        (world.directors[1], False),
    ):
        assert ("Tribunal" in words(signed_in(person).get(PAGE))) == sees


def test_days_that_are_over_are_folded_away_without_a_button(
    world: World, signed_in: Browser
) -> None:
    Unavailable.objects.create(
        authority=world.authorities[0],
        first_day=later(-9),
        last_day=later(-8),
        said_by=world.directors[0],
    )
    shown = words(signed_in(world.directors[0]).get(PAGE))
    assert "Days that are over" in shown
    assert "Remove" not in shown


def test_the_window_of_each_round_is_shown_with_its_bank_holidays(
    world: World, signed_in: Browser
) -> None:
    round = world.opened()
    holiday = next(day for day in sorted(bank_holidays()) if day > timezone.localdate())
    Round.objects.update(visits_from=holiday - timedelta(days=7), visits_to=holiday)
    world.drafted()
    shown = words(signed_in(world.directors[0]).get(PAGE))
    assert f"<strong>{round.name}</strong>: visits from" in shown
    assert f"{bank_holidays()[holiday]}, {span(holiday, holiday)}" in shown
    assert shown.count("visits from") == 1


def test_whoever_has_no_part_in_visits_is_told_so(world: World, signed_in: Browser) -> None:
    for person in (world.officer, world.chair):
        answer = signed_in(person).get(reverse("availability"))
        assert answer.status_code == 403
        assert "people who work for an authority or sit on a team" in words(answer)


def test_the_page_asks_as_often_for_one_row_as_for_three(
    world: World, signed_in: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.opened()
    director = world.directors[0]
    client = signed_in(director)
    for number in (1, 2, 3):
        day = later(10 * number)
        actions.say_unavailable(world.authorities[0], first_day=day, last_day=day, by=director)
        if number != 2:
            with django_assert_num_queries(QUERIES):
                client.get(PAGE)


QUERIES = 14
