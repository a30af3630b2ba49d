from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import Refused, no
from rounds import permissions
from rounds.models import Challenge, Seen, Session, Timetable
from rounds.queries.outlines import outline_of
from rounds.queries.sessions import SessionWords, days_of_visit, sessions_of, words_of
from rounds.scheduling.slots import said

MOST_SESSIONS = 150
MIDNIGHT = 24 * 60


class SessionChanged(Exception):
    """Somebody changed it since this person's page was drawn; `now` is what stands there."""

    def __init__(self, now: Session) -> None:
        super().__init__(f"“{now.title}” has been changed")
        self.now = now


class TimetableChanged(Exception):
    """Somebody changed the timetable since this person's page was drawn."""


@transaction.atomic
def start_timetable(challenge: Challenge, *, by: User) -> Timetable:
    """Begin with what the round's format puts on each day; nothing where there are sessions."""
    timetable = _locked(challenge, by)
    if timetable.sessions.exists():
        return timetable
    days = {one.phase: one.day for one in reversed(days_of_visit(timetable.challenge))}
    if not days:
        no("The timetable begins when the visit has its days.").require()
    for line in outline_of(timetable.challenge.round):
        if line.phase in days:
            _write(timetable, Session(), line.on(days[line.phase]))
    return _changed(timetable, "timetable.started", by)


@transaction.atomic
def add_session(challenge: Challenge, words: SessionWords, *, by: User) -> Session:
    """Put something on a day; the same thing is not put there twice."""
    timetable = _locked(challenge, by)
    words = _fitting(timetable, words)
    there = sessions_of(timetable)
    for session in there:
        if words_of(session) == words:
            return session
    _room_for(1, there)
    session = _write(timetable, Session(), words)
    _changed(timetable, "timetable.session_added", by, session=session.pk)
    return session


@transaction.atomic
def change_session(session: Session, words: SessionWords, *, seen: str, by: User) -> Session:
    """Say something else of it.

    `seen` is the mark that was on the page: raises SessionChanged when it is another by now.
    """
    timetable = _locked(session.timetable.challenge, by)
    session = _there(timetable, session)
    now = words_of(session)
    words = _fitting(timetable, words, now)
    if words == now:
        return session
    if seen != now.mark:
        raise SessionChanged(session)
    _write(timetable, session, words)
    _changed(timetable, "timetable.session_changed", by, session=session.pk)
    return session


@transaction.atomic
def move_session(session: Session, *, day: date, start: time, seen: str, by: User) -> Session:
    """To another time, or another day; all else stays."""
    timetable = _locked(session.timetable.challenge, by)
    session = _there(timetable, session)
    now = words_of(session)
    if (now.day, now.start) == (day, start):
        return session
    if seen != now.mark:
        raise SessionChanged(session)
    _write(timetable, session, replace(now, day=day, start=start))
    _changed(timetable, "timetable.session_moved", by, session=session.pk)
    return session


@transaction.atomic
def remove_session(session: Session, *, by: User) -> None:
    """It does not take place; twice is once."""
    timetable = _locked(session.timetable.challenge, by)
    found = timetable.sessions.filter(pk=session.pk)
    if not found.exists():
        return
    found.delete()
    _changed(timetable, "timetable.session_removed", by, session=session.pk)


@transaction.atomic
def move_rest(session: Session, minutes: int, *, seen: int, by: User) -> list[Session]:
    """This session and all that begin later on its day, so many minutes later, or earlier.

    `seen` is the timetable's version that was on the page: raises TimetableChanged.
    """
    timetable = _locked(session.timetable.challenge, by, seen)
    session = _there(timetable, session)
    rest = list(timetable.sessions.filter(day=session.day, start__gte=session.start))
    for one in rest:
        one.start = later(one.start, minutes)
    if minutes and rest:
        Session.objects.bulk_update(rest, ["start"])
        _changed(timetable, "timetable.rest_moved", by, minutes=minutes, sessions=len(rest))
    return rest


@transaction.atomic
def copy_day(challenge: Challenge, day: date, to: date, *, seen: int, by: User) -> list[Session]:
    """The same sessions on another day of the visit, beside what is there; none tentative.

    `seen` is the timetable's version that was on the page: raises TimetableChanged.
    """
    timetable = _locked(challenge, by, seen)
    if to not in {one.day for one in days_of_visit(timetable.challenge)} or to == day:
        no("Choose another day of the visit.").require()
    there = sessions_of(timetable)
    copied = [words_of(session) for session in there if session.day == day]
    _room_for(len(copied), there)
    made = [
        _write(timetable, Session(), replace(words, day=to, tentative=False)) for words in copied
    ]
    if made:
        _changed(timetable, "timetable.day_copied", by, sessions=len(made))
    return made


