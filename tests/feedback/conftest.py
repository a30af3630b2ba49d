"""What the tests of feedback share: everybody who may have to do with a letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from authorities.models import User
from authorities.states import Role
from feedback.models import Letter
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from rounds.models import Challenge
from tests.factories import UserFactory
from tests.world import World, fresh

PERSONAS = (
    "lead",
    "member",
    "director",
    "authority_officer",
    "lead_member",
    "officer",
    "approver",
    "chair",
    "director_elsewhere",
    "stranger",
)


def cast(world: World, challenge: Challenge) -> dict[str, User]:
    """One person for each relation to the challenge; the director elsewhere is nobody's side."""
    host = challenge.host_authority
    sides = {host, challenge.challenger_authority}
    elsewhere = next(place for place in world.authorities if place not in sides)
    return {
        "lead": world.lead_of(challenge),
        "member": world.member_of(challenge),
        "director": world.director_of(host),
        "authority_officer": world.person(Role.AUTHORITY_OFFICER, host),
        "lead_member": world.person(Role.LEAD_MEMBER, host),
        "officer": world.officer,
        "approver": world.approver,
        "chair": world.chair,
        "director_elsewhere": world.director_of(elsewhere),
        "stranger": UserFactory(),
    }


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(fresh(user))
        return client

    return signed_in


class Happened:
    """What was recorded and promised since it was made."""

    def __init__(self) -> None:
        self.events, self.effects = last(Event), last(Effect)

    @property
    def verbs(self) -> list[str]:
        return list(
            Event.objects.filter(pk__gt=self.events).order_by("pk").values_list("verb", flat=True)
        )

    @property
    def promises(self) -> list[str]:
        later = Effect.objects.filter(pk__gt=self.effects).order_by("pk")
        return list(later.values_list("task", flat=True))


def last(model: type[Event] | type[Effect]) -> int:
    newest = model.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def again(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)
