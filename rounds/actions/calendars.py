"""What people's calendars hold of a visit, kept as it is sent to them.

Not asked for on its own: whoever calls has asked, and holds the challenge's row.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from rounds.models import CalendarEntry, Challenge
from rounds.queries.away import whole


def enter_days(challenge: Challenge) -> None:
    """An entry for every phase that is dated; one that differs from what was sent follows it."""
    visits = challenge.days.select_related("challenge__round")
    days = {visit.phase: (whole(visit)[0], whole(visit)[-1]) for visit in visits}
    known = {entry.phase: entry for entry in challenge.calendar_entries.select_for_update()}
    for phase, (first, last) in days.items():
        entry = known.get(phase)
        if entry is None:
            challenge.calendar_entries.create(phase=phase, first_day=first, last_day=last)
        elif entry.cancelled_at or (entry.first_day, entry.last_day) != (first, last):
            entry.first_day, entry.last_day = first, last
            entry.cancelled_at = None
            _follow(entry)
    _cancel(entry for phase, entry in known.items() if phase not in days)


def cancel_entries(challenge: Challenge) -> None:
    """Take out of the calendars what was put in; nothing where no days were ever sent."""
    _cancel(challenge.calendar_entries.select_for_update())


def enter_again(challenge: Challenge) -> None:
    """For somebody who took these days out: their calendar takes up none that it knows already."""
    for entry in challenge.calendar_entries.select_for_update().filter(cancelled_at=None):
        _follow(entry)


def _cancel(entries: Iterable[CalendarEntry]) -> None:
    for entry in entries:
        if not entry.cancelled_at:
            entry.cancelled_at = timezone.now()
            _follow(entry)


def _follow(entry: CalendarEntry) -> None:
    """A calendar takes up what has a higher number than what it holds."""
    entry.sequence += 1
    entry.changed_at = timezone.now()
    entry.save()