@transaction.atomic
def follow_days(challenge: Challenge, *, seen: int, by: User) -> list[Session]:
    """The visit has other days: its sessions go with them, first to first, second to second."""
    timetable = _locked(challenge, by, seen)
    days = [one.day for one in days_of_visit(timetable.challenge)]
    sessions = list(timetable.sessions.all())
    before = sorted({session.day for session in sessions})
    if before == days or not days:
        return []
    if len(before) > len(days):
        no(
            f"The timetable has {len(before)} days and the visit {len(days)}: "
            "move or remove the sessions of one day first."
        ).require()
    then = dict(zip(before, days, strict=False))
    moved = [session for session in sessions if session.day != then[session.day]]
    for session in moved:
        session.day = then[session.day]
    Session.objects.bulk_update(moved, ["day"])
    _changed(timetable, "timetable.followed_days", by, sessions=len(moved))
    return moved


@transaction.atomic
def show_names(challenge: Challenge, *, shown: bool, by: User) -> Timetable:
    """Whether names of those who are seen may stand in it; those that do are taken out if not."""
    timetable = _locked(challenge, by)
    permissions.show_names(by, timetable.challenge).require()
    if timetable.names_shown == shown:
        return timetable
    timetable.names_shown = shown
    timetable.save(update_fields=["names_shown"])
    if not shown:
        Seen.objects.filter(session__timetable=timetable).exclude(names="").update(names="")
    return _changed(timetable, "timetable.names_shown" if shown else "timetable.names_hidden", by)


@transaction.atomic
def set_break(challenge: Challenge, minutes: int, *, by: User) -> Timetable:
    """What the team needs between two sessions."""
    timetable = _locked(challenge, by)
    if timetable.break_minutes == minutes:
        return timetable
    timetable.break_minutes = minutes
    timetable.save(update_fields=["break_minutes"])
    return _changed(timetable, "timetable.break_set", by, minutes=minutes)


def later(start: time, minutes: int) -> time:
    """Refused where it would be on another day."""
    then = start.hour * 60 + start.minute + minutes
    if not 0 <= then < MIDNIGHT:
        no(f"{start:%H:%M} cannot be moved by {minutes} minutes and stay on its day.").require()
    return time(then // 60, then % 60)


def _locked(challenge: Challenge, by: User, seen: int | None = None) -> Timetable:
    """The timetable, begun if it was not, for whoever may change it; held until the end."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.change_timetable(by, challenge).require()
    timetable, _ = Timetable.objects.select_for_update().get_or_create(challenge=challenge)
    timetable.challenge = challenge
    if seen is not None and seen != timetable.version:
        raise TimetableChanged
    return timetable


def _changed(timetable: Timetable, verb: str, by: User, **details: object) -> Timetable:
    timetable.version += 1
    timetable.save(update_fields=["version"])
    record(verb, timetable.challenge, by=by, **details)
    return timetable


def _there(timetable: Timetable, session: Session) -> Session:
    found = timetable.sessions.prefetch_related("team", "seen").filter(pk=session.pk).first()
    if found is None:
        raise Refused(f"“{session.title}” has been taken out of the timetable meanwhile.")
    return found


def _room_for(more: int, there: list[Session]) -> None:
    if len(there) + more > MOST_SESSIONS:
        no(f"A timetable holds {MOST_SESSIONS} sessions. Remove some first.").require()


def _fitting(
    timetable: Timetable, words: SessionWords, now: SessionWords | None = None
) -> SessionWords:
    """Of this challenge alone; whoever takes notes is there; names only where they are wanted."""
    challenge = timetable.challenge
    members: set[int | None] = set(challenge.team.current().values_list("pk", flat=True))
    members |= {*now.team, now.note_taker} if now else set()
    venues: set[int | None] = set(
        challenge.host_authority.venues.open().values_list("pk", flat=True)
    )
    venues |= {now.venue, None} if now else {None}
    lines = {None, *challenge.lines.values_list("pk", flat=True)}
    team = {*words.team, *([words.note_taker] if words.note_taker else [])}
    if not team <= members or words.venue not in venues or words.line not in lines:
        no("Choose from the team, the venues and the lines of enquiry of this visit.").require()
    if words.start.hour * 60 + words.start.minute + words.minutes > MIDNIGHT:
        no(f"It has to end by midnight of {said(words.day)}.").require()
    seen = words.seen
    if not timetable.names_shown:
        seen = tuple(replace(one, names="") for one in seen)
    return replace(words, team=tuple(sorted(team)), seen=seen)


def _write(timetable: Timetable, session: Session, words: SessionWords) -> Session:
    before = words_of(session).seen if session.pk else ()
    session.timetable = timetable
    for name in ("kind", "title", "day", "start", "minutes", "room", "link", "tentative"):
        setattr(session, name, getattr(words, name))
    session.councillors, session.note = words.councillors, words.note
    session.venue_id, session.line_id = words.venue, words.line
    session.note_taker_id = words.note_taker
    session.save()
    session.team.set(words.team)
    if before != words.seen:
        session.seen.all().delete()
        Seen.objects.bulk_create(
            Seen(
                session=session,
                role=one.role,
                number=one.number,
                service=one.service,
                manages=one.manages,
                names=one.names,
            )
            for one in words.seen
        )
    return session
