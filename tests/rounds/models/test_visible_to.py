"""Who sees a self-assessment and a challenge at all: everybody else gets 404."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds.models import Challenge, SelfAssessment, TeamMember
from rounds.states import ChallengeState, SelfAssessmentState
from tests.world import World, fresh

C, S = ChallengeState, SelfAssessmentState
OWN = {"director", "authority_officer", "lead_member", "chief_executive"}
TEAM = {"lead", "member"}


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.teamed())


@pytest.fixture
def people(world: World, challenge: Challenge) -> dict[str, User]:
    host, challenger = challenge.host_authority, challenge.challenger_authority
    third = next(one for one in world.authorities if one not in (host, challenger))
    posts = (Role.AUTHORITY_OFFICER, Role.LEAD_MEMBER, Role.CHIEF_EXECUTIVE, Role.REVIEWER)
    return {role.value: world.person(role, host) for role in posts} | {
        "director": world.director_of(host),
        "challenger_director": world.director_of(challenger),
        "third_director": world.director_of(third),
        "lead": world.lead_of(challenge),
        "member": world.member_of(challenge),
        "board_officer": world.officer,
        "board_member": world.person(Role.BOARD_MEMBER),
        "chair": world.chair,
        "approver": world.approver,
        "system_administrator": world.person(Role.SYSTEM_ADMINISTRATOR),
        "other_board_officer": World().officer,
    }


def readers(people: dict[str, User], challenge: Challenge) -> set[str]:
    return {
        role
        for role, user in people.items()
        if SelfAssessment.objects.visible_to(fresh(user))
        .filter(participation=challenge.host)
        .exists()
    }


def onlookers(people: dict[str, User], challenge: Challenge) -> set[str]:
    return {
        role
        for role, user in people.items()
        if Challenge.objects.visible_to(fresh(user)).filter(pk=challenge.pk).exists()
    }


def test_a_self_assessment_is_the_authoritys_own_until_it_is_sent(
    people: dict[str, User], challenge: Challenge
) -> None:
    found = {}
    for state in S.values:
        SelfAssessment.objects.filter(participation=challenge.host).update(state=state)
        found[state] = readers(people, challenge)
    sent = OWN | TEAM | {"board_officer"}
    assert found == dict.fromkeys(S.values, OWN) | {"submitted": sent, "shared": sent}


def test_the_team_reads_from_acceptance_until_the_challenge_is_over(
    people: dict[str, User], challenge: Challenge
) -> None:
    found = {}
    for state in C.values:
        Challenge.objects.filter(pk=challenge.pk).update(state=state)
        found[state] = readers(people, challenge) - OWN - {"board_officer"}
    shut = {"proposed", "offered", "closed", "declined", "cancelled"}
    assert found == {state: set() if state in shut else TEAM for state in C.values}


def test_a_seat_that_has_ended_reads_nothing(people: dict[str, User], challenge: Challenge) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    TeamMember.objects.filter(challenge=challenge).update(to_date=yesterday)
    assert readers(people, challenge) == OWN | {"board_officer"}


def test_a_challenge_is_seen_by_both_sides_the_team_and_the_board_once_it_is_offered(
    people: dict[str, User], challenge: Challenge
) -> None:
    found = {}
    for state in C.values:
        Challenge.objects.filter(pk=challenge.pk).update(state=state)
        found[state] = onlookers(people, challenge)
    board = {"board_officer", "board_member", "chair", "approver"}
    everybody = OWN | TEAM | board | {"challenger_director"}
    assert found == dict.fromkeys(C.values, everybody) | {"proposed": {"board_officer"}}
