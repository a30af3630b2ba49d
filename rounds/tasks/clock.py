"""What the clock does."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.queries.challenges import due_by_calendar
from rounds.queries.reminders import due_reminders

# Nobody is reminded before this hour of the day.
EARLIEST = 8


@shared_task(name="rounds.follow_the_calendar", ignore_result=True)
def follow_the_calendar() -> None:
    """Every hour: a visit whose first day has come is on site, one that is over has fed back."""
    for challenge, then in due_by_calendar(timezone.localdate()):
        try:
            actions.follow_calendar(challenge, then, by=CLOCK)
        except Refused:  # the lead reviewer was quicker
            continue


@shared_task(name="rounds.remind", ignore_result=True)
def remind() -> None:
    """Every hour from eight in the morning: what is to go out today, each once."""
    now = timezone.localtime()
    if now.hour < EARLIEST:
        return
    for participation, rule in due_reminders(now.date()):
        try:
            actions.remind(participation, rule.key, today=now.date(), by=CLOCK)
        except Refused:  # sent, held or handed in since it was found
            continue
