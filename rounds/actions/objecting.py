"""A side cannot on the days that it was sent."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Challenge, DateObjection, Participation


@transaction.atomic
def object_to_days(
    challenge: Challenge, reason: str, *, side: Participation | None = None, by: User
) -> DateObjection:
    """Tell the officers that a side cannot, and why; said twice, the last reason stands.

    `side`: for which of them, where somebody speaks for several.
    """
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.object_to_days(by, challenge).require()
    own = permissions.objecting_for(by, challenge)
    if side is not None and side not in own:
        no("You do not speak for that side.").require()
    objection, _ = DateObjection.objects.update_or_create(
        challenge=challenge,
        participation=side or own[0],
        settled_at=None,
        defaults={
            "reason": reason,
            "by": by,
            "days": {phase: str(day) for phase, day in challenge.days.values_list("phase", "day")},
        },
    )
    record("challenge.days_objected", challenge, by=by, objection=objection.pk)
    promise("rounds.tell_officers_days_objected", objection.pk)
    return objection


@transaction.atomic
def settle_date_objection(objection: DateObjection, answer: str, *, by: User) -> DateObjection:
    """The days stay; `answer` says why, to that side."""
    Challenge.objects.locked(objection.challenge_id)
    objection = DateObjection.objects.with_places().get(pk=objection.pk)
    permissions.settle_date_objection(by, objection).require()
    objection.answer = answer
    objection.settled_at, objection.settled_by = timezone.now(), by
    objection.save(update_fields=["answer", "settled_at", "settled_by"])
    record("challenge.days_objection_settled", objection.challenge, by=by, objection=objection.pk)
    promise("rounds.tell_side_days_stay", objection.pk)
    return objection


def settle_by_other_days(challenge: Challenge, *, by: User) -> None:
    """Other days are sent: whoever could not on the old ones is told of the new ones anyway.

    Not asked for on its own: whoever calls holds the challenge's row.
    """
    challenge.date_objections.open().update(settled_at=timezone.now(), settled_by=by)
