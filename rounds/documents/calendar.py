"""Entries for people's calendars, as an .ics file; knows nothing of challenges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

PRODUCT = "-//peerchallenge//visits//EN"
LONDON = ZoneInfo("Europe/London")
# How long after reading it a calendar is asked to read it again.
READ_AGAIN = timedelta(hours=2)
# As yearly rules, in force since 1996: Outlook reads no list of dates in a time zone.
LONDON_RULES = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZNAME:BST
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


class Method(StrEnum):
    """What the calendar shall do: take up or move an entry, take it out, or only show it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Person:
    """Somebody, or the site itself, as a calendar knows them."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """Whole days, of which `last` is the last one, or a time from `first` to `last`."""

    uid: str
    sequence: int
    summary: str
    first: date | datetime
    last: date | datetime
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False
    tentative: bool = False


def calendar_file(
    entries: Sequence[Entry],
    method: Method,
    *,
    made_at: datetime,
    organizer: Person | None = None,
    attendee: Person | None = None,
    name: str = "",
) -> bytes:
    """The .ics file. What is sent to somebody holds one entry: Outlook drops any after the first.

    That one needs who sends it, and who gets it: without them no calendar takes it out again.
    `name`: what a calendar that keeps reading the file calls it.
    """
    if method is not Method.PUBLISH and (len(entries) != 1 or not organizer or not attendee):
        raise ValueError("What is sent to a person is one entry, from somebody, to somebody.")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        # What Outlook and Apple read, and what RFC 7986 says.
        for key in ("x-wr-calname", "name"):
            calendar.add(key, name)
        for key in ("refresh-interval", "x-published-ttl"):
            calendar.add(key, READ_AGAIN, parameters={"value": "DURATION"})
    calendar.add_component(Timezone.from_ical(LONDON_RULES))
    for entry in entries:
        event = _event(entry, made_at)
        if entry.cancelled or method is Method.CANCEL:
            event.add("status", "CANCELLED")
        elif entry.tentative:
            event.add("status", "TENTATIVE")
        else:
            event.add("status", "CONFIRMED")
        if organizer:
            event.add("organizer", _address(organizer))
        if attendee:
            # Nobody reads an answer to the site's address: the answer is on the page.
            event.add(
                "attendee",
                _address(attendee),
                parameters={"role": "REQ-PARTICIPANT", "rsvp": "FALSE"},
            )
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("summary", entry.summary)
    event.add("transp", "OPAQUE")
    start, end = _span(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    for name in ("description", "location", "url"):
        if value := getattr(entry, name):
            event.add(name, value)
    return event


def _span(entry: Entry) -> tuple[date, date]:
    """From when, and until when; a whole day ends as the next one begins."""
    first, last = entry.first, entry.last
    if isinstance(first, datetime) and isinstance(last, datetime):
        if first.tzinfo is None or last.tzinfo is None:
            raise ValueError("A time without a zone is no time.")
        start, end = first.astimezone(LONDON), last.astimezone(LONDON)
        # Compared as moments: in one zone, Python compares what the clocks show.
        if end.astimezone(UTC) <= start.astimezone(UTC):
            raise ValueError("An entry ends after it starts.")
        return start, end
    if isinstance(first, datetime) or isinstance(last, datetime):
        raise TypeError("An entry has days or times, not one of each.")
    if last < first:
        raise ValueError("An entry ends after it starts.")
    return first, last + timedelta(days=1)


def _address(person: Person) -> vCalAddress:
    found = vCalAddress(f"mailto:{person.email}")
    found.params["cn"] = person.name
    return found
