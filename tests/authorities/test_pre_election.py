"""What a pre-election period keeps away: anything public."""

from __future__ import annotations

from datetime import date

import pytest

from authorities import permissions
from authorities.states import PeriodKind
from tests.world import World

FIRST, LAST = date(2027, 3, 22), date(2027, 5, 6)


@pytest.fixture
def world(world: World) -> World:
    world.authorities[0].periods.create(
        kind=PeriodKind.PRE_ELECTION, first_day=FIRST, last_day=LAST, name="Ours"
    )
    return world


@pytest.mark.parametrize("day", [FIRST, date(2027, 4, 12), LAST])
def test_in_it_nothing_is_made_public(world: World, day: date) -> None:
    own = world.authorities[0]
    assert permissions.may_publish_on(own, day).reason == (
        f"Nothing is published in {own}’s pre-election period, 22 March to 6 May 2027."
    )


@pytest.mark.parametrize("day", [date(2027, 3, 21), date(2027, 5, 7)])
def test_the_days_beside_it_are_as_any_others(world: World, day: date) -> None:
    assert permissions.may_publish_on(world.authorities[0], day)


def test_it_is_the_authoritys_own(world: World) -> None:
    assert permissions.may_publish_on(world.authorities[1], date(2027, 4, 12))


@pytest.mark.parametrize("kind", [PeriodKind.SCHOOL_HOLIDAY, PeriodKind.INSPECTION])
def test_other_days_do_not_count(world: World, kind: PeriodKind) -> None:
    other = world.authorities[1]
    other.periods.create(kind=kind, first_day=FIRST, last_day=LAST, name="Other")
    assert permissions.may_publish_on(other, date(2027, 4, 12))
