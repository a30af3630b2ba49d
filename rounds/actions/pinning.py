"""A visit that looking again leaves where it is."""

from __future__ import annotations

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from rounds import permissions
from rounds.models import Challenge


@transaction.atomic
def pin_visit(challenge: Challenge, *, by: User) -> Challenge:
    return _pin(challenge, pinned=True, by=by)


@transaction.atomic
def unpin_visit(challenge: Challenge, *, by: User) -> Challenge:
    """It may move when days are looked for again; both sides are told if they knew its days."""
    return _pin(challenge, pinned=False, by=by)


def _pin(challenge: Challenge, *, pinned: bool, by: User) -> Challenge:
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.pin_visit(by, challenge).require()
    if challenge.days.exclude(pinned=pinned).update(pinned=pinned):
        record(f"challenge.days_{'pinned' if pinned else 'unpinned'}", challenge, by=by)
    return challenge
