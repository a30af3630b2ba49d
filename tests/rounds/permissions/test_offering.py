"""Who says what an authority can give, and until when; who says when somebody cannot."""

from __future__ import annotations

import pytest

from authorities.models import User, Venue
from authorities.states import Role
from rounds import permissions
from rounds.models import Participation, Round, Unavailable
from rounds.states import ParticipationState, RoundState
from tests.world import World, fresh

R = RoundState
SAYS = {R.OPEN, R.MATCHING}
SAYS_FOR = {R.OPEN, R.MATCHING, R.UNDER_WAY, R.FOLLOWING_UP}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return {
        "director": world.directors[0],
        "authority officer": world.person(Role.AUTHORITY_OFFICER),
        "lead member": world.person(Role.LEAD_MEMBER),
        "chief executive": world.person(Role.CHIEF_EXECUTIVE),
        "reviewer": world.person(Role.REVIEWER),
        "colleague": world.person(Role.COLLEAGUE),
        "another director": world.directors[1],
        "board officer": world.officer,
        "chair": world.chair,
        "approver": world.approver,
        "administrator": world.person(Role.SYSTEM_ADMINISTRATOR),
        "another region’s officer": World(size=0).officer,
    }


def in_state(part: Participation, state: RoundState) -> Participation:
    Round.objects.filter(pk=part.round_id).update(state=state)
    return Participation.objects.select_related("round__region").get(pk=part.pk)


@pytest.mark.parametrize("state", RoundState)
def test_who_says_it_and_when(
    part: Participation, people: dict[str, User], state: RoundState
) -> None:
    part = in_state(part, state)
    say = {name for name, one in people.items() if permissions.say_offer(one, part)}
    say_for = {name for name, one in people.items() if permissions.say_numbers_for(one, part)}
    assert say == ({"director", "authority officer"} if state in SAYS else set())
    assert say_for == ({"board officer"} if state in SAYS_FOR else set())


def test_who_reads_it_at_any_time(part: Participation, people: dict[str, User]) -> None:
    assert {name for name, one in people.items() if permissions.read_offer(one, part)} == {
        *("director", "authority officer", "lead member", "chief executive", "board officer")
    }


def test_one_that_has_left_the_round_says_nothing(
    part: Participation, people: dict[str, User]
) -> None:
    part.state = ParticipationState.WITHDRAWN
    for may in (permissions.say_offer, permissions.say_numbers_for):
        assert {name for name, one in people.items() if may(one, part)} == set()
    refused = permissions.say_offer(people["director"], part)
    assert refused.reason == f"{part.authority} has withdrawn from this round."


def test_who_says_when_somebody_cannot(world: World, people: dict[str, User]) -> None:
    own = {name for name, one in people.items() if permissions.open_availability(one)}
    assert own == {
        *("director", "authority officer", "lead member", "chief executive"),
        *("reviewer", "colleague", "another director"),
    }
    here = world.authorities[0]
    assert {name for name, one in people.items() if permissions.say_unavailable(one, here)} == {
        "director",
        "authority officer",
    }


def test_whoever_sits_on_a_team_says_when_they_cannot(world: World) -> None:
    """An associate holds no post in any authority."""
    associate = User.objects.create_user("associate@example.org", "An associate")
    assert not permissions.open_availability(associate)
    challenge = world.first(world.offered())
    challenge.team.create(user=associate)
    assert permissions.open_availability(fresh(associate))


def test_days_are_taken_back_by_whoever_could_say_them(
    world: World, people: dict[str, User]
) -> None:
    reviewer = people["reviewer"]
    day = {"first_day": "2031-05-05", "last_day": "2031-05-05", "said_by": reviewer}
    theirs = Unavailable.objects.create(user=reviewer, **day)
    ours = Unavailable.objects.create(authority=world.authorities[0], **day)
    hall = Venue.objects.create(authority=world.authorities[0], name="Town hall")
    halls = Unavailable.objects.create(venue=hall, **day)
    may = permissions.take_back_unavailable
    assert {name for name, one in people.items() if may(one, theirs)} == {"reviewer"}
    for row in (ours, halls):
        assert {name for name, one in people.items() if may(one, row)} == {
            "director",
            "authority officer",
        }


def test_days_are_seen_by_their_own_and_the_officers(world: World, people: dict[str, User]) -> None:
    reviewer = people["reviewer"]
    day = {"first_day": "2031-05-05", "last_day": "2031-05-05", "said_by": reviewer}
    Unavailable.objects.create(user=reviewer, **day)
    Unavailable.objects.create(authority=world.authorities[0], **day)
    seen = {
        name: sorted("authority" if row.authority_id else "own" for row in rows)
        for name, one in people.items()
        if (rows := Unavailable.objects.visible_to(one))
    }
    readers = ("director", "authority officer", "lead member", "chief executive")
    read = {name: ["authority"] for name in readers}
    assert seen == {**read, "board officer": ["authority", "own"], "reviewer": ["own"]}
