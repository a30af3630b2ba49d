"""Sending a timetable out: what is frozen, what changed, and who is told."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail

from authorities.models import Period, User
from authorities.states import PeriodKind, Role
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Timetable, TimetableRelease
from rounds.queries.releases import pdf_stands, unreleased
from rounds.scheduling.slots import said
from rounds.states import ChallengeState
from tests.rounds.mails import sent_by
from tests.rounds.released import first_day, moved, prepared, release, with_session
from tests.world import World, fresh, run_effects


@pytest.fixture
def challenge(world: World) -> Challenge:
    return prepared(world)


@pytest.fixture
def lead(world: World, challenge: Challenge) -> User:
    return world.lead_of(challenge)


@pytest.fixture
def member(world: World, challenge: Challenge) -> User:
    return world.member_of(challenge)


@pytest.fixture
def host(world: World, challenge: Challenge) -> User:
    return world.director_of(challenge.host_authority)


def test_a_release_keeps_every_session_as_it_stood(challenge: Challenge, lead: User) -> None:
    found = TimetableRelease.objects.get(pk=release(challenge, lead).pk)
    young, police = found.frozen.sessions
    assert (found.number, found.by, found.changes) == (1, lead, [])
    assert (young.title, young.start, young.place) == (
        "Young people",
        time(10),
        "Room 2, Civic Centre",
    )
    assert [one.who for one in young.seen] == ["6 × Young person, Children in care council"]
    assert [one.name for one in young.team] == [lead.name]
    assert young.note_taker == young.team[0]
    assert found.frozen.line_number(young) == 1
    assert police.place == "Online"
    assert [one.name for one in found.frozen.venues] == ["Civic Centre"]
    assert found.frozen.days == tuple(challenge.days.values_list("day", flat=True))
    challenge.timetable.sessions.all().delete()
    assert len(TimetableRelease.objects.get(pk=found.pk).frozen.sessions) == 2
    events = Event.objects.filter(verb="timetable.released")
    assert [(one.by_user, one.details) for one in events] == [(lead, {"version": 1})]


def test_names_of_those_seen_are_in_it_only_where_the_host_wants_them(
    challenge: Challenge, host: User, lead: User
) -> None:
    seen = challenge.timetable.sessions.get(title="Young people").seen.get()
    seen.names = "Ada"
    seen.save()
    assert "Ada" not in str(release(challenge, lead).content)
    challenge.timetable.names_shown = True
    challenge.timetable.save()
    assert "Ada" in str(release(challenge, lead).content)


def test_the_next_release_says_what_changed_and_numbers_what_did(
    challenge: Challenge, host: User, lead: User
) -> None:
    release(challenge, lead)
    moved(challenge, "Young people", time(10, 30), host)
    day = said(first_day(challenge))
    wanted = [f"{day}: “Young people” moves from 10:00 to 10:30."]
    assert unreleased(challenge, challenge.timetable).changes == wanted
    second = release(challenge, host)
    assert (second.number, second.changes) == (2, wanted)
    assert {one.title: one.changed_in for one in second.frozen.sessions} == {
        "Young people": 2,
        "Police": 1,
    }
    assert not unreleased(challenge, challenge.timetable).anything


def test_the_same_twice_is_sent_out_once(challenge: Challenge, lead: User) -> None:
    first = release(challenge, lead)
    assert release(challenge, lead) == first
    assert TimetableRelease.objects.count() == 1


def test_somebody_who_saw_another_timetable_sends_nothing(challenge: Challenge, lead: User) -> None:
    timetable = Timetable.objects.get(challenge=challenge)
    with pytest.raises(actions.TimetableChanged):
        actions.release_timetable(timetable, version=timetable.version - 1, by=lead)
    assert not TimetableRelease.objects.exists()


def test_there_must_be_a_session(world: World) -> None:
    challenge = world.first(world.booked())
    lead = world.lead_of(challenge)
    timetable = Timetable.objects.create(challenge=challenge)
    with pytest.raises(Refused, match="There is no session in this timetable yet"):
        actions.release_timetable(timetable, version=0, by=lead)


def test_no_councillor_is_seen_before_an_election(
    world: World, challenge: Challenge, lead: User
) -> None:
    day = first_day(challenge)
    Period.objects.create(
        kind=PeriodKind.PRE_ELECTION,
        authority=challenge.host_authority,
        first_day=day,
        last_day=day,
        name="Before the county elections",
    )
    session = with_session(challenge, lead, title="Scrutiny", start=time(16), councillors=True)
    with pytest.raises(Refused, match="“Scrutiny” sees councillors on"):
        release(challenge, lead)
    actions.remove_session(session, by=lead)
    assert release(challenge, lead).number == 1


def test_the_lead_and_the_hosts_side_send_it_out_and_nobody_else(
    world: World, challenge: Challenge, lead: User, member: User, host: User
) -> None:
    who = (
        member,
        world.officer,
        world.director_of(challenge.challenger_authority),
        world.person(Role.LEAD_MEMBER, challenge.host_authority),
    )
    for stranger in who:
        with pytest.raises(Refused, match="or the lead reviewer, send the timetable out"):
            release(challenge, fresh(stranger))
    officer = world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    assert release(challenge, officer).by == officer
    Challenge.objects.filter(pk=challenge.pk).update(state=ChallengeState.FED_BACK)
    moved_session = challenge.timetable.sessions.get(title="Police")
    moved_session.minutes = 30
    moved_session.save()
    with pytest.raises(Refused, match="until feedback has been given"):
        release(challenge, lead)


def test_the_first_is_told_to_everybody_but_whoever_sends_it(
    world: World, challenge: Challenge, lead: User, member: User, host: User
) -> None:
    officer = world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    world.person(Role.LEAD_MEMBER, challenge.host_authority)
    told = sent_by(lambda: release(challenge, lead))
    readers = sorted(one.email for one in (host, officer, member))
    assert told == {f"Timetable of the visit to {challenge.host_authority}": readers}
    for message in mail.outbox:
        assert f"/challenges/{challenge.pk}/timetable/versions/1\n" in message.body
        for confidential in ("Young people", "Police", "Civic Centre"):
            assert confidential not in message.body


def test_later_ones_are_told_to_the_host_and_to_those_whose_sessions_changed(
    challenge: Challenge, lead: User, member: User, host: User
) -> None:
    release(challenge, host)
    moved(challenge, "Police", time(15), host)
    told = sent_by(lambda: release(challenge, lead))
    title = f"The timetable of the visit to {challenge.host_authority} has changed"
    assert told == {title: sorted((host.email, member.email))}
    assert "1 session is not what it was." in mail.outbox[0].body
    moved(challenge, "Young people", time(11), host)
    moved(challenge, "Police", time(16), host)
    assert sent_by(lambda: release(challenge, host)) == {title: sorted((lead.email, member.email))}
    assert "2 sessions are not what they were." in mail.outbox[0].body


def test_somebody_who_has_two_parts_is_told_once_and_somebody_who_left_never(
    world: World, challenge: Challenge, lead: User, member: User, host: User
) -> None:
    """The director is an officer of the authority too."""
    world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    host.memberships.create(role=Role.AUTHORITY_OFFICER, authority=challenge.host_authority)
    seat = challenge.team.get(user=member)
    seat.from_date -= timedelta(days=9)
    seat.to_date = seat.from_date + timedelta(days=1)
    seat.save()
    [readers] = sent_by(lambda: release(challenge, lead)).values()
    assert readers.count(host.email) == 1
    assert member.email not in readers


def test_both_pdfs_are_made_by_the_worker_once(challenge: Challenge, lead: User) -> None:
    found = release(challenge, lead)
    assert pdf_stands(found) == "making"
    run_effects()
    assert pdf_stands(found) == "ready"
    assert sorted(found.pdfs.values_list("kind", flat=True)) == ["door", "team"]
    assert all(one.kept_pdf.startswith(b"%PDF") for one in found.pdfs.all())
    before = found.pdfs.get(kind="door").pk
    actions.keep_timetable_pdfs(found, {"door": b"another"}, by=lead)
    assert found.pdfs.get(kind="door").pk == before
    assert Event.objects.filter(verb="timetable.pdf_made").count() == 1
