"""Who answers an offer, names the lead, changes the team and reads an objection, in each state."""

from __future__ import annotations

import pytest
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds import permissions
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.world import World, fresh

C = ChallengeState
TEAM_OPEN = {C.ACCEPTED, C.SCOPED, C.READY, C.ON_SITE, C.FED_BACK, C.LETTER}


@pytest.fixture
def challenge(world: World) -> Challenge:
    """Accepted, with a lead and a member."""
    return world.first(world.teamed())


@pytest.fixture
def people(world: World, challenge: Challenge) -> dict[str, User]:
    host, challenger = challenge.host_authority, challenge.challenger_authority
    third = next(one for one in world.authorities if one not in (host, challenger))
    return {
        "host_director": world.director_of(host),
        "host_officer": world.person(Role.AUTHORITY_OFFICER, host),
        "host_lead_member": world.person(Role.LEAD_MEMBER, host),
        "challenger_director": world.director_of(challenger),
        "challenger_officer": world.person(Role.AUTHORITY_OFFICER, challenger),
        "third_director": world.director_of(third),
        "lead": world.lead_of(challenge),
        "member": world.member_of(challenge),
        "board_officer": world.officer,
        "chair": world.chair,
        "approver": world.approver,
        "other_board_officer": World().officer,
    }


def who(people: dict[str, User], ask: object, *about: object) -> set[str]:
    return {role for role, user in people.items() if ask(fresh(user), *about)}


def in_every_state(people: dict[str, User], ask: object, challenge: Challenge) -> dict[str, set]:
    """State to who may; a state in which nobody may is left out."""
    found = {}
    for state in C:
        challenge.state = state
        found[state] = who(people, ask, challenge)
    return {state: roles for state, roles in found.items() if roles}


def test_both_directors_answer_an_offer_and_only_an_offer(
    people: dict[str, User], challenge: Challenge
) -> None:
    challenge.host_accepted_at = challenge.challenger_accepted_at = None
    assert in_every_state(people, permissions.answer_offer, challenge) == {
        C.OFFERED: {"host_director", "challenger_director"}
    }


def test_whoever_has_accepted_does_not_answer_again(
    people: dict[str, User], challenge: Challenge
) -> None:
    challenge.state, challenge.host_accepted_at = C.OFFERED, timezone.now()
    challenge.challenger_accepted_at = None
    assert who(people, permissions.answer_offer, challenge) == {"challenger_director"}
    answer = permissions.answer_offer(people["host_director"], challenge)
    assert answer.reason == "You have accepted; the other side has still to answer."


def test_the_challengers_director_or_a_board_officer_names_the_lead(
    people: dict[str, User], challenge: Challenge
) -> None:
    expected = {state: {"challenger_director", "board_officer"} for state in TEAM_OPEN}
    assert in_every_state(people, permissions.name_lead, challenge) == expected


def test_the_lead_and_the_challengers_director_change_the_team(
    people: dict[str, User], challenge: Challenge
) -> None:
    expected = {state: {"challenger_director", "lead"} for state in TEAM_OPEN}
    assert in_every_state(people, permissions.change_team, challenge) == expected


def test_the_side_that_declined_and_the_officers_read_why(
    people: dict[str, User], challenge: Challenge
) -> None:
    host = [challenge.host.authority_id]
    assert who(people, permissions.read_objection, challenge, host) == {
        "host_director",
        "host_officer",
        "host_lead_member",
        "board_officer",
    }
    assert who(people, permissions.read_objection, challenge, []) == {"board_officer"}
