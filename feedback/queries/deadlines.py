"""When each step of a letter is due; the round's format says after how many days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from feedback.models import Letter
from peerchallenge.shared.dates import working_days_after
from rounds.models import Challenge
from rounds.queries.away import on_site


def after_visit(challenge: Challenge, key: str) -> date | None:
    """A deadline of the format that is counted from the last day on site."""
    last_day = max(on_site(challenge), default=None)
    return counted(challenge.round.format.deadlines.get(key), last_day)


def reply_due(letter: Letter) -> date | None:
    """The last day on which the host may say that something is wrong."""
    if letter.sent_to_host_at is None:
        return None
    return reply_due_if_sent(letter.challenge, timezone.localdate(letter.sent_to_host_at))


def reply_due_if_sent(challenge: Challenge, day: date) -> date | None:
    return counted(challenge.round.format.deadlines.get("accuracy_reply"), day)


def reply_overdue(letter: Letter) -> bool:
    due = reply_due(letter)
    return due is not None and timezone.localdate() > due


def counted(deadline: dict[str, Any] | None, start: date | None) -> date | None:
    """Weeks, or working days, after `start`; None where the format sets no such deadline."""
    if deadline is None or start is None:
        return None
    if "weeks" in deadline:
        return start + timedelta(weeks=deadline["weeks"])
    return working_days_after(start, deadline["working_days"])
