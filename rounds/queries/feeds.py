"""What somebody's own calendar reads: their visits, and the sessions of released timetables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Max, Q
from django.utils import timezone

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from rounds.models import CalendarEntry, Challenge, TimetableRelease
from rounds.models.challenge import ChallengeQuerySet
from rounds.scheduling.released import ReleasedSession
from rounds.states import LIVE, ChallengeState

# What was cancelled is said for so long: by then every calendar has asked.
CANCELLED_SAID = timedelta(days=30)
# Visits of the past stay for a year.
PAST_SAID = timedelta(days=365)


@dataclass(frozen=True)
class FeedSession:
    """A session of a released timetable; `sequence` rises with whatever happens to it."""

    session: ReleasedSession
    release: TimetableRelease
    sequence: int
    cancelled: bool


@dataclass(frozen=True)
class FeedVisit:
    """A visit in somebody's calendar: its entries, and those of its sessions that are theirs."""

    challenge: Challenge
    entries: list[CalendarEntry]
    sessions: list[FeedSession] = field(default_factory=list)


def feed_of(user: User) -> list[FeedVisit]:
    """Every visit whose days were ever sent and that is theirs today, by host."""
    challenges = list(
        _theirs(user)
        .with_both_sides()
        .prefetch_related("calendar_entries")
        .order_by("host__authority__name", "pk")
    )
    hosted = set(user.authorities_where(*ACTS_FOR_AUTHORITY))
    seated = set(user.seats.current().values_list("challenge", flat=True))
    releases = _newest_releases(challenges)
    found = []
    for challenge in challenges:
        sessions: list[FeedSession] = []
        hosts = challenge.host.authority_id in hosted
        reads = hosts or (challenge.pk in seated and challenge.state != ChallengeState.CLOSED)
        if reads and (release := releases.get(challenge.pk)):
            sessions = list(_sessions(challenge, release, None if hosts else user.pk))
        entries = [entry for entry in challenge.calendar_entries.all() if _still_said(entry)]
        if entries or sessions:
            found.append(FeedVisit(challenge, entries, sessions))
    return found


def _theirs(user: User) -> ChallengeQuerySet:
    """What they host, sit on the team of, or direct a challenger of; cancelled ones too."""
    directs = Challenge.objects.with_side(authority__in=user.authorities_where(Role.DIRECTOR))
    mine = (
        Q(host__authority__in=user.authorities_where(*ACTS_FOR_AUTHORITY))
        | Q(team__in=user.seats.current())
        | Q(pk__in=directs.order_by().values("pk"))
    )
    since = timezone.localdate() - PAST_SAID
    recent = CalendarEntry.objects.filter(last_day__gte=since)
    return (
        Challenge.objects.visible_to(user)
        .filter(mine, state__in=(*LIVE, ChallengeState.CANCELLED))
        .filter(pk__in=recent.values("challenge"))
    )


def _newest_releases(challenges: list[Challenge]) -> dict[int, TimetableRelease]:
    found = (
        TimetableRelease.objects.filter(timetable__challenge__in=challenges)
        .annotate(newest=Max("timetable__releases__number"))
        .filter(number=F("newest"))
        .select_related("timetable")
    )
    return {one.timetable.challenge_id: one for one in found}


def _sessions(
    challenge: Challenge, release: TimetableRelease, member: int | None
) -> Iterator[FeedSession]:
    """All of them for the host side; for somebody of the team those that they are in.

    A visit that is given up and set anew rises by the numbers of its days.
    """
    entries = challenge.calendar_entries.all()
    risen = sum(entry.sequence for entry in entries)
    called_off = all(entry.cancelled_at for entry in entries)
    if called_off and not any(_still_said(entry) for entry in entries):
        return
    content = release.frozen
    today = timezone.localdate()
    for session in (*content.sessions, *content.dropped):
        if session.dropped_on and today - session.dropped_on > CANCELLED_SAID:
            continue
        if member is None or session.is_for(member):
            gone = called_off or session.dropped_on is not None
            yield FeedSession(session, release, risen + session.changed_in, gone)


def _still_said(entry: CalendarEntry) -> bool:
    now = timezone.now()
    if entry.cancelled_at and now - entry.cancelled_at > CANCELLED_SAID:
        return False
    return entry.last_day >= timezone.localdate(now) - PAST_SAID
