from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Seat, SelfAssessment
from tests.factories import MembershipFactory
from tests.world import World, fresh


@pytest.fixture
def challenge(world: World) -> Challenge:
    """Accepted by both sides, with nobody on its team."""
    return world.first(world.accepted())


@pytest.fixture
def challenger(world: World, challenge: Challenge) -> User:
    return world.director_of(challenge.challenger_authority)


@pytest.fixture
def reviewer(world: World, challenge: Challenge) -> User:
    return world.person(Role.REVIEWER, challenge.challenger_authority)


def last_promise() -> tuple[str, int]:
    return Effect.objects.order_by("pk").values_list("task", "argument").last()


def reads(user: User, challenge: Challenge) -> bool:
    found = SelfAssessment.objects.visible_to(fresh(user))
    return found.filter(participation=challenge.host).exists()


def test_the_lead_is_named_told_and_reads_from_then_on(
    challenge: Challenge, challenger: User, reviewer: User
) -> None:
    assert not reads(reviewer, challenge)
    lead = actions.name_lead(challenge, reviewer, by=challenger)
    assert (lead.user, lead.seat) == (reviewer, Seat.LEAD)
    assert reads(reviewer, challenge)
    event = Event.objects.last()
    assert (event.verb, event.details) == ("team.lead_named", {"who": reviewer.name})
    assert last_promise() == ("rounds.tell_team_member", lead.pk)


def test_naming_the_same_lead_again_changes_nothing(
    challenge: Challenge, challenger: User, reviewer: User
) -> None:
    first = actions.name_lead(challenge, reviewer, by=challenger)
    events = Event.objects.count()
    assert actions.name_lead(challenge, reviewer, by=challenger) == first
    assert Event.objects.count() == events


def test_another_lead_ends_the_first_ones_seat_and_reading(
    world: World, challenge: Challenge, challenger: User, reviewer: User
) -> None:
    actions.name_lead(challenge, reviewer, by=challenger)
    second = world.person(Role.REVIEWER, challenge.challenger_authority)
    actions.name_lead(challenge, second, by=challenger)
    assert [member.user for member in challenge.team.current()] == [second]
    assert not reads(reviewer, challenge)


def test_a_member_who_becomes_lead_keeps_the_seat(
    world: World, challenge: Challenge, challenger: User, reviewer: User
) -> None:
    member = actions.seat_team_member(challenge, reviewer, by=challenger)
    lead = actions.name_lead(challenge, reviewer, by=challenger)
    assert lead.pk == member.pk
    assert [seat.seat for seat in challenge.team.all()] == [Seat.LEAD]


def test_the_lead_seats_members_and_each_is_told_once(
    world: World, challenge: Challenge, challenger: User, reviewer: User
) -> None:
    actions.name_lead(challenge, reviewer, by=challenger)
    other = world.person(Role.REVIEWER, world.authorities[2])
    member = actions.seat_team_member(challenge, other, by=reviewer)
    assert last_promise() == ("rounds.tell_team_member", member.pk)
    effects = Effect.objects.count()
    assert actions.seat_team_member(challenge, other, by=reviewer) == member
    assert Effect.objects.count() == effects
    assert reads(other, challenge)


def test_nobody_challenges_the_authority_they_work_for(
    world: World, challenge: Challenge, challenger: User, reviewer: User
) -> None:
    host = challenge.host_authority
    MembershipFactory(user=reviewer, role=Role.REVIEWER, authority=host)
    for act in (actions.name_lead, actions.seat_team_member):
        with pytest.raises(Refused, match=f"works for {host}, the host"):
            act(challenge, reviewer, by=challenger)
    assert not challenge.team.exists()


def test_whoever_left_the_host_may_challenge_it(
    challenge: Challenge, challenger: User, reviewer: User
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    MembershipFactory(
        user=reviewer, role=Role.REVIEWER, authority=challenge.host_authority, to_date=yesterday
    )
    assert actions.name_lead(challenge, reviewer, by=challenger).user == reviewer


def test_leaving_ends_reading_at_once_and_keeps_the_row(
    world: World, challenge: Challenge, challenger: User, reviewer: User
) -> None:
    member = actions.seat_team_member(challenge, reviewer, by=challenger)
    assert reads(reviewer, challenge)
    actions.leave_team(member, by=challenger)
    assert not reads(reviewer, challenge)
    member.refresh_from_db()
    assert member.to_date < timezone.localdate()
    assert Event.objects.last().verb == "team.member_left"


def test_leaving_twice_is_recorded_once(
    challenge: Challenge, challenger: User, reviewer: User
) -> None:
    member = actions.seat_team_member(challenge, reviewer, by=challenger)
    for _ in range(2):
        actions.leave_team(member, by=challenger)
    assert Event.objects.filter(verb="team.member_left").count() == 1


def test_whoever_left_can_be_asked_again(
    challenge: Challenge, challenger: User, reviewer: User
) -> None:
    member = actions.seat_team_member(challenge, reviewer, by=challenger)
    actions.leave_team(member, by=challenger)
    again = actions.seat_team_member(challenge, reviewer, by=challenger)
    assert again.pk != member.pk
    assert reads(reviewer, challenge)


def test_the_lead_cannot_just_leave(challenge: Challenge, challenger: User, reviewer: User) -> None:
    lead = actions.name_lead(challenge, reviewer, by=challenger)
    with pytest.raises(Refused, match="name another one instead"):
        actions.leave_team(lead, by=challenger)
