"""The immediate concern: timed, chased by the hour, and nothing of the case kept."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import models
from django.utils import timezone

from authorities.states import Role
from feedback import actions, permissions, queries
from feedback.models import ImmediateConcern
from feedback.tasks import chase_concerns
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge
from tests.feedback.conftest import Happened, cast
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.booked())


def posted() -> dict[str, set[str]]:
    """Subject to receivers of what is sent now; each holds one link and no name of the team."""
    mail.outbox.clear()
    run_effects()
    found: dict[str, set[str]] = {}
    for message in mail.outbox:
        assert message.body.count("http://") == 1
        found.setdefault(message.subject, set()).add(message.to[0])
    return found


def later(concern: ImmediateConcern, **passed: float) -> ImmediateConcern:
    """As if it had been raised, and chased, so much earlier."""
    gap = timedelta(**passed)
    concern = ImmediateConcern.objects.get(pk=concern.pk)
    concern.raised_at -= gap
    if concern.chased_at:
        concern.chased_at -= gap
    concern.save(update_fields=["raised_at", "chased_at"])
    return concern


def test_the_director_is_told_at_once_and_every_hour_until_they_acknowledge(
    world: World, challenge: Challenge
) -> None:
    who = cast(world, challenge)
    host, team = challenge.host_authority, {who["member"].email, who["lead"].email}
    Effect.objects.all().delete()
    sent_as = uuid.uuid4()
    concern = actions.raise_concern(challenge, sent_as=sent_as, by=who["member"])
    assert actions.raise_concern(challenge, sent_as=sent_as, by=who["member"]) == concern
    assert posted() == {
        "Immediate concern: please speak to the visiting team now": {who["director"].email},
        f"Immediate concern at {host}: raised": team,
    }

    chase_concerns()
    assert posted() == {}
    concern = later(concern, minutes=61)
    for _ in range(2):
        chase_concerns()
        actions.chase_concern(concern, by=CLOCK)
    assert posted() == {"Immediate concern: not acknowledged yet": {who["director"].email}}

    concern = later(concern, hours=3)
    chase_concerns()
    officers = f"{challenge.round}: an immediate concern is not acknowledged"
    assert posted() == {
        "Immediate concern: not acknowledged yet": {who["director"].email},
        f"Immediate concern at {host}: use the telephone": team,
        officers: {who["officer"].email},
    }
    to_officer = next(one for one in mail.outbox if one.subject == officers)
    assert str(host) not in to_officer.body
    assert "/concerns/" not in to_officer.body

    # Promised, and acknowledged before the worker comes to it.
    concern = later(concern, hours=1)
    chase_concerns()
    for _ in range(2):
        concern = actions.acknowledge_concern(concern, by=who["director"])
    assert posted() == {f"Immediate concern at {host}: acknowledged": team}
    later(concern, hours=30)
    chase_concerns()
    assert posted() == {}


def test_where_nobody_is_director_the_officers_learn_of_it_at_once(
    world: World, challenge: Challenge
) -> None:
    who = cast(world, challenge)
    who["director"].memberships.update(to_date=timezone.localdate() - timedelta(days=1))
    Effect.objects.all().delete()
    actions.raise_concern(challenge, by=who["lead"])
    told = posted()
    assert told == {
        f"Immediate concern at {challenge.host_authority}: raised": {who["lead"].email},
        f"{challenge.round}: an immediate concern is not acknowledged": {who["officer"].email},
    }
    raised = next(one for one in mail.outbox if one.to == [who["lead"].email])
    assert "Nobody holds the post of director" in raised.body
    # Whoever takes the post inherits it.
    successor = world.person(Role.DIRECTOR, challenge.host_authority)
    assert ImmediateConcern.objects.visible_to(fresh(successor)).count() == 1


def test_who_raises_acknowledges_and_knows_of_it(world: World, challenge: Challenge) -> None:
    who = cast(world, challenge)
    concern = actions.raise_concern(challenge, by=who["member"])
    may = {
        name: (
            ImmediateConcern.objects.visible_to(fresh(user)).exists(),
            bool(permissions.raise_concern(user, challenge)),
            bool(permissions.acknowledge_concern(user, concern)),
            bool(permissions.say_concern_told(user, concern)),
            bool(permissions.know_of_concerns(user, challenge.round)),
        )
        for name, user in who.items()
    }
    nobody = (False, False, False, False, False)
    assert may == dict.fromkeys(who, nobody) | {
        "lead": (True, True, False, True, False),
        "member": (True, True, False, True, False),
        "director": (True, False, True, False, False),
        "officer": (False, False, False, False, True),
    }
    with pytest.raises(Refused, match="Only the director"):
        actions.acknowledge_concern(concern, by=who["lead"])
    spoken = timezone.now()
    happened = Happened()
    concern = actions.say_concern_told(concern, spoken_at=spoken, by=who["lead"])
    with pytest.raises(Refused, match="is there already"):
        actions.say_concern_told(concern, spoken_at=timezone.now(), by=who["member"])
    assert (concern.spoken_at, happened.verbs) == (spoken, ["concern.told"])


def test_before_the_dates_are_agreed_the_page_says_to_whom_to_speak(world: World) -> None:
    challenge = world.first(world.teamed())
    with pytest.raises(Refused, match="speak to the host’s director or its duty service"):
        actions.raise_concern(challenge, by=world.lead_of(challenge))


def test_a_round_counts_its_concerns_and_how_long_they_waited(
    world: World, challenge: Challenge
) -> None:
    lead, director = world.lead_of(challenge), world.director_of(challenge.host_authority)
    counts = queries.concern_counts(challenge.round)
    assert (counts.raised, counts.median_minutes, counts.median_said) == (0, None, "")
    for minutes in (10, 65, 300):
        concern = actions.raise_concern(challenge, by=lead)
        later(concern, minutes=minutes)
        actions.acknowledge_concern(concern, by=director)
    actions.raise_concern(challenge, spoken_at=timezone.now(), by=lead)
    counts = queries.concern_counts(challenge.round)
    assert (counts.raised, counts.acknowledged, counts.open, counts.told_in_person) == (4, 3, 1, 1)
    assert (counts.median_minutes, counts.median_said) == (65, "1 hour 5 minutes")


def test_there_is_no_column_in_which_a_case_could_be_described() -> None:
    fields = ImmediateConcern._meta.get_fields()
    assert not [field for field in fields if isinstance(field, models.CharField | models.TextField)]
