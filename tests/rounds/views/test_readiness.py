"""The list before a visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Challenge, Round, Timetable
from rounds.queries.readiness import before_visits
from rounds.states import ChallengeState
from tests.rounds.conftest import words
from tests.rounds.teamed import Teamed
from tests.world import World

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def it(world: World, accepted: Round) -> Teamed:
    return Teamed.of(world, accepted)


def at(it: Teamed, name: str = "challenge_ready") -> str:
    return reverse(name, args=[it.challenge.pk])


def all_done(it: Teamed) -> None:
    it.dated(2)
    it.agreed()
    timetable, _ = Timetable.objects.get_or_create(challenge=it.challenge)
    timetable.releases.create(number=1, content=[], by=it.lead)


def test_each_open_line_says_what_to_do_and_leads_there_whoever_may_go(
    it: Teamed, signed_in: SignedIn
) -> None:
    page = words(signed_in(it.lead).get(at(it)))
    assert "3 of 6 still to do." in page
    assert "Write at least one. Whose turn: the host and the lead reviewer." in page
    assert at(it, "challenge_scope") in page
    assert at(it, "challenge_team") in page
    page = words(signed_in(it.world.chair).get(at(it)))
    assert at(it, "challenge_team") not in page
    assert at(it, "challenge_papers") not in page


def test_the_lead_says_that_it_is_ready_and_home_no_longer_asks(
    it: Teamed, signed_in: SignedIn
) -> None:
    lead, officer = signed_in(it.lead), signed_in(it.world.officer)
    assert lead.post(at(it), {"reason": "All the same"}).status_code == 302
    assert it.again().state == ChallengeState.ACCEPTED
    all_done(it)
    visits = reverse("round", args=[it.round.pk])
    assert "in the next 4 weeks is not ready" in words(officer.get(visits))
    assert "Say that the visit is ready" in words(lead.get(at(it)))
    assert "The visit is ready." in words(lead.post(at(it), follow=True))
    assert it.again().state == ChallengeState.READY
    assert "in the next 4 weeks is not ready" not in words(officer.get(visits))
    assert lead.post(at(it)).status_code == 302


def test_an_officer_gives_a_reason_that_stays_on_both_pages(
    it: Teamed, signed_in: SignedIn
) -> None:
    it.dated(2)
    officer = signed_in(it.world.officer)
    answer = officer.post(at(it), {"reason": ""})
    assert answer.status_code == 422
    assert "why it goes ahead" in words(answer)
    officer.post(at(it), {"reason": "The host has asked for it"})
    for address in (at(it), at(it, "challenge")):
        page = words(signed_in(it.director).get(address))
        assert "Why: The host has asked for it" in page
        assert "Timetable: Send the timetable out." in page
    visits = words(officer.get(reverse("round_visits", args=[it.round.pk])))
    assert "Goes ahead all the same: The host has asked for it" in visits


def test_what_is_open_before_all_visits_is_read_at_once(it: Teamed) -> None:
    it.dated(2)
    Challenge.objects.filter(round=it.round).update(dates_sent_at=it.again().dates_sent_at)
    for challenge in it.round.challenges.exclude(pk=it.challenge.pk):
        challenge.days.create(phase="day1", day=it.challenge.days.get(phase="day1").day)
    counts = []
    for rows in (it.round.challenges.filter(pk=it.challenge.pk), it.round.challenges.all()):
        found = list(rows.with_both_sides().prefetch_related("days"))
        with CaptureQueriesContext(connection) as queries:
            listed = before_visits(found)
        assert len(listed) == len(found)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_home_says_what_host_and_lead_have_still_to_do(it: Teamed, signed_in: SignedIn) -> None:
    home, host = reverse("home"), it.challenge.host_authority
    challenger = it.challenge.challengers_said
    assert f"Write the lines of enquiry: {host}" in words(signed_in(it.lead).get(home))
    actions.add_line(it.challenge, "One", by=it.lead)
    actions.agree_scope(it.challenge, version=1, by=it.lead)
    assert "lines of enquiry" not in words(signed_in(it.lead).get(home))
    assert f"Agree the lines of enquiry: {challenger}" in words(signed_in(it.director).get(home))
    assert "lines of enquiry" not in words(signed_in(it.organiser).get(home))
    actions.ask_for_paper(it.challenge, title="Chart", by=it.lead)
    actions.send_papers_asked(it.challenge, by=it.lead)
    assert f"Give 1 paper to the team of {challenger}" in words(signed_in(it.organiser).get(home))
