"""Writing the timetable of a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from authorities.models import User, Venue
from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Session, Timetable
from rounds.queries.sessions import SeenWords, SessionWords, words_of
from rounds.queries.timetable import timetable_page
from rounds.states import ChallengeState
from tests.world import World


@pytest.fixture
def challenge(world: World) -> Challenge:
    """The first authority's, led by a reviewer of the second, with both its days."""
    return world.first(world.booked())


@pytest.fixture
def lead(world: World, challenge: Challenge) -> User:
    return world.lead_of(challenge)


@pytest.fixture
def host(world: World) -> User:
    return world.directors[0]


def day_of(challenge: Challenge, phase: str = "day1") -> date:
    return challenge.days.get(phase=phase).day


def words(challenge: Challenge, start: str = "10:00", **said: object) -> SessionWords:
    plain = SessionWords(
        kind="interview",
        title=f"Session at {start}",
        day=day_of(challenge),
        start=time.fromisoformat(start),
    )
    return replace(plain, **said)


def starts(challenge: Challenge, day: date) -> list[str]:
    found = Session.objects.filter(timetable__challenge=challenge, day=day)
    return [f"{session.start:%H:%M}" for session in found]


def verbs(challenge: Challenge) -> list[str]:
    found = Event.objects.about({Challenge: [challenge.pk]}).order_by("pk")
    return [event.verb for event in found if event.verb.startswith("timetable.")]


def test_it_begins_with_the_outline_of_the_format_on_the_days_of_the_visit(
    challenge: Challenge, lead: User
) -> None:
    timetable = actions.start_timetable(challenge, by=lead)
    found = [(session.day, session.kind) for session in timetable.sessions.all()]
    assert found == [
        (day_of(challenge), "team_meeting"),
        (day_of(challenge), "presentation"),
        (day_of(challenge), "interview"),
        (day_of(challenge), "team_meeting"),
        (day_of(challenge, "feedback"), "team_meeting"),
        (day_of(challenge, "feedback"), "feedback"),
    ]
    actions.start_timetable(challenge, by=lead)
    assert timetable.sessions.count() == 6
    assert verbs(challenge) == ["timetable.started"]


def test_a_session_is_added_with_all_that_is_said_of_it(challenge: Challenge, host: User) -> None:
    venue = Venue.objects.create(authority=challenge.host_authority, name="Town Hall")
    member = challenge.team.get(seat="lead")
    line = challenge.lines.create(position=1, text="Is help early?")
    said = words(
        challenge,
        venue=venue.pk,
        room="2",
        line=line.pk,
        note_taker=member.pk,
        note="Bring the plan",
        seen=(SeenWords("Social worker", 4, "Duty team"),),
    )
    session = actions.add_session(challenge, said, by=host)
    assert words_of(session) == replace(said, team=(member.pk,))
    assert actions.add_session(challenge, words_of(session), by=host) == session
    assert verbs(challenge) == ["timetable.session_added"]
    assert Timetable.objects.get(challenge=challenge).version == 1


def test_a_session_is_changed_unless_somebody_else_did(
    challenge: Challenge, host: User, lead: User
) -> None:
    session = actions.add_session(challenge, words(challenge), by=host)
    mark = words_of(session).mark
    actions.change_session(session, words(challenge, title="Theirs"), seen=mark, by=lead)
    with pytest.raises(actions.SessionChanged) as refused:
        actions.change_session(session, words(challenge, title="Ours"), seen=mark, by=host)
    assert refused.value.now.title == "Theirs"
    same = words(challenge, title="Theirs")
    assert actions.change_session(session, same, seen=mark, by=host).title == "Theirs"
    assert verbs(challenge) == ["timetable.session_added", "timetable.session_changed"]


def test_a_session_is_moved_to_another_day_and_removed_once(
    challenge: Challenge, host: User
) -> None:
    session = actions.add_session(challenge, words(challenge), by=host)
    feedback = day_of(challenge, "feedback")
    mark = words_of(session).mark
    moved = actions.move_session(session, day=feedback, start=time(9, 15), seen=mark, by=host)
    assert (moved.day, moved.start) == (feedback, time(9, 15))
    with pytest.raises(actions.SessionChanged):
        actions.move_session(session, day=feedback, start=time(9, 30), seen=mark, by=host)
    actions.remove_session(session, by=host)
    actions.remove_session(session, by=host)
    assert verbs(challenge)[1:] == ["timetable.session_moved", "timetable.session_removed"]
    with pytest.raises(Refused, match="taken out of the timetable meanwhile"):
        actions.change_session(session, words(challenge), seen=mark, by=host)


