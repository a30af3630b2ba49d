"""Where a visit has sessions already, it looks for no day on which there is no room for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from authorities.models import Venue
from rounds import actions
from rounds.models import Challenge, Round, Timetable, Unavailable
from rounds.queries.constraints import constraints_of
from rounds.queries.date_notes import notes_of
from rounds.queries.dating import plan_days
from rounds.queries.free_weeks import weeks_of
from rounds.queries.new_dates import new_dates
from rounds.queries.visits import free_days
from tests.rounds.dated import FIRST, LAST, in_order
from tests.world import World

SECOND = FIRST + timedelta(days=1)


@pytest.fixture
def challenge(tight: Round) -> Challenge:
    return in_order(tight)[0]


@pytest.fixture
def hall(challenge: Challenge) -> Venue:
    """One session is to be held there; it has no room on the first day of three."""
    hall = Venue.objects.create(authority=challenge.host_authority, name="County Hall")
    timetable = Timetable.objects.create(challenge=challenge)
    for start in ("10:00", "11:00"):
        timetable.sessions.create(
            kind="interview", title="Carers", day=date(2031, 5, 1), start=start, venue=hall
        )
    return hall


def no_room(
    world: World, hall: Venue, first: date, last: date, *, rather_not: bool = False
) -> None:
    hall.unavailable.create(
        first_day=first, last_day=last, rather_not=rather_not, reason="Fair", said_by=world.officer
    )


def test_days_are_looked_for_on_which_there_is_room(
    world: World, challenge: Challenge, hall: Venue
) -> None:
    assert free_days(challenge) == {"day1": FIRST}
    no_room(world, hall, FIRST, SECOND)
    assert free_days(challenge) == {"day1": LAST}
    assert plan_days(challenge.round).days[challenge.pk] == {"day1": LAST}
    assert [week.days for week in weeks_of(challenge)] == [{"day1": LAST}]
    assert new_dates(challenge, not_before=FIRST).days == [{"day1": LAST}]


def test_a_place_in_no_session_keeps_no_day_from_the_visit(
    world: World, challenge: Challenge, hall: Venue
) -> None:
    other = Venue.objects.create(authority=challenge.host_authority, name="Town Hall")
    no_room(world, other, FIRST, LAST)
    assert free_days(challenge) == {"day1": FIRST}


def test_a_day_set_by_hand_without_room_is_said(
    world: World, challenge: Challenge, hall: Venue
) -> None:
    no_room(world, hall, FIRST, FIRST)
    no_room(world, hall, SECOND, SECOND, rather_not=True)
    actions.set_visit_days(challenge, {"day1": FIRST}, by=world.officer)
    [found] = in_order(challenge.round)[:1]
    assert [(note.kind, note.text) for note in notes_of([found])[found.pk]] == [
        (
            "cannot",
            "County Hall, where there are sessions, is not available on Wednesday 11 June 2031",
        )
    ]
    assert constraints_of(found).cannot == [
        f"County Hall in {found.host_authority}: Wednesday 11 June 2031"
    ]
    actions.set_visit_days(found, {"day1": SECOND}, by=world.officer)
    [found] = in_order(challenge.round)[:1]
    assert [(note.kind, note.text) for note in notes_of([found])[found.pk]] == [
        (
            "rather_not",
            "County Hall, where there are sessions, should not be used on Thursday 12 June 2031",
        )
    ]


def test_where_there_is_never_room_the_search_says_which_place(
    world: World, challenge: Challenge, hall: Venue
) -> None:
    no_room(world, hall, FIRST, LAST)
    plan = plan_days(challenge.round)
    assert challenge.pk not in plan.days
    assert f"County Hall in {challenge.host_authority} cannot on" in " ".join(
        rule.text for rule in plan.why
    )
    assert Unavailable.objects.get().reason not in " ".join(rule.text for rule in plan.why)
