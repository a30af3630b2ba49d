"""Who may run a round, in every state; one cell is one person before one state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer
from rounds import permissions
from rounds.models import Challenge, Round
from rounds.states import CHALLENGE, ROUND, ChallengeState, RoundState
from tests.factories import MembershipFactory, UserFactory
from tests.world import World, fresh

R, C = RoundState, ChallengeState
DATES = {C.ACCEPTED, C.SCOPED, C.READY}
BOARD = {"officer", "chair", "member"}

# Permission: who may at all, and in which states of the round.
OF_A_ROUND: dict[str, tuple[set[str], set[RoundState]]] = {
    "see_round": (BOARD, set(R)),
    "change_round": ({"officer"}, {R.DRAFT}),
    "cancel_round": ({"officer"}, {R.DRAFT}),
    "invite_authorities": ({"officer"}, {R.DRAFT}),
    "match": ({"officer"}, {R.OPEN, R.MATCHING, R.UNDER_WAY}),
    "send_dates": ({"officer"}, {R.UNDER_WAY}),
}
OF_A_CHALLENGE: dict[str, tuple[set[str], set[ChallengeState]]] = {
    "set_visit_days": ({"officer"}, DATES),
    "cancel_challenge": ({"officer"}, {C.OFFERED, *DATES, C.ON_SITE, C.POSTPONED}),
}


def former_officer(world: World) -> User:
    user = UserFactory()
    yesterday = timezone.localdate() - timedelta(days=1)
    MembershipFactory(user=user, role=Role.BOARD_OFFICER, region=world.region, to_date=yesterday)
    return user


def inactive_officer(world: World) -> User:
    user = world.person(Role.BOARD_OFFICER)
    user.is_active = False
    user.save()
    return user


PEOPLE: dict[str, Callable[[World], User]] = {
    "officer": lambda world: world.officer,
    "chair": lambda world: world.chair,
    "member": lambda world: world.person(Role.BOARD_MEMBER),
    "approver": lambda world: world.approver,
    "director": lambda world: world.directors[0],
    "authority officer": lambda world: world.person(Role.AUTHORITY_OFFICER),
    "lead member": lambda world: world.person(Role.LEAD_MEMBER),
    "chief executive": lambda world: world.person(Role.CHIEF_EXECUTIVE),
    "reviewer": lambda world: world.person(Role.REVIEWER),
    "system administrator": lambda world: world.person(Role.SYSTEM_ADMINISTRATOR),
    "officer elsewhere": lambda world: World().officer,
    "officer until yesterday": former_officer,
    "deactivated officer": inactive_officer,
    "stranger": lambda world: UserFactory(),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_with_a_round_in_which_state(world: World, who: str) -> None:
    round, user = world.drafted(), fresh(PEOPLE[who](world))
    found = {}
    for name in OF_A_ROUND:
        ask: Callable[[User, Round], Answer] = getattr(permissions, name)
        for state in R:
            round.state = state
            found[name, state] = bool(ask(user, round))
    assert found == {
        (name, state): who in people and state in states
        for name, (people, states) in OF_A_ROUND.items()
        for state in R
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_with_a_challenge_in_which_state(
    world: World, who: str, proposed: Round
) -> None:
    challenge, user = world.first(proposed), fresh(PEOPLE[who](world))
    found = {}
    for name in OF_A_CHALLENGE:
        ask: Callable[[User, Challenge], Answer] = getattr(permissions, name)
        for state in C:
            challenge.state = state
            found[name, state] = bool(ask(user, challenge))
    assert found == {
        (name, state): who in people and state in states
        for name, (people, states) in OF_A_CHALLENGE.items()
        for state in C
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_only_its_own_officer_starts_a_round(world: World, who: str) -> None:
    user = fresh(PEOPLE[who](world))
    assert bool(permissions.start_round(user, world.region)) == (who == "officer")


def test_every_refusal_is_a_sentence(world: World) -> None:
    round, stranger = world.drafted(), UserFactory()
    answers = [getattr(permissions, name)(stranger, round) for name in OF_A_ROUND]
    assert [answer.reason[-1:] for answer in answers] == ["."] * len(answers)


def test_what_may_be_done_can_follow_by_the_tables() -> None:
    assert {s for s in R if ROUND.may(s, R.OPEN)} == OF_A_ROUND["invite_authorities"][1]
    assert OF_A_ROUND["cancel_round"][1] <= {s for s in R if ROUND.may(s, R.CANCELLED)}
    takes_back = OF_A_CHALLENGE["cancel_challenge"][1]
    assert takes_back <= {s for s in C if CHALLENGE.may(s, C.CANCELLED)}
