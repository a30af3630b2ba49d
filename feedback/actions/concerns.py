"""The immediate concern: raised, heard, and chased by the hour until it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions, queries
from feedback.models import ImmediateConcern
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from rounds.models import Challenge
from rounds.permissions import speaks_for_host


@transaction.atomic
def raise_concern(
    challenge: Challenge,
    *,
    spoken_at: datetime | None = None,
    sent_as: UUID | None = None,
    by: User,
) -> ImmediateConcern:
    """Tell the host's director at once that there is one; what it is about is told in person.

    `sent_as` is of the page it was raised on: pressed twice, it is one concern.
    """
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.raise_concern(by, challenge).require()
    there = ImmediateConcern.objects.filter(challenge=challenge, sent_as=sent_as)
    if sent_as and (pressed := there.first()):
        return pressed
    concern = ImmediateConcern.objects.create(
        challenge=challenge, raised_by=by, spoken_at=spoken_at, sent_as=sent_as
    )
    record("concern.raised", concern, by=by, challenge=challenge.pk)
    promise("feedback.tell_director_of_concern", concern.pk)
    promise("feedback.confirm_concern", concern.pk)
    if not queries.directors_of_host(challenge):
        # Nobody is there to acknowledge it, so an officer has to find somebody.
        promise("feedback.tell_officers_of_open_concern", concern.pk)
    return concern


@transaction.atomic
def acknowledge_concern(concern: ImmediateConcern, *, by: User) -> ImmediateConcern:
    """The host's director knows of it; who is second, or presses again, changes nothing."""
    concern = _locked(concern)
    if concern.acknowledged_at and speaks_for_host(by, concern.challenge):
        return concern
    permissions.acknowledge_concern(by, concern).require()
    concern.acknowledged_at, concern.acknowledged_by = timezone.now(), by
    concern.save(update_fields=["acknowledged_at", "acknowledged_by"])
    record("concern.acknowledged", concern, by=by, challenge=concern.challenge_id)
    promise("feedback.tell_concern_acknowledged", concern.pk)
    return concern


@transaction.atomic
def say_concern_told(
    concern: ImmediateConcern, *, spoken_at: datetime, by: User
) -> ImmediateConcern:
    """Somebody of the host has been told in person since it was raised."""
    concern = _locked(concern)
    permissions.say_concern_told(by, concern).require()
    concern.spoken_at = spoken_at
    concern.save(update_fields=["spoken_at"])
    record("concern.told", concern, by=by, challenge=concern.challenge_id)
    return concern


@transaction.atomic
def chase_concern(concern: ImmediateConcern, *, by: Clock) -> ImmediateConcern:
    """Remind the director, an hour after the last time. Run again within it, nothing happens."""
    concern = _locked(concern)
    now, last = timezone.now(), concern.chased_at or concern.raised_at
    if not queries.is_to_be_chased(concern, now):
        return concern
    concern.chased_at = now
    concern.save(update_fields=["chased_at"])
    record("concern.chased", concern, by=by, challenge=concern.challenge_id)
    promise("feedback.chase_director_of_concern", concern.pk)
    if queries.is_open_long(concern.raised_at, last, now):
        promise("feedback.chase_team_of_concern", concern.pk)
        promise("feedback.tell_officers_of_open_concern", concern.pk)
    return concern


def _locked(concern: ImmediateConcern) -> ImmediateConcern:
    return (
        ImmediateConcern.objects.select_for_update(of=("self",)).with_challenge().get(pk=concern.pk)
    )
