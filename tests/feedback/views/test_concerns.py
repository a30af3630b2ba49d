"""The pages of an immediate concern."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from feedback import actions
from feedback.forms.concerns import ConcernForm
from feedback.models import ImmediateConcern
from rounds.models import Challenge
from tests.feedback.conftest import cast
from tests.world import World

Browser = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.booked())


def test_raised_in_two_presses_and_pressed_twice_it_is_one(
    world: World, challenge: Challenge, browser: Browser
) -> None:
    who = cast(world, challenge)
    member, page = browser(who["member"]), reverse("challenge_concern", args=[challenge.pk])
    assert page in member.get(reverse("challenge", args=[challenge.pk])).text
    asked = member.get(page)
    assert "<textarea" not in asked.text
    assert "Nothing about a child, a family or a case is written here" in asked.text
    sent = {"told": "yes", "told_at": "0:00", "sent_as": asked.context["form"]["sent_as"].value()}
    confirm = member.post(page, sent)
    assert "You are about to raise an immediate concern" in confirm.text
    assert "Told in person: yes, today at 00:00." in confirm.text
    assert not ImmediateConcern.objects.exists()
    first, second = (member.post(page, {**sent, "confirmed": "yes"}) for _ in range(2))
    concern = ImmediateConcern.objects.get()
    assert first.url == second.url == reverse("concern", args=[concern.pk])
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    assert (concern.raised_by, concern.spoken_at) == (who["member"], midnight)
    assert (
        "Not acknowledged yet, less than a minute after it was raised" in member.get(first.url).text
    )
    assert "See how it stands" in member.get(page).text


def test_the_director_acknowledges_with_one_press_and_a_second_is_no_trouble(
    world: World, challenge: Challenge, browser: Browser
) -> None:
    who = cast(world, challenge)
    concern = actions.raise_concern(challenge, by=who["member"])
    director, page = browser(who["director"]), reverse("concern", args=[concern.pk])
    assert who["member"].email in director.get(page).text
    for _ in range(2):
        answer = director.post(reverse("concern_acknowledge", args=[concern.pk]), follow=True)
        assert "Acknowledged by the director" in answer.text
    assert "I know of this concern" not in director.get(page).text


def test_the_time_of_speaking_is_given_later_and_once(
    world: World, challenge: Challenge, browser: Browser
) -> None:
    who = cast(world, challenge)
    concern = actions.raise_concern(challenge, by=who["member"])
    member, told = browser(who["member"]), reverse("concern_told", args=[concern.pk])
    assert "Enter a time like 9:30" in member.post(told, {"told_at": "soon"}).text
    for moment in ("0:00", "0:01"):
        assert member.post(told, {"told_at": moment}).status_code == 302
    concern.refresh_from_db()
    assert f"{timezone.localtime(concern.spoken_at):%H:%M}" == "00:00"


def test_an_officer_learns_that_there_is_one_and_nothing_else(
    world: World, challenge: Challenge, browser: Browser
) -> None:
    who = cast(world, challenge)
    concern = actions.raise_concern(challenge, by=who["member"])
    officer, chair = browser(who["officer"]), browser(who["chair"])
    page = officer.get(reverse("challenge", args=[challenge.pk])).text
    assert "An immediate concern was raised here" in page
    assert "The host has not acknowledged it yet." in page
    assert reverse("concern", args=[concern.pk]) not in page
    assert officer.get(reverse("concern", args=[concern.pk])).status_code == 404
    letters = officer.get(reverse("round_letters", args=[challenge.round_id])).text
    assert "1 immediate concern raised" in letters
    assert "concern was" not in chair.get(reverse("challenge", args=[challenge.pk])).text


def test_an_approver_who_follows_the_letters_knows_of_no_concern(
    world: World, challenge: Challenge, client: Client
) -> None:
    actions.raise_concern(challenge, by=world.lead_of(challenge))
    client.force_login(world.approver)
    page = client.get(reverse("round_letters", args=[challenge.round_id]))
    assert page.status_code == 200
    assert "concern" not in page.text


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, {"told"}),
        ({"told": "yes"}, {"told_at"}),
        ({"told": "no", "told_at": "0:00"}, {"told"}),
        ({"told": "yes", "told_at": "later"}, {"told_at"}),
        ({"told": "no", "sent_as": "spoiled"}, set()),
    ],
)
def test_two_answers_that_fit_each_other(answers: dict[str, str], wrong: set[str]) -> None:
    assert set(ConcernForm(answers).errors) == wrong


def test_a_time_to_come_is_no_time_of_speaking(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for moment, wrong in (("11:59", False), ("12:01", True)):
        form = ConcernForm({"told": "yes", "told_at": moment})
        assert bool(form.errors) == wrong
