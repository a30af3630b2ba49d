"""What the page of a session offers to choose from, and what a new one begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.db.models import Q

from rounds.models import Challenge, Session, TeamMember
from rounds.queries.sessions import (
    SessionWords,
    VisitedDay,
    days_of_visit,
    sessions_of,
    words_of,
)
from rounds.queries.timetable import seen_in_words, timetable_of
from rounds.states import SessionKind

MORNING, LENGTH = time(9, 0), 60


@dataclass(frozen=True)
class SessionChoices:
    """Keys with what they are called; `names_shown`: the host wants names of those seen."""

    days: list[VisitedDay]
    venues: list[tuple[int, str]]
    team: list[tuple[int, str]]
    lines: list[tuple[int, str]]
    names_shown: bool

    def day(self, iso: str) -> date:
        return next(one.day for one in self.days if one.day.isoformat() == iso)


def choices_for(challenge: Challenge, session: Session | None = None) -> SessionChoices:
    """Today's team and open venues, and whatever the session itself says already."""
    words = words_of(session) if session else None
    kept = {*words.team, words.note_taker} if words else set()
    days = days_of_visit(challenge)
    if words and words.day not in {one.day for one in days}:
        days = [*days, VisitedDay(words.day, "not a day of the visit", "")]
    current = Q(pk__in=challenge.team.current().values("pk")) | Q(pk__in=kept - {None})
    team = TeamMember.objects.filter(current, challenge=challenge).select_related("user")
    venues = challenge.host_authority.venues.filter(
        Q(closed=False) | Q(pk=words.venue if words else None)
    )
    timetable = timetable_of(challenge)
    return SessionChoices(
        days=days,
        venues=[(venue.pk, venue.name) for venue in venues],
        team=[(member.pk, member.user.name) for member in team],
        lines=[(line.pk, line.text) for line in challenge.lines.all()],
        names_shown=bool(timetable and timetable.names_shown),
    )


def next_session(challenge: Challenge, day: date) -> SessionWords:
    """At the end of that day, where its last one is and with the same people."""
    timetable = timetable_of(challenge)
    there = [words_of(one) for one in sessions_of(timetable) if one.day == day]
    plain = SessionWords(SessionKind.INTERVIEW, SessionKind.INTERVIEW.label, day, MORNING, LENGTH)
    if not there:
        current = challenge.team.current().order_by("pk").values_list("pk", flat=True)
        return replace(plain, team=tuple(current))
    last = max(there, key=lambda one: (_ends(one), one.start))
    pause = timetable.break_minutes if timetable else 0
    ends = min(_ends(last) + pause, 23 * 60)
    return replace(
        plain,
        start=time(ends // 60, ends % 60),
        venue=last.venue,
        room=last.room,
        team=last.team,
        note_taker=last.note_taker,
    )


def differences(
    theirs: SessionWords, yours: SessionWords, choices: SessionChoices
) -> list[tuple[str, str, str]]:
    """Of each thing that differs: what it is, what stands there now, what was typed."""
    one, other = _said(theirs, choices), _said(yours, choices)
    return [(label, one[label], other[label]) for label in one if one[label] != other[label]]


def _said(words: SessionWords, choices: SessionChoices) -> dict[str, str]:
    venues, team, lines = dict(choices.venues), dict(choices.team), dict(choices.lines)
    people: Sequence[str] = sorted(team.get(one, "") for one in words.team)
    return {
        "What": SessionKind(words.kind).label,
        "Title": words.title,
        "Day": f"{words.day:%A} {words.day.day} {words.day:%B}",
        "Starts at": f"{words.start:%H:%M}",
        "Length": f"{words.minutes} minutes",
        "Venue": venues.get(words.venue or 0, "Not settled yet"),
        "Room": words.room or "None",
        "Address online": words.link or "None",
        "Seen": "; ".join(map(seen_in_words, words.seen)) or "Nobody",
        "Team": ", ".join(people) or "Nobody",
        "Takes notes": team.get(words.note_taker or 0, "Nobody yet"),
        "Line of enquiry": lines.get(words.line or 0, "None in particular"),
        "Councillors": "Yes" if words.councillors else "No",
        "Tentative": "Yes" if words.tentative else "No",
        "Note": words.note or "None",
    }


def _ends(words: SessionWords) -> int:
    return words.start.hour * 60 + words.start.minute + words.minutes
