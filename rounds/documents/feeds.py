"""All of somebody's visits and sessions in one file, which their calendar keeps reading."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from authorities.models import User
from peerchallenge.shared.mail import address
from rounds.documents.calendar import LONDON, Entry, Method, calendar_file
from rounds.documents.visits import visit_entries
from rounds.queries.feeds import FeedSession, FeedVisit, feed_of

NAME = "Peer challenge"


def calendar_feed(user: User) -> bytes:
    """Whose visits, which sessions, when, where, and links: nobody who is seen, and no finding."""
    entries = [entry for visit in feed_of(user) for entry in _entries(visit)]
    return calendar_file(entries, Method.PUBLISH, made_at=timezone.now(), name=NAME)


def _entries(visit: FeedVisit) -> list[Entry]:
    said = {str(entry.uid) for entry in visit.entries}
    days = [entry for entry in visit_entries(visit.challenge) if entry.uid in said]
    return [*days, *(_session(visit, one) for one in visit.sessions)]


def _session(visit: FeedVisit, one: FeedSession) -> Entry:
    session, challenge = one.session, visit.challenge
    link = address("timetable_version", challenge.pk, one.release.number)
    first = datetime.combine(session.day, session.start, tzinfo=LONDON)
    host = challenge.host_authority.short_name
    return Entry(
        uid=session.uid,
        sequence=one.sequence,
        summary=" ".join(f"{session.title} ({host})".split()),
        first=first,
        # By the clock on the wall.
        last=first + timedelta(minutes=session.minutes),
        changed_at=one.release.at,
        description="\n".join(part for part in (session.link, link) if part),
        location=session.place,
        url=link,
        cancelled=one.cancelled,
        tentative=session.tentative,
    )
