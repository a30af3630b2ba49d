"""The days of a visit as entries for the calendars of those who are told."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from authorities.models import User
from peerchallenge.shared.mail import Attachment, address
from rounds.documents.calendar import Entry, Method, Person, calendar_file
from rounds.models import CalendarEntry, Challenge


def visit_files(
    challenge: Challenge, *, taking_out: bool = False
) -> Callable[[User], list[Attachment]]:
    """What each person gets: a file a day that was ever sent, to take it up or out.

    `taking_out`: all of them out, for somebody who does not come any more.
    """
    entries = visit_entries(challenge)
    organizer = Person(*parseaddr(settings.DEFAULT_FROM_EMAIL))
    made_at = timezone.now()

    def files_for(user: User) -> list[Attachment]:
        found = []
        for place, entry in enumerate(entries, 1):
            out = entry.cancelled or taking_out
            method = Method.CANCEL if out else Method.REQUEST
            content = calendar_file(
                [entry],
                method,
                made_at=made_at,
                organizer=organizer,
                attendee=Person(user.name, user.email),
            )
            name = "visit.ics" if len(entries) == 1 else f"visit-day-{place}.ics"
            found.append(
                Attachment(name, content.decode(), "calendar", (("method", method.value),))
            )
        return found

    return files_for


def no_files(user: User) -> list[Attachment]:
    """Where no days have been sent."""
    return []


def visit_entries(challenge: Challenge) -> list[Entry]:
    """What calendars hold of this visit, or are to take out, in the order of its days."""
    phases = {phase.id: phase.label for phase in challenge.round.format.phases}
    places = {phase: place for place, phase in enumerate(phases, 1)}
    kept = [entry for entry in challenge.calendar_entries.all() if entry.phase in phases]
    return [
        _entry(
            challenge,
            entry,
            which=f", day {places[entry.phase]}" if len(phases) > 1 else "",
            label=phases[entry.phase],
        )
        for entry in sorted(kept, key=lambda entry: places[entry.phase])
    ]


def _entry(challenge: Challenge, entry: CalendarEntry, *, which: str, label: str) -> Entry:
    """Whose visit it is and a link: what it is about stays on the page."""
    sides = f"{challenge.host_authority.name} by {challenge.challengers_said}"
    link = address("challenge", challenge.pk)
    return Entry(
        uid=str(entry.uid),
        sequence=entry.sequence,
        # A name with a line break in it would not make the summary two lines.
        summary=" ".join(f"Peer challenge visit: {sides}{which}".split()),
        first=entry.first_day,
        last=entry.last_day,
        changed_at=entry.changed_at,
        # Outlook shows no URL.
        description=f"{label}\n{link}",
        url=link,
        cancelled=entry.cancelled_at is not None,
    )
