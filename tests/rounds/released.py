"""A visit with a timetable that can be sent out."""

from __future__ import annotations

from datetime import date, time

from authorities.models import User, Venue
from rounds import actions
from rounds.models import Challenge, Session, Timetable, TimetableRelease
from rounds.queries.sessions import SeenWords, SessionWords, words_of
from tests.world import World

NAMES_TOKEN = "tokseen"


def first_day(challenge: Challenge) -> date:
    return challenge.days.earliest("day").day


def with_session(challenge: Challenge, by: User, **words: object) -> Session:
    """On the first day at ten, for an hour, with nobody of the team unless it is said."""
    said = {
        "kind": "interview",
        "title": "Police",
        "day": first_day(challenge),
        "start": time(10),
        **words,
    }
    return actions.add_session(challenge, SessionWords(**said), by=by)


def prepared(world: World, round: object = None) -> Challenge:
    """Two sessions: the lead sees young people in a room, the member sees the police."""
    challenge = world.first(round or world.booked())
    host = world.director_of(challenge.host_authority)
    lead, member = challenge.team.leads().get(), challenge.team.exclude(seat="lead").get()
    hall = Venue.objects.create(
        authority=challenge.host_authority,
        name="Civic Centre",
        address="1 High Street\nTown",
        access="Ramp at the side door",
    )
    line = challenge.lines.create(position=1, text="How well are young people heard?")
    with_session(
        challenge,
        host,
        kind="focus_group",
        title="Young people",
        venue=hall.pk,
        room="Room 2",
        team=(lead.pk,),
        note_taker=lead.pk,
        line=line.pk,
        seen=(SeenWords("Young person", 6, "Children in care council"),),
        note="They bring their own agenda",
    )
    with_session(
        challenge, host, start=time(14), team=(member.pk,), link="https://meet.example.org/police"
    )
    return world.again(challenge)


def release(challenge: Challenge, by: User) -> TimetableRelease:
    timetable = Timetable.objects.get(challenge=challenge)
    return actions.release_timetable(timetable, version=timetable.version, by=by)


def moved(challenge: Challenge, title: str, start: time, by: User) -> Session:
    session = challenge.timetable.sessions.get(title=title)
    return actions.move_session(
        session, day=session.day, start=start, seen=words_of(session).mark, by=by
    )
