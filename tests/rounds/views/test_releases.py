"""Sending a timetable out from its page, reading what was sent, and taking PDFs away."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import time, timedelta

import pikepdf
import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, TimetableRelease, VisitDay
from rounds.scheduling.slots import said
from tests.rounds.conftest import words
from tests.rounds.released import first_day, moved, prepared, release, with_session
from tests.world import World, run_effects

SignIn = Callable[[User], Client]
QUERIES = 13


@pytest.fixture
def challenge(world: World) -> Challenge:
    return prepared(world)


@pytest.fixture
def lead(world: World, challenge: Challenge) -> User:
    return world.lead_of(challenge)


@pytest.fixture
def host(world: World, challenge: Challenge) -> User:
    return world.director_of(challenge.host_authority)


def sending(challenge: Challenge) -> str:
    return reverse("timetable_release", args=[challenge.pk])


def version(challenge: Challenge, number: int = 1) -> str:
    return reverse("timetable_version", args=[challenge.pk, number])


def pdf(challenge: Challenge, kind: str, number: int = 1) -> str:
    return reverse("timetable_pdf", args=[challenge.pk, number, kind])


def press(client: Client, challenge: Challenge) -> object:
    seen = client.get(sending(challenge)).context["page"].draft.version
    return client.post(sending(challenge), {"version": seen}, follow=True)


def test_before_it_is_sent_a_page_says_to_whom_and_what_does_not_fit(
    signed_in: SignIn, world: World, challenge: Challenge, lead: User, host: User
) -> None:
    page = words(signed_in(lead).get(sending(challenge)))
    assert "Send the timetable out?" in page
    assert "Send out version 1" in page
    for told in (host, world.member_of(challenge)):
        assert f"<li>{told.name}</li>" in page
    assert f"<li>{lead.name}</li>" not in page
    assert "Nobody takes notes in “Police”." in page
    assert "What changed" not in page


def test_a_timetable_that_is_out_is_no_longer_ahead_of_anybody(
    signed_in: SignIn, challenge: Challenge, lead: User, host: User
) -> None:
    VisitDay.objects.filter(challenge=challenge).update(day=F("day") + timedelta(weeks=20))
    client, page = signed_in(host), reverse("challenge", args=[challenge.pk])
    assert "Timetable agreed" in words(client.get(page))
    release(challenge, lead)
    after = words(client.get(page))
    assert "Timetable agreed" not in after
    assert "Papers sent to the team" in after


def test_pressing_sends_it_and_leads_to_what_was_sent(
    signed_in: SignIn, challenge: Challenge, lead: User
) -> None:
    answer = press(signed_in(lead), challenge)
    assert answer.redirect_chain == [(version(challenge), 302)]
    page = words(answer)
    assert "Version 1 is sent out." in page
    assert "Young people" in page
    assert "Room 2, Civic Centre" in page
    assert "Ramp at the side door" in page
    assert "6 × Young person, Children in care council" in page
    assert f"{lead.name} (notes)" in page
    assert "line 1" in page


def test_after_a_change_the_page_says_what_changes_for_whom(
    signed_in: SignIn, challenge: Challenge, lead: User, host: User
) -> None:
    release(challenge, lead)
    moved(challenge, "Young people", time(10, 30), host)
    client = signed_in(host)
    page = words(client.get(sending(challenge)))
    sentence = f"{said(first_day(challenge))}: “Young people” moves from 10:00 to 10:30."
    assert "Send the changes out?" in page
    assert sentence in page
    assert f"<li>{lead.name}</li>" in page
    assert "<li>Member of" not in page
    sent = words(press(client, challenge))
    assert "What changed since version 1" in sent
    assert sentence in sent
    earlier = words(client.get(version(challenge)))
    assert "read version 2, the newest" in earlier
    assert sentence not in earlier


def test_with_nothing_new_it_says_so_and_has_no_button(
    signed_in: SignIn, challenge: Challenge, lead: User
) -> None:
    release(challenge, lead)
    page = words(signed_in(lead).get(sending(challenge)))
    assert "Nothing has changed since version 1" in page
    assert "<button" not in page.partition("<main")[2]


def test_with_no_session_it_says_so(signed_in: SignIn, world: World) -> None:
    challenge = world.first(world.booked())
    client = signed_in(world.lead_of(challenge))
    for answer in (client.get(sending(challenge)), client.post(sending(challenge))):
        assert "There is nothing to send out yet" in words(answer)


def test_a_press_from_a_page_that_is_old_sends_nothing_and_shows_the_new_one(
    signed_in: SignIn, challenge: Challenge, lead: User, host: User
) -> None:
    client = signed_in(lead)
    seen = client.get(sending(challenge)).context["page"].draft.version
    moved(challenge, "Young people", time(10, 30), host)
    for sent in ({"version": seen}, {"version": "nonsense"}, {}):
        page = words(client.post(sending(challenge), sent, follow=True))
        assert "Somebody changed the timetable while you had this page open." in page
    assert not TimetableRelease.objects.exists()


def test_pressing_twice_sends_one_version(
    signed_in: SignIn, challenge: Challenge, lead: User
) -> None:
    client = signed_in(lead)
    seen = client.get(sending(challenge)).context["page"].draft.version
    for _ in range(2):
        answer = client.post(sending(challenge), {"version": seen}, follow=True)
        assert "Version 1 is sent out." in words(answer)
    assert TimetableRelease.objects.count() == 1


def test_a_session_with_councillors_before_an_election_stands_in_the_way(
    signed_in: SignIn, challenge: Challenge, lead: User
) -> None:
    day = first_day(challenge)
    challenge.host_authority.periods.create(
        kind="pre_election", first_day=day, last_day=day, name="Before the elections"
    )
    with_session(challenge, lead, title="Scrutiny", start=time(16), councillors=True)
    client = signed_in(lead)
    page = client.get(sending(challenge))
    assert "This cannot be sent out yet" in words(page)
    seen = page.context["page"].draft.version
    client.post(sending(challenge), {"version": seen})
    assert not TimetableRelease.objects.exists()


def test_officers_read_it_without_names_and_notes_and_others_are_told_why_not(
    signed_in: SignIn, world: World, challenge: Challenge, lead: User, host: User
) -> None:
    challenge.timetable.sessions.get(title="Young people").seen.update(names="Ada and Ben")
    challenge.timetable.names_shown = True
    challenge.timetable.save()
    release(challenge, lead)
    run_effects()
    for reader in (lead, world.member_of(challenge), host):
        page = words(signed_in(reader).get(version(challenge)))
        assert "Ada and Ben" in page
        assert "They bring their own agenda" in page
        assert pdf(challenge, "team") in page
    officer = signed_in(world.officer)
    page = words(officer.get(version(challenge)))
    assert "Young people" in page
    assert "Ada and Ben" not in page
    assert "They bring their own agenda" not in page
    assert pdf(challenge, "team") not in page
    assert officer.get(pdf(challenge, "team")).status_code == 403
    assert officer.get(pdf(challenge, "door")).status_code == 200
    challenger = signed_in(world.director_of(challenge.challenger_authority))
    for address in (version(challenge), pdf(challenge, "door")):
        assert challenger.get(address).status_code == 403
    stranger = signed_in(world.person(Role.REVIEWER, challenge.challenger_authority))
    assert stranger.get(version(challenge)).status_code == 404


def test_a_version_or_a_print_that_is_not_there_is_no_page(
    signed_in: SignIn, challenge: Challenge, lead: User
) -> None:
    release(challenge, lead)
    client = signed_in(lead)
    for address in (version(challenge, 2), pdf(challenge, "door", 2), pdf(challenge, "wall")):
        assert client.get(address).status_code == 404


def test_until_the_pdf_is_there_a_page_says_so(
    signed_in: SignIn, challenge: Challenge, lead: User
) -> None:
    release(challenge, lead)
    client = signed_in(lead)
    assert "The PDF is being made" in words(client.get(pdf(challenge, "door")))
    run_effects()
    answer = client.get(pdf(challenge, "door"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].endswith('timetable-version-1-for-the-door.pdf"')
    with pikepdf.open(io.BytesIO(answer.content)) as found:
        assert len(found.pages) == 2


def test_each_reader_sees_which_sessions_are_theirs(
    signed_in: SignIn, challenge: Challenge, lead: User, host: User
) -> None:
    release(challenge, lead)
    assert words(signed_in(lead).get(version(challenge))).count(">You</strong>") == 1
    assert ">You</strong>" not in words(signed_in(host).get(version(challenge)))


def test_reading_takes_as_many_queries_for_three_sessions_as_for_one(
    signed_in: SignIn,
    world: World,
    challenge: Challenge,
    lead: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(lead)
    actions.remove_session(challenge.timetable.sessions.get(title="Police"), by=lead)
    release(challenge, lead)
    with django_assert_num_queries(QUERIES):
        client.get(version(challenge))
    for hour in (13, 15):
        with_session(challenge, lead, start=time(hour))
    release(challenge, lead)
    with django_assert_num_queries(QUERIES):
        client.get(version(challenge, 2))
