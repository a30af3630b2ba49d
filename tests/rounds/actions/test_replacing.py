"""A challenger that falls out gives its place to another; what is prepared goes over to it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from authorities.models import User
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Paper, Participation, SelfAssessment, VisitDay
from rounds.queries.publishing import difference_of, published_in
from rounds.queries.replacing import substitutes_for
from rounds.states import ChallengeState
from tests.world import World, fresh, run_effects

C = ChallengeState
ILL = "Their director is ill"


@pytest.fixture
def world(db: None) -> World:
    return World(size=4)


@pytest.fixture
def challenge(world: World) -> Challenge:
    """A is challenged by B; its days are far from everybody else's."""
    challenge = world.first(world.booked())
    for phase, day in (("day1", date(2031, 6, 3)), ("feedback", date(2031, 6, 10))):
        VisitDay.objects.filter(challenge=challenge, phase=phase).update(day=day)
    run_effects()
    mail.outbox.clear()
    return challenge


def part(challenge: Challenge, world: World, place: int) -> Participation:
    return challenge.round.participations.get(authority=world.authorities[place])


def replaced(challenge: Challenge, world: World, place: int = 2) -> Challenge:
    """By C, unless another is named."""
    return actions.replace_challenger(
        challenge,
        challenge.challenger,
        part(challenge, world, place),
        reason=ILL,
        by=world.officer,
    )


def test_the_new_challenger_is_asked_and_the_host_has_said_yes_already(
    world: World, challenge: Challenge
) -> None:
    made = replaced(challenge, world)
    old = world.again(challenge)
    assert (old.state, old.cancelled_for) == (C.CANCELLED, ILL)
    assert (made.state, made.replaces) == (C.OFFERED, old)
    assert [side.authority for side in made.unanswered] == [world.authorities[2]]
    run_effects()
    director = world.director_of(world.authorities[2])
    assert [one.subject for one in mail.outbox if director.email in one.to] == [
        f"Would you challenge {challenge.host_authority}?"
    ]
    host = world.director_of(challenge.host_authority)
    [told] = [one for one in mail.outbox if host.email in one.to]
    assert told.subject.startswith("Another challenger")
    assert len(told.attachments) == 2
    actions.accept_challenge(made, by=fresh(director))
    assert world.again(made).state == C.ACCEPTED


def test_days_scope_papers_and_timetable_go_over(world: World, challenge: Challenge) -> None:
    line = challenge.lines.create(position=1, text="How is it known?")
    lead = world.lead_of(challenge)
    asked = challenge.papers_asked.create(position=1, title="The plan", asked_by=lead)
    host = world.director_of(challenge.host_authority)
    actions.agree_scope(challenge, version=0, by=host)
    actions.agree_scope(challenge, version=0, by=lead)
    made = replaced(challenge, world)
    assert dict(made.days.values_list("phase", "day")) == {
        "day1": date(2031, 6, 3),
        "feedback": date(2031, 6, 10),
    }
    assert list(made.lines.all()) == [line]
    assert list(made.papers_asked.all()) == [asked]
    # The host stands by its word; whoever leads next reads it first.
    assert (bool(made.scope.host_agreed_at), made.scope.lead_agreed_at) == (True, None)
    assert not made.dates_sent
    assert made.team.count() == 0


def test_days_on_which_the_new_one_cannot_are_given_up(world: World, challenge: Challenge) -> None:
    actions.say_unavailable(
        world.authorities[2],
        first_day=date(2031, 6, 10),
        last_day=date(2031, 6, 10),
        rather_not=False,
        reason="",
        by=world.directors[2],
    )
    new = part(challenge, world, 2).pk
    [other] = [one for one in substitutes_for(challenge).possible if one.pk == new]
    assert (other.free, other.days) == (False, "Cannot: Tuesday 10 June 2031")
    assert replaced(challenge, world).days.count() == 0


def test_the_old_team_reads_nothing_of_the_host_any_more(
    world: World, challenge: Challenge
) -> None:
    lead = world.lead_of(challenge)
    assert reads(lead, challenge)
    made = replaced(challenge, world)
    assert not reads(fresh(lead), challenge)
    assert not Challenge.objects.visible_to(fresh(lead)).filter(pk=made.pk).exists()
    assert not Paper.objects.open_to(fresh(lead)).exists()


def reads(user: User, challenge: Challenge) -> bool:
    return SelfAssessment.objects.visible_to(user).filter(participation=challenge.host).exists()


def test_the_board_has_nothing_left_to_offer(world: World, challenge: Challenge) -> None:
    replaced(challenge, world)
    scenario = published_in(challenge.round)
    assert scenario
    assert not difference_of(scenario)


def test_a_side_or_whoever_a_rule_forbids_is_not_asked(world: World, challenge: Challenge) -> None:
    listed = substitutes_for(challenge)
    names = {one.name for one in listed.possible} | {one.name for one in listed.barred}
    assert names == {world.authorities[2].name, world.authorities[3].name}
    with pytest.raises(Refused, match="cannot challenge"):
        replaced(challenge, world, place=1)
    # D is challenged by A, and nobody challenges whoever challenges them.
    for one in listed.barred:
        with pytest.raises(Refused, match="cannot challenge"):
            actions.replace_challenger(
                challenge, challenge.challenger, one.member, reason=ILL, by=world.officer
            )


def test_it_is_done_once(world: World, challenge: Challenge) -> None:
    replaced(challenge, world)
    with pytest.raises(Refused, match="until the visit begins"):
        replaced(challenge, world)
    assert Challenge.objects.filter(replaces=challenge).count() == 1
