"""What was carried forward, on the director's pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds.models import SelfAssessment
from tests.rounds.conftest import words
from tests.world import World, fresh

SignedIn = Callable[[User], Client]


@pytest.fixture
def again(world: World) -> SelfAssessment:
    """Of the second round, and untouched."""
    part = world.opened().participations.get(authority=world.authorities[0])
    world.sent(part)
    return world.next_round().participations.get(authority=world.authorities[0]).self_assessment


def address(name: str, own: SelfAssessment) -> str:
    return reverse(f"self_assessment_{name}", args=[own.pk])


def test_the_check_page_says_what_to_review_and_lets_all_stand_at_one_press(
    again: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(fresh(director))
    page = words(client.get(address("check", again)))
    assert "Review 2 answers from last time in " in page
    number = again.answers.count()
    tasks = words(client.get(reverse("self_assessment", args=[again.pk])))
    assert f"{number} answers read as they did last time." in tasks
    assert f'href="{address("check", again)}">let all stand at once</a>' in tasks
    assert f"Let all {number} stand as they are" in page
    pressed = client.post(address("carried", again), follow=True)
    page = words(pressed)
    assert pressed.redirect_chain == [(address("check", again), 302)]
    assert f"{number} answers stand as they are. You can still change them." in page
    assert "answers from last time" not in page
    assert "stand as they are</button>" not in page
    assert "Nothing from last time was left" in words(
        client.post(address("carried", again), follow=True)
    )


def test_a_single_one_is_called_by_its_name(
    again: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    last = again.answers.first()
    again.answers.exclude(pk=last.pk).update(carried_from=None)
    client = signed_in(fresh(director))
    page = words(client.get(address("check", again)))
    assert f"Review “{last.question.text}” in {last.question.section.title}, which still" in page
    assert "Let it stand as it is" in page
    tasks = words(client.get(reverse("self_assessment", args=[again.pk])))
    assert "1 answer reads as it did last time." in tasks
    assert "1 answer stands as it is" in words(client.post(address("carried", again), follow=True))


def test_colleagues_review_one_by_one(
    world: World, again: SelfAssessment, signed_in: SignedIn
) -> None:
    client = signed_in(world.person(Role.AUTHORITY_OFFICER))
    page = words(client.get(address("check", again)))
    assert "answers from last time" in page
    assert "stand as they are</button>" not in page
    assert client.post(address("carried", again)).status_code == 403
    tasks = words(client.get(reverse("self_assessment", args=[again.pk])))
    assert "or the director lets all stand at once." in tasks


def test_pressing_once_it_is_sent_says_so(
    world: World, director: User, signed_in: SignedIn
) -> None:
    sent = world.sent(world.opened().participations.get(authority=world.authorities[0]))
    page = signed_in(fresh(director)).post(address("carried", sent), follow=True)
    assert page.status_code == 200
    assert "it can no longer be changed" in words(page)
