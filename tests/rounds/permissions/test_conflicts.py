"""Who declares, sees, reads and withdraws a conflict of interest."""

from __future__ import annotations

import pytest

from authorities.models import User
from authorities.states import Role
from rounds import actions, permissions
from rounds.models import Conflict, ConflictKind
from tests.factories import AuthorityFactory, MembershipFactory, UserFactory
from tests.world import World, fresh


@pytest.fixture
def people(world: World) -> dict[str, User]:
    first, second, _ = world.authorities
    own = (
        Role.AUTHORITY_OFFICER,
        Role.LEAD_MEMBER,
        Role.CHIEF_EXECUTIVE,
        Role.REVIEWER,
        Role.COLLEAGUE,
    )
    return {role.value: world.person(role, first) for role in own} | {
        "director": world.directors[0],
        "other_side": world.director_of(second),
        "third": world.directors[2],
        "officer": world.officer,
        "chair": world.chair,
        "approver": world.approver,
        "administrator": world.person(Role.SYSTEM_ADMINISTRATOR),
        "elsewhere": World(size=1).officer,
        "stranger": UserFactory(),
    }


def declare(world: World, by: User, *, only_me: bool = False) -> Conflict:
    return actions.declare_conflict(
        world.authorities[0],
        world.authorities[1],
        kind=ConflictKind.FAMILY,
        only_me=only_me,
        details="tokconflict",
        by=fresh(by),
    )


def who(people: dict[str, User], rule: object) -> set[str]:
    assert callable(rule)
    return {name for name, user in people.items() if rule(fresh(user))}


def sees(people: dict[str, User], conflict: Conflict) -> set[str]:
    rows = Conflict.objects.visible_to
    return who(people, lambda user: rows(user).filter(pk=conflict.pk).exists())


OWN = {"director", "authority_officer", "lead_member", "chief_executive", "reviewer", "colleague"}


def test_anybody_who_works_there_declares_and_an_officer_for_all(
    world: World, people: dict[str, User]
) -> None:
    first = world.authorities[0]
    at_all = {*OWN, "other_side", "third", "officer", "elsewhere"}
    assert who(people, permissions.declare_conflicts) == at_all
    assert who(people, lambda user: permissions.declare_conflict(user, first)) == OWN | {"officer"}
    in_person = who(people, lambda user: permissions.declare_conflict(user, first, only_me=True))
    assert in_person == OWN


def test_one_for_the_authority_is_seen_by_its_director_too(
    world: World, people: dict[str, User]
) -> None:
    conflict = declare(world, people["reviewer"])
    assert sees(people, conflict) == {"reviewer", "director", "officer"}
    reads = who(people, lambda user: permissions.read_conflict_details(user, conflict))
    assert reads == {"reviewer", "officer"}
    ends = who(people, lambda user: permissions.withdraw_conflict(user, conflict))
    assert ends == {"reviewer", "officer"}


def test_one_of_a_person_is_theirs_and_the_officers(world: World, people: dict[str, User]) -> None:
    conflict = declare(world, people["reviewer"], only_me=True)
    assert sees(people, conflict) == {"reviewer", "officer"}


def test_what_an_officer_declares_stays_with_the_officers(
    world: World, people: dict[str, User]
) -> None:
    assert sees(people, declare(world, people["officer"])) == {"officer"}


def test_the_officers_of_either_region_see_it(world: World, people: dict[str, User]) -> None:
    far = AuthorityFactory(region_id=people["elsewhere"].regions_where(Role.BOARD_OFFICER)[0])
    conflict = declare(world, people["director"])
    Conflict.objects.filter(pk=conflict.pk).update(other=far)
    assert sees(people, conflict) == {"director", "officer", "elsewhere"}


def test_whoever_has_left_sees_what_they_said_and_cannot_take_it_back_for_the_authority(
    world: World, people: dict[str, User]
) -> None:
    user = UserFactory()
    post = MembershipFactory(user=user, role=Role.DIRECTOR, authority=world.authorities[0])
    as_a_whole, in_person = declare(world, user), declare(world, user, only_me=True)
    post.delete()
    assert sees({"left": user}, as_a_whole) == {"left"}
    assert not permissions.withdraw_conflict(fresh(user), as_a_whole)
    assert permissions.withdraw_conflict(fresh(user), in_person)
    assert sees(people, as_a_whole) == {"officer"}
