"""Who writes, sends and returns a self-assessment, in each of its states."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import Role
from rounds import permissions
from rounds.models import Participation, SelfAssessment
from rounds.states import ParticipationState, RoundState, SelfAssessmentState
from tests.world import World, fresh

S = SelfAssessmentState


@pytest.fixture
def people(world: World, part: Participation) -> dict[str, User]:
    """One person for each role that could be thought to have a say, and two who have none."""
    there = {
        role.value: world.person(role, part.authority)
        for role in (
            Role.AUTHORITY_OFFICER,
            Role.LEAD_MEMBER,
            Role.CHIEF_EXECUTIVE,
            Role.REVIEWER,
        )
    }
    elsewhere = World()
    return there | {
        "director": world.directors[0],
        "other_director": world.directors[1],
        "board_officer": world.officer,
        "chair": world.chair,
        "approver": world.approver,
        "system_administrator": world.person(Role.SYSTEM_ADMINISTRATOR),
        "other_board_officer": elsewhere.officer,
    }


@pytest.fixture
def own(world: World, part: Participation) -> SelfAssessment:
    """Complete and sent, so that every state can be put on it."""
    return world.sent(part)


def who(people: dict[str, User], ask: object, own: SelfAssessment) -> set[str]:
    return {role for role, user in people.items() if ask(fresh(user), own)}


def in_every_state(people: dict[str, User], ask: object, own: SelfAssessment) -> dict[str, set]:
    """State to who may; a state in which nobody may is left out."""
    found = {}
    for state in S.values:
        own.state = state
        found[state] = who(people, ask, own)
    return {state: roles for state, roles in found.items() if roles}


def test_director_and_officers_write_while_it_is_open(
    people: dict[str, User], own: SelfAssessment
) -> None:
    writers = {"director", "authority_officer"}
    assert in_every_state(people, permissions.write_self_assessment, own) == {
        "not_started": writers,
        "drafting": writers,
        "returned": writers,
    }


def test_only_the_director_sends(people: dict[str, User], own: SelfAssessment) -> None:
    assert in_every_state(people, permissions.submit_self_assessment, own) == {
        "drafting": {"director"},
        "with_sign_off": {"director"},
        "returned": {"director"},
    }


def test_only_the_boards_officer_returns_what_was_sent(
    people: dict[str, User], own: SelfAssessment
) -> None:
    assert in_every_state(people, permissions.return_self_assessment, own) == {
        "submitted": {"board_officer"}
    }


def test_an_officer_is_told_that_the_director_sends(
    people: dict[str, User], own: SelfAssessment
) -> None:
    answer = permissions.submit_self_assessment(people["authority_officer"], own)
    assert answer.reason == "Only the director of children’s services sends the self-assessment."


def test_nobody_writes_outside_the_round(people: dict[str, User], own: SelfAssessment) -> None:
    for state in (RoundState.DRAFT, RoundState.CLOSED, RoundState.CANCELLED):
        own.state, own.participation.round.state = S.DRAFTING, state
        assert who(people, permissions.write_self_assessment, own) == set()
        answer = permissions.write_self_assessment(people["director"], own)
        assert answer.reason == f"The round is “{state.label.lower()}”."


def test_whoever_has_withdrawn_does_not_write(people: dict[str, User], own: SelfAssessment) -> None:
    own.state, own.participation.state = S.DRAFTING, ParticipationState.WITHDRAWN
    answer = permissions.write_self_assessment(people["director"], own)
    assert answer.reason == f"{own.participation.authority} has withdrawn from this round."


def test_a_post_that_has_ended_gives_nothing(people: dict[str, User], own: SelfAssessment) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user__in=people.values()).update(to_date=yesterday)
    own.state = S.RETURNED
    assert who(people, permissions.write_self_assessment, own) == set()
    assert who(people, permissions.submit_self_assessment, own) == set()
    own.state = S.SUBMITTED
    assert who(people, permissions.return_self_assessment, own) == set()
