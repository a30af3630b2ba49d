"""The pages of one session: added, changed, moved, taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Challenge, Session
from rounds.queries.sessions import SeenWords, SessionWords, words_of
from tests.rounds.conftest import words
from tests.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.booked())


@pytest.fixture
def host(world: World) -> User:
    return world.directors[0]


@pytest.fixture
def lead(world: World, challenge: Challenge) -> User:
    return world.lead_of(challenge)


@pytest.fixture
def session(challenge: Challenge, host: User) -> Session:
    return actions.add_session(challenge, interview(challenge), by=host)


def day_of(challenge: Challenge, phase: str = "day1") -> date:
    return challenge.days.get(phase=phase).day


def interview(challenge: Challenge, start: time = time(10), title: str = "Heads") -> SessionWords:
    return SessionWords("interview", title, day_of(challenge), start)


def sent(challenge: Challenge, **fields: object) -> dict[str, object]:
    """What a browser sends of the form, as little as can be."""
    return {
        "kind": "interview",
        "day": day_of(challenge).isoformat(),
        "start": "10:00",
        "minutes": "60",
        **fields,
    }


def address(name: str, challenge: Challenge, session: Session | None = None) -> str:
    return reverse(name, args=[challenge.pk, *([session.pk] if session else [])])


def titles(challenge: Challenge) -> list[str]:
    found = Session.objects.filter(timetable__challenge=challenge)
    return [f"{one.title} {one.start:%H:%M}" for one in found]


def test_a_session_is_added_at_the_end_of_a_day(
    signed_in: SignIn, challenge: Challenge, session: Session, host: User
) -> None:
    client, add = signed_in(host), address("session_add", challenge)
    page = words(client.get(f"{add}?day={day_of(challenge).isoformat()}"))
    assert 'value="11:15"' in page
    answer = client.post(
        add,
        sent(
            challenge,
            start="11.15",
            title="Carers",
            role_0="Foster carer",
            number_0="5",
            role_1="Social worker",
            service_1="Fostering",
        ),
        follow=True,
    )
    assert "“Carers” is in the timetable" in words(answer)
    made = Session.objects.get(title="Carers")
    assert words_of(made).seen == (
        SeenWords("Foster carer", 5),
        SeenWords("Social worker", 1, "Fostering"),
    )


def test_several_are_added_one_after_the_other(
    signed_in: SignIn, challenge: Challenge, host: User
) -> None:
    client, add = signed_in(host), address("session_add", challenge)
    answer = client.post(add, sent(challenge, another="1"), follow=True)
    assert 'value="11:15"' in words(answer)
    assert titles(challenge) == ["Interview 10:00"]


def test_a_new_venue_is_entered_with_the_session_by_the_host_alone(
    signed_in: SignIn, challenge: Challenge, host: User, lead: User
) -> None:
    add, venues = address("session_add", challenge), challenge.host_authority.venues
    assert "The host’s director and officers add venues" in words(signed_in(lead).get(add))
    signed_in(lead).post(add, sent(challenge, new_venue="Theirs"))
    assert not venues.exists()
    client = signed_in(host)
    client.post(add, sent(challenge, new_venue="Family Hub", start="11:30"))
    client.post(add, sent(challenge, new_venue="family hub", start="14:00"))
    assert [one.name for one in venues.all()] == ["Family Hub"]
    assert Session.objects.filter(venue=venues.get()).count() == 2
    answer = client.post(add, sent(challenge, new_venue="Clinic", venue=venues.get().pk))
    assert "Choose a venue or enter a new one, not both" in words(answer)
    venues.update(closed=True)
    answer = client.post(add, sent(challenge, new_venue="Family Hub", start="16:00"))
    assert "has a venue called “Family Hub” already" in words(answer)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": "noonish"}, "Enter a time like 9:30 or 14:15"),
        ({"start": ""}, "Enter when it starts"),
        ({"minutes": "0"}, "The length must be 5 or more"),
        ({"kind": "party"}, "Select one of the choices shown"),
        ({"number_0": "3"}, "Enter the role of those who are seen"),
        ({"venue": "999"}, "Select one of the choices shown"),
        ({"day": "1999-01-01"}, "Select one of the choices shown"),
        ({"start": "23:30"}, "It has to end by midnight"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(
    signed_in: SignIn, challenge: Challenge, host: User, fields: dict[str, str], said: str
) -> None:
    answer = signed_in(host).post(address("session_add", challenge), sent(challenge, **fields))
    assert answer.status_code == 422
    assert said in words(answer)
    assert titles(challenge) == []


def test_a_change_that_somebody_else_made_first_is_shown_beside_ones_own(
    signed_in: SignIn, challenge: Challenge, session: Session, host: User, lead: User
) -> None:
    client, change = signed_in(host), address("session_change", challenge, session)
    mark = words_of(session).mark
    assert mark in words(client.get(change))
    theirs = interview(challenge, time(11), "Head teachers")
    actions.change_session(session, theirs, seen=mark, by=lead)
    ours = sent(challenge, title="Heads of schools", seen_mark=mark)
    answer = client.post(change, ours)
    page = words(answer)
    assert answer.status_code == 422
    assert "Somebody changed this session while you had it open" in page
    assert (
        '<th scope="row" class="govuk-table__header">Title</th>'
        '<td class="govuk-table__cell">Head teachers</td>'
        '<td class="govuk-table__cell">Heads of schools</td>'
    ) in page
    assert titles(challenge) == ["Head teachers 11:00"]
    client.post(change, {**ours, "seen_mark": theirs.mark})
    assert titles(challenge) == ["Heads of schools 10:00"]


def test_buttons_move_a_session_by_a_quarter_of_an_hour_and_boxes_to_any_time(
    signed_in: SignIn, challenge: Challenge, session: Session, host: User
) -> None:
    client, move = signed_in(host), address("session_move", challenge, session)
    assert "15 minutes later" in words(client.get(move))
    here, mark = day_of(challenge).isoformat(), words_of(session).mark
    answer = client.post(move, {"day": here, "start": "10:15", "seen_mark": mark}, follow=True)
    assert "at 10:15 now" in words(answer)
    page = words(client.post(move, {"day": here, "start": "10:30", "seen_mark": mark}))
    assert "Somebody changed it meanwhile" in page
    session.refresh_from_db()
    mark, feedback = words_of(session).mark, day_of(challenge, "feedback")
    client.post(move, {"day": feedback.isoformat(), "start": "2pm", "seen_mark": mark})
    session.refresh_from_db()
    assert (session.day, session.start) == (feedback, time(14))


def test_moving_the_rest_of_the_day_is_shown_before_it_is_done(
    signed_in: SignIn, challenge: Challenge, session: Session, host: User
) -> None:
    lead = challenge.team.get(seat="lead")
    for start, title in ((time(9), "Early"), (time(11, 15), "Late")):
        actions.add_session(challenge, interview(challenge, start, title), by=host)
    for one in Session.objects.all():
        one.team.add(lead)
    client, rest = signed_in(host), address("timetable_move_rest", challenge, session)
    page = words(client.get(rest, {"minutes": "-15"}))
    assert "What would not fit any more" in page
    assert f"{lead.user.name} is in “Early” and “Heads” at the same time." in page
    assert "Move 2 sessions" in page
    done = words(client.post(rest, {"minutes": "-15", "version": 3}, follow=True))
    assert "2 sessions of" in done
    assert "are 15 minutes earlier" in done
    assert titles(challenge) == ["Early 09:00", "Heads 09:45", "Late 11:00"]
    again = words(client.post(rest, {"minutes": "-15", "version": 3}, follow=True))
    assert "Somebody changed the timetable" in again
    assert titles(challenge) == ["Early 09:00", "Heads 09:45", "Late 11:00"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [("0", "Enter a number other than 0"), ("600", "another day"), ("x", "must be a whole number")],
)
def test_the_rest_cannot_be_moved_by_nothing_or_out_of_its_day(
    signed_in: SignIn, challenge: Challenge, host: User, minutes: str, said: str
) -> None:
    late = actions.add_session(challenge, interview(challenge, time(15)), by=host)
    rest = address("timetable_move_rest", challenge, late)
    assert said in words(signed_in(host).get(rest, {"minutes": minutes}))
    assert said in words(signed_in(host).post(rest, {"minutes": minutes, "version": "1"}))


def test_a_session_is_taken_out_and_every_page_of_it_leads_back(
    signed_in: SignIn, challenge: Challenge, session: Session, host: User
) -> None:
    client = signed_in(host)
    remove = address("session_remove", challenge, session)
    assert "Take “Heads” out" in words(client.get(remove))
    assert "no longer in the timetable" in words(client.post(remove, follow=True))
    for name in ("session_change", "session_move", "timetable_move_rest", "session_remove"):
        page = words(client.get(address(name, challenge, session), follow=True))
        assert "That session is no longer in the timetable" in page
    assert titles(challenge) == []


def test_the_session_of_another_challenge_is_not_found_here(
    signed_in: SignIn, challenge: Challenge, session: Session, world: World
) -> None:
    other = world.first(challenge.round).round.challenges.exclude(pk=challenge.pk).first()
    lead = signed_in(world.lead_of(other))
    page = words(lead.get(address("session_change", other, session), follow=True))
    assert "That session is no longer in the timetable" in page
    assert lead.get(address("session_change", challenge, session)).status_code in (403, 404)


def test_officers_read_and_do_not_write(
    signed_in: SignIn, challenge: Challenge, session: Session, world: World
) -> None:
    client = signed_in(world.officer)
    for name in ("session_change", "session_move", "session_remove", "timetable_move_rest"):
        assert client.get(address(name, challenge, session)).status_code == 403
    assert client.post(address("session_add", challenge), sent(challenge)).status_code == 403
