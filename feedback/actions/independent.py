"""The time in which each of a team notes on their own, before they agree on what they found."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions
from feedback.models import IndependentPhase, SaidDone
from peerchallenge.audit.actions import record
from rounds.models import Challenge


@transaction.atomic
def begin_independent_phase(challenge: Challenge, *, by: User) -> IndependentPhase:
    """From now on each sees only what they noted themselves, the lead too."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.begin_independent_phase(by, challenge).require()
    phase = IndependentPhase.objects.create(challenge=challenge, begun_by=by)
    record("findings.independent_begun", challenge, by=by)
    return phase


@transaction.atomic
def say_done(challenge: Challenge, *, by: User) -> IndependentPhase:
    """Somebody has noted all they saw; once everybody has, the team sees all."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.say_done(by, challenge).require()
    phase = IndependentPhase.objects.get(challenge=challenge)
    SaidDone.objects.create(phase=phase, user=by)
    record("findings.independent_done", challenge, by=by)
    if not _still_noting(phase):
        _end(phase)
    return phase


@transaction.atomic
def end_independent_phase(challenge: Challenge, *, by: User) -> IndependentPhase:
    """The lead does not wait for the others; who was not done is kept in the record."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.end_independent_phase(by, challenge).require()
    phase = IndependentPhase.objects.get(challenge=challenge)
    record("findings.independent_ended", challenge, by=by, not_done=_still_noting(phase))
    _end(phase)
    return phase


def _still_noting(phase: IndependentPhase) -> list[int]:
    done = phase.done.values("user")
    team = phase.challenge.team.current().exclude(user__in=done)
    return sorted(team.values_list("user_id", flat=True))


def _end(phase: IndependentPhase) -> None:
    phase.ended_at = timezone.now()
    phase.save(update_fields=["ended_at"])
