from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Round, TeamMember, Timetable
from rounds.queries.readiness import checks_of
from rounds.states import ChallengeState
from tests.rounds.teamed import Teamed
from tests.world import World, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def it(world: World, accepted: Round) -> Teamed:
    accepted.format_data["seats"] = [
        {"key": "lead", "label": "Lead", "least": 1, "most": 1, "leads": True},
        {"key": "analyst", "label": "Analyst", "least": 1, "most": 1},
    ]
    accepted.save()
    return Teamed.of(world, accepted)


def open_in(challenge: Challenge) -> list[str]:
    return [check.key for check in checks_of(challenge) if not check.met]


def released(it: Teamed) -> None:
    timetable, _ = Timetable.objects.get_or_create(challenge=it.challenge)
    timetable.releases.create(number=1, content=[], by=it.lead)


def all_done(it: Teamed) -> Challenge:
    it.dated()
    it.agreed()
    released(it)
    return it.again()


def test_each_line_is_open_until_it_is_done(it: Teamed) -> None:
    assert open_in(it.again()) == ["scope", "dates", "timetable"]
    asked = actions.ask_for_paper(it.challenge, title="Chart", by=it.lead)
    actions.send_papers_asked(it.challenge, by=it.lead)
    actions.leave_team(it.challenge.team.get(user=it.member), by=it.lead)
    assert open_in(it.again()) == ["team", "scope", "dates", "papers", "timetable"]
    actions.say_no_such_paper(asked, reason="We have none", by=it.director)
    actions.seat_team_member(it.challenge, it.member, by=it.lead)
    assert open_in(all_done(it)) == []


def test_a_timetable_on_days_that_the_visit_has_no_more_is_to_be_sent_again(it: Teamed) -> None:
    challenge = all_done(it)
    days = [f"{one.day:%Y-%m-%d}" for one in challenge.days.all()]
    timetable = Timetable.objects.get(challenge=challenge)
    timetable.releases.create(number=2, content={"days": days}, by=it.lead)
    assert open_in(challenge) == []
    challenge.days.update(day=F("day") + timedelta(weeks=1))
    [check] = [check for check in checks_of(challenge) if not check.met]
    assert check.sentence.startswith("The timetable stands on other days")


def test_somebody_in_another_seat_does_not_fill_one_that_is_wanted(it: Teamed) -> None:
    TeamMember.objects.filter(user=it.member).update(kind="practitioner")
    team = next(check for check in checks_of(it.again()) if check.key == "team")
    assert (team.met, team.sentence) == (False, "Still wanted: 1 × analyst.")
    TeamMember.objects.filter(user=it.member).update(kind="analyst")
    assert "team" not in open_in(it.again())


def test_what_the_format_does_not_ask_for_is_not_on_the_list(it: Teamed) -> None:
    for key in ("scope_agreed", "timetable_agreed"):
        del it.round.format_data["deadlines"][key]
    it.round.save()
    assert [check.key for check in checks_of(it.again())] == ["lead", "team", "dates", "papers"]


def test_the_lead_calls_it_ready_once_all_is_done_and_twice_is_once(it: Teamed) -> None:
    with pytest.raises(Refused, match="board officer"):
        actions.make_ready(it.challenge, by=it.lead)
    all_done(it)
    with pytest.raises(Refused):
        actions.make_ready(it.challenge, by=it.director)
    actions.make_ready(it.challenge, by=it.lead)
    assert actions.make_ready(it.challenge, by=it.lead).state == ChallengeState.READY
    assert not it.challenge.ready_despite.exists()


def test_an_officer_passes_over_what_is_open_with_a_reason_that_stays(it: Teamed) -> None:
    officer = it.world.officer
    with pytest.raises(Refused, match="Say why the visit goes ahead"):
        actions.make_ready(it.challenge, by=officer)
    assert it.again().state == ChallengeState.ACCEPTED
    actions.make_ready(it.challenge, despite="The host has asked for it", by=officer)
    row = it.challenge.ready_despite.get()
    assert (row.reason, row.by) == ("The host has asked for it", officer)
    assert row.unmet[-1] == "Timetable: Send the timetable out."
    other = fresh(it.world.person(Role.CHAIR))
    with pytest.raises(Refused):
        actions.make_ready(it.challenge.__class__.objects.exclude(pk=it.challenge.pk)[0], by=other)


def test_a_reopened_scope_takes_ready_back_and_a_missing_member_does_not(it: Teamed) -> None:
    all_done(it)
    actions.make_ready(it.challenge, by=it.lead)
    actions.leave_team(it.challenge.team.get(user=it.member), by=it.lead)
    assert it.again().state == ChallengeState.READY
    assert open_in(it.again()) == ["team"]
    actions.add_line(it.challenge, "One more", by=it.lead)
    assert it.again().state == ChallengeState.ACCEPTED


def test_where_no_scope_is_asked_for_reopening_one_leaves_a_visit_ready(it: Teamed) -> None:
    all_done(it)
    actions.make_ready(it.challenge, by=it.lead)
    del it.round.format_data["deadlines"]["scope_agreed"]
    it.round.save()
    actions.unagree_scope(it.challenge, by=it.lead)
    assert it.again().state == ChallengeState.READY
