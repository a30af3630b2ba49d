"""Who reads a timetable, who changes it, and when."""

from __future__ import annotations

import pytest

from authorities.models import User
from authorities.states import Role
from rounds import permissions
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.world import World, fresh

C = ChallengeState
OPEN = {C.ACCEPTED, C.SCOPED, C.READY, C.ON_SITE}
OVER = {C.FED_BACK, C.LETTER, C.ACTION_PLANNING, C.AWAITING_REVISIT, C.POSTPONED}
READS = {"host director", "host officer", "lead member", "lead", "member", "board officer"}
INSIDE = READS - {"board officer"}
WRITES = INSIDE - {"lead member"}
# Whose team no longer reads the host's material, or does not yet.
WITHOUT_TEAM = {C.OFFERED, C.CLOSED}


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.teamed())


@pytest.fixture
def people(world: World, challenge: Challenge) -> dict[str, User]:
    return {
        "host director": world.directors[0],
        "host officer": world.person(Role.AUTHORITY_OFFICER),
        "lead member": world.person(Role.LEAD_MEMBER),
        "colleague": world.person(Role.COLLEAGUE),
        "lead": world.lead_of(challenge),
        "member": world.member_of(challenge),
        "challenger’s director": world.director_of(challenge.challenger_authority),
        "another director": world.directors[2],
        "board officer": world.officer,
        "chair": world.chair,
        "approver": world.approver,
        "another board’s officer": World(size=0).officer,
    }


@pytest.mark.parametrize("state", list(C))
def test_who_may_in_which_state(
    challenge: Challenge, people: dict[str, User], state: ChallengeState
) -> None:
    challenge.state = state

    def allowed(may) -> set[str]:
        return {who for who, user in people.items() if may(fresh(user), challenge)}

    team = set() if state in WITHOUT_TEAM else {"lead", "member"}
    here = state in OPEN | OVER | WITHOUT_TEAM
    read = (READS - {"lead", "member"}) | team if here else set()
    assert allowed(permissions.read_timetable) == read
    assert allowed(permissions.read_names) == read & INSIDE
    assert allowed(permissions.change_timetable) == (WRITES if state in OPEN else set())
    hosts = {"host director", "host officer"}
    assert allowed(permissions.show_names) == (hosts if state in OPEN else set())


def test_a_refusal_says_why(challenge: Challenge, people: dict[str, User]) -> None:
    officer, lead = people["board officer"], people["lead"]
    host = challenge.host_authority
    assert permissions.change_timetable(officer, challenge).reason.startswith("The host’s director")
    assert permissions.read_timetable(people["chair"], challenge).reason.startswith("The timetable")
    assert permissions.read_names(officer, challenge).reason.startswith("Names and notes are for")
    assert str(host) in permissions.show_names(lead, challenge).reason
    challenge.state = C.FED_BACK
    assert "until feedback has been given" in permissions.change_timetable(lead, challenge).reason
