"""When each step of a letter is due; the round's format says after how many days."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from feedback.models import Letter
from rounds.models import Challenge
from rounds.queries.away import on_site
from rounds.queries.deadlines import due


def after_visit(challenge: Challenge, key: str) -> date | None:
    """A deadline of the format that is counted from the last day on site."""
    return due(challenge.round, key, max(on_site(challenge), default=None))


def letter_due(letter: Letter, key: str) -> date | None:
    """A correction has no day of its own: the letter that it replaces was issued."""
    return None if letter.supersedes_id else after_visit(letter.challenge, key)


def reply_due(letter: Letter) -> date | None:
    """The last day on which the host may say that something is wrong."""
    if letter.sent_to_host_at is None:
        return None
    return reply_due_if_sent(letter.challenge, timezone.localdate(letter.sent_to_host_at))


def reply_due_if_sent(challenge: Challenge, day: date) -> date | None:
    return due(challenge.round, "accuracy_reply", day)


def reply_overdue(letter: Letter) -> bool:
    last_day = reply_due(letter)
    return last_day is not None and timezone.localdate() > last_day
