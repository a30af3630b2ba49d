"""The list of answers to be purged, and the page of one."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Question, SelfAssessment
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]


def test_another_boards_officer_finds_nothing_of_a_purge(
    world: World, own: SelfAssessment, question: Question, signed_in: Browser
) -> None:
    purge = actions.ask_for_purge(own, question, reason="A number", by=world.officer)
    page, name = reverse("purge", args=[purge.pk]), str(own.participation.authority)
    for user in (world.officer, world.person(Role.SYSTEM_ADMINISTRATOR)):
        client = signed_in(user)
        assert client.get(page).status_code == 200
        assert name in words(client.get(reverse("purges")))
    elsewhere = signed_in(World(size=0).officer)
    assert elsewhere.get(page).status_code == 404
    assert name not in words(elsewhere.get(reverse("purges")))
    assert signed_in(world.directors[1]).get(page).status_code == 404
