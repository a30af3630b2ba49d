"""Whose turn it is with a letter is reminded: once when its day is near, once when it is past."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from feedback import queries
from feedback.models import LetterReminder
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from rounds.models import Challenge


@transaction.atomic
def remind_of_letter(challenge: Challenge, *, today: date, by: Clock) -> LetterReminder | None:
    """Promise the one reminder that is due; to whom it goes is read on the way out."""
    challenge = Challenge.objects.locked(challenge.pk)
    found = queries.to_remind(challenge, today)
    if found is None:
        return None
    reminder, is_new = LetterReminder.objects.get_or_create(
        challenge=challenge, step=found.step, due=found.due, late=found.late
    )
    if not is_new:
        return None
    record("letter.reminded", challenge, by=by, step=found.step, late=found.late)
    promise("feedback.remind_of_letter", reminder.pk)
    return reminder
