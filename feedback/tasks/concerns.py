"""Promised about an immediate concern, and what chases it."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from feedback import actions, emails, queries
from feedback.models import ImmediateConcern
from peerchallenge.audit.actions import CLOCK


@shared_task(name="feedback.chase_concerns", ignore_result=True)
def chase_concerns() -> None:
    """Every five minutes, so that no concern waits much longer than its hour."""
    for concern in queries.concerns_to_chase(timezone.now()):
        actions.chase_concern(concern, by=CLOCK)


def tell_director_of_concern(concern_id: int) -> None:
    emails.tell_director_of_concern(_found(concern_id))


def confirm_concern(concern_id: int) -> None:
    emails.confirm_concern(_found(concern_id))


def tell_concern_acknowledged(concern_id: int) -> None:
    emails.tell_concern_acknowledged(_found(concern_id))


def chase_director_of_concern(concern_id: int) -> None:
    emails.chase_director_of_concern(_found(concern_id))


def chase_team_of_concern(concern_id: int) -> None:
    emails.chase_team_of_concern(_found(concern_id))


def tell_officers_of_open_concern(concern_id: int) -> None:
    emails.tell_officers_of_open_concern(_found(concern_id))


def _found(concern_id: int) -> ImmediateConcern:
    return ImmediateConcern.objects.with_challenge().get(pk=concern_id)
