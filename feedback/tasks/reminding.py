"""Reminders of the letters of a round."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from feedback import actions, emails, queries
from feedback.models import LetterReminder
from peerchallenge.audit.actions import CLOCK
from rounds.tasks.clock import EARLIEST


@shared_task(name="feedback.remind_of_letters", ignore_result=True)
def remind_of_letters() -> None:
    """Every hour from eight in the morning: whose turn it is, once near the day, once past it."""
    now = timezone.localtime()
    if now.hour < EARLIEST:
        return
    for challenge in queries.with_letters_to_come():
        actions.remind_of_letter(challenge, today=now.date(), by=CLOCK)


def remind_of_letter(reminder_id: int) -> None:
    reminder = LetterReminder.objects.select_related("challenge").get(pk=reminder_id)
    emails.remind_of_letter(reminder)
