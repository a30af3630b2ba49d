"""A side cannot on the days that it was sent."""

from __future__ import annotations

import pytest
from django.core import mail

from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, DateObjection, Round
from rounds.queries.free_weeks import weeks_of
from tests.rounds.dated import in_order, lead_of
from tests.world import World, fresh, run_effects


@pytest.fixture
def sent(world: World, accepted: Round) -> Round:
    actions.fill_visit_days(accepted, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    run_effects()
    mail.outbox.clear()
    return accepted


def test_a_director_tells_the_officers_who_get_a_link_and_no_reason(
    world: World, sent: Round
) -> None:
    challenge = in_order(sent)[0]
    director = world.director_of(challenge.host_authority)
    objection = actions.object_to_days(challenge, "tokdaysno: the ballet", by=director)
    run_effects()
    [letter] = mail.outbox
    assert letter.to == [world.officer.email]
    assert "tokdaysno" not in letter.body
    assert f"/date-objections/{objection.pk}" in letter.body
    assert objection.participation == challenge.host
    assert Event.objects.filter(verb="challenge.days_objected").count() == 1


def test_said_twice_the_last_reason_stands(world: World, sent: Round) -> None:
    challenge = in_order(sent)[0]
    director = world.director_of(challenge.host_authority)
    actions.object_to_days(challenge, "First", by=director)
    actions.object_to_days(challenge, "Last", by=director)
    assert DateObjection.objects.get().reason == "Last"


def test_who_leads_speaks_for_the_challenger(world: World, sent: Round) -> None:
    challenge = in_order(sent)[0]
    lead = lead_of(world, challenge)
    objection = actions.object_to_days(challenge, "At sea", by=lead)
    assert objection.participation == challenge.challenger
    assert list(DateObjection.objects.visible_to(fresh(lead))) == [objection]
    challenge.team.all().delete()
    assert list(DateObjection.objects.visible_to(fresh(lead))) == []


def test_nobody_else_does_and_only_of_days_that_were_sent(
    world: World, accepted: Round, sent: Round
) -> None:
    challenge = in_order(sent)[0]
    officer = world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    with pytest.raises(Refused, match="Only a side’s director"):
        actions.object_to_days(challenge, "No", by=officer)
    Challenge.objects.filter(pk=challenge.pk).update(dates_sent_at=None)
    with pytest.raises(Refused, match="once the days have been sent"):
        actions.object_to_days(challenge, "No", by=world.director_of(challenge.host_authority))


def test_the_other_side_reads_no_reason(world: World, sent: Round) -> None:
    challenge = in_order(sent)[0]
    director = world.director_of(challenge.host_authority)
    objection = actions.object_to_days(challenge, "The ballet", by=director)
    other = world.director_of(challenge.challenger_authority)
    seen = {
        person: list(DateObjection.objects.visible_to(fresh(person)))
        for person in (director, world.officer, other, world.chair)
    }
    assert seen == {director: [objection], world.officer: [objection], other: [], world.chair: []}


def test_the_days_stay_and_that_side_is_told_why_on_a_page(world: World, sent: Round) -> None:
    challenge = in_order(sent)[0]
    director = world.director_of(challenge.host_authority)
    objection = actions.object_to_days(challenge, "The ballet", by=director)
    run_effects()
    mail.outbox.clear()
    actions.settle_date_objection(objection, "tokdaysstay", by=world.officer)
    run_effects()
    [letter] = mail.outbox
    assert letter.to == [director.email]
    assert "tokdaysstay" not in letter.body
    with pytest.raises(Refused, match="settled already"):
        actions.settle_date_objection(objection, "Again", by=world.officer)


def test_other_days_settle_it_and_nobody_is_told_of_an_objection_that_is_settled(
    world: World, sent: Round
) -> None:
    challenge = in_order(sent)[0]
    director = world.director_of(challenge.host_authority)
    objection = actions.object_to_days(challenge, "The ballet", by=director)
    week = next(one for one in weeks_of(challenge) if one.free and not one.now)
    actions.set_visit_days(challenge, week.days, by=world.officer)
    objection.refresh_from_db()
    assert (objection.settled_by, objection.answer) == (world.officer, "")
    run_effects()
    assert not any("cannot on the days" in letter.subject for letter in mail.outbox)
