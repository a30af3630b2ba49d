"""Days on which somebody cannot: said once, joined where they touch, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from authorities.models import User, Venue
from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Unavailable
from tests.world import World

MONDAY = date(2031, 5, 5)


def away(
    world: World, first: int, last: int, *, by: User | None = None, **more: object
) -> Unavailable:
    """Days of the first authority, counted from one Monday."""
    return actions.say_unavailable(
        world.authorities[0],
        first_day=MONDAY + timedelta(days=first),
        last_day=MONDAY + timedelta(days=last),
        by=by or world.directors[0],
        **more,
    )


def rows() -> list[tuple[int, int, str]]:
    return [
        ((one.first_day - MONDAY).days, (one.last_day - MONDAY).days, one.reason)
        for one in Unavailable.objects.all()
    ]


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="unavailable.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_days_are_kept_with_their_reason_and_who_said_them(world: World) -> None:
    row = away(world, 0, 4, reason="Inspection expected")
    assert rows() == [(0, 4, "Inspection expected")]
    assert (row.said_by, row.rather_not) == (world.directors[0], False)


def test_said_again_or_in_part_nothing_changes(world: World) -> None:
    away(world, 0, 4, reason="Leave")
    away(world, 0, 4, reason="Leave")
    away(world, 1, 2)
    assert rows() == [(0, 4, "Leave")]
    assert verbs() == ["unavailable.said"]


def test_days_that_overlap_become_one_with_both_reasons(world: World) -> None:
    away(world, 0, 4, reason="Leave")
    away(world, 10, 12, reason="Training")
    away(world, 3, 11, reason="Election")
    assert rows() == [(0, 12, "Leave\nTraining\nElection")]


def test_days_that_follow_are_joined_only_for_the_same_reason(world: World) -> None:
    away(world, 0, 1, reason="Leave")
    away(world, 2, 3, reason="Leave")
    away(world, 4, 5, reason="Training")
    assert rows() == [(0, 3, "Leave"), (4, 5, "Training")]


def test_days_of_another_kind_or_of_somebody_else_stay_apart(world: World) -> None:
    away(world, 0, 4)
    away(world, 2, 6, rather_not=True)
    actions.say_unavailable(None, first_day=MONDAY, last_day=MONDAY, by=world.directors[0])
    assert rows() == [(0, 0, ""), (0, 4, ""), (2, 6, "")]


def test_days_are_taken_back_once(world: World) -> None:
    row = away(world, 0, 4)
    again = Unavailable.objects.get(pk=row.pk)
    assert actions.take_back_unavailable(row, by=world.directors[0])
    assert not actions.take_back_unavailable(again, by=world.directors[0])
    assert rows() == []
    assert verbs() == ["unavailable.said", "unavailable.taken_back"]


def test_the_reason_is_not_in_the_record(world: World) -> None:
    away(world, 0, 4, reason="Tribunal of a colleague")
    assert "Tribunal" not in str(Event.objects.get(verb="unavailable.said").details)


def test_the_last_day_is_not_before_the_first(world: World) -> None:
    with pytest.raises(Refused, match="same as or after"):
        away(world, 4, 0)


def test_only_those_who_act_for_it_say_when_it_cannot(world: World) -> None:
    officer = world.person(Role.AUTHORITY_OFFICER)
    away(world, 0, 0, by=officer)
    for person in (
        world.person(Role.LEAD_MEMBER),
        world.person(Role.REVIEWER),
        world.directors[1],
        world.officer,
    ):
        with pytest.raises(Refused):
            away(world, 7, 7, by=person)
        with pytest.raises(Refused):
            actions.take_back_unavailable(Unavailable.objects.get(), by=person)


def test_a_venue_has_days_of_its_own(world: World) -> None:
    hall = Venue.objects.create(authority=world.authorities[0], name="Town hall")
    away(world, 0, 4)
    for last in (0, 2):
        row = actions.say_unavailable(
            hall,
            first_day=MONDAY,
            last_day=MONDAY + timedelta(days=last),
            reason="Polling station",
            by=world.directors[0],
        )
    assert (row.venue, row.authority, row.user) == (hall, None, None)
    assert rows() == [(0, 2, "Polling station"), (0, 4, "")]
    with pytest.raises(Refused):
        actions.take_back_unavailable(row, by=world.directors[1])
    assert actions.take_back_unavailable(row, by=world.directors[0])