def test_the_rest_of_a_day_is_moved_and_moved_back(challenge: Challenge, host: User) -> None:
    added = [
        actions.add_session(challenge, words(challenge, start), by=host)
        for start in ("09:00", "10:00", "11:00")
    ]
    day = day_of(challenge)
    version = Timetable.objects.get(challenge=challenge).version
    actions.move_rest(added[1], 25, seen=version, by=host)
    assert starts(challenge, day) == ["09:00", "10:25", "11:25"]
    with pytest.raises(actions.TimetableChanged):
        actions.move_rest(added[1], 25, seen=version, by=host)
    actions.move_rest(added[1], -25, seen=version + 1, by=host)
    assert starts(challenge, day) == ["09:00", "10:00", "11:00"]
    with pytest.raises(Refused, match="stay on its day"):
        actions.move_rest(added[1], 900, seen=version + 2, by=host)


def test_a_day_is_copied_beside_what_is_there_and_nothing_of_it_is_tentative(
    challenge: Challenge, host: User
) -> None:
    day, feedback = day_of(challenge), day_of(challenge, "feedback")
    seen = (SeenWords("Head teacher", 3),)
    actions.add_session(challenge, words(challenge, tentative=True, seen=seen), by=host)
    actions.add_session(challenge, words(challenge, "09:00", day=feedback), by=host)
    [made] = actions.copy_day(challenge, day, feedback, seen=2, by=host)
    assert starts(challenge, feedback) == ["09:00", "10:00"]
    assert words_of(Session.objects.get(pk=made.pk)) == words(challenge, day=feedback, seen=seen)
    with pytest.raises(actions.TimetableChanged):
        actions.copy_day(challenge, day, feedback, seen=2, by=host)
    with pytest.raises(Refused, match="another day of the visit"):
        actions.copy_day(challenge, day, day, seen=3, by=host)


def test_sessions_follow_the_days_of_the_visit(challenge: Challenge, host: User) -> None:
    actions.start_timetable(challenge, by=host)
    visit = challenge.days.get(phase="day1")
    before = visit.day
    visit.day = date.fromordinal(before.toordinal() + 1)
    visit.save()
    assert [day.day for day in timetable_page(challenge).mislaid] == [before]
    actions.follow_days(challenge, seen=1, by=host)
    assert timetable_page(challenge).mislaid == []
    assert len(starts(challenge, visit.day)) == 4


def test_names_stand_in_it_only_where_the_host_wants_them(
    challenge: Challenge, host: User, lead: User
) -> None:
    named = words(challenge, seen=(SeenWords("Head teacher", names="Astrid Ek"),))
    session = actions.add_session(challenge, named, by=lead)
    assert words_of(session).seen == (SeenWords("Head teacher"),)
    with pytest.raises(Refused, match="director and officers of"):
        actions.show_names(challenge, shown=True, by=lead)
    actions.show_names(challenge, shown=True, by=host)
    mark = words_of(session).mark
    session = actions.change_session(session, named, seen=mark, by=lead)
    assert words_of(Session.objects.get(pk=session.pk)) == named
    assert [row.seen_said for row in timetable_page(challenge, names=True).sessions] == [
        ["Head teacher: Astrid Ek"]
    ]
    assert [row.seen_said for row in timetable_page(challenge).sessions] == [["Head teacher"]]
    actions.show_names(challenge, shown=False, by=host)
    assert words_of(Session.objects.get(pk=session.pk)).seen == (SeenWords("Head teacher"),)


def test_what_is_not_of_this_visit_is_refused(challenge: Challenge, host: User) -> None:
    other = Challenge.objects.exclude(pk=challenge.pk).first()
    elsewhere = Venue.objects.create(authority=other.host_authority, name="Elsewhere")
    for said in (
        {"venue": elsewhere.pk},
        {"team": (other.team.first().pk,)},
        {"note_taker": other.team.first().pk},
        {"line": other.lines.create(position=1, text="Theirs").pk},
    ):
        with pytest.raises(Refused, match="of this visit"):
            actions.add_session(challenge, words(challenge, **said), by=host)
    with pytest.raises(Refused, match="midnight"):
        actions.add_session(challenge, words(challenge, "23:30"), by=host)


def test_only_the_host_and_the_team_change_it_and_not_once_feedback_is_given(
    world: World, challenge: Challenge, host: User
) -> None:
    stranger = world.person(Role.LEAD_MEMBER)
    for person in (world.officer, world.director_of(challenge.challenger_authority), stranger):
        with pytest.raises(Refused, match="change the timetable"):
            actions.add_session(challenge, words(challenge), by=person)
    challenge.state = ChallengeState.FED_BACK
    challenge.save(update_fields=["state"])
    with pytest.raises(Refused, match="until feedback has been given"):
        actions.add_session(challenge, words(challenge), by=host)
