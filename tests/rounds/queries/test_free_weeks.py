"""The weeks to which one visit could move, and what is said of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from authorities.models import Period
from authorities.states import PeriodKind
from rounds import actions
from rounds.models import Challenge, Round, VisitDay
from rounds.queries.free_weeks import weeks_of
from rounds.queries.visits import visit_clashes
from rounds.states import ChallengeState
from tests.rounds.conftest import ring_of
from tests.rounds.dated import FIRST, ONE_DAY, away, in_order, lead_of, tightened, with_window
from tests.world import World

MONDAY = FIRST - timedelta(days=2)
WEEK = timedelta(days=7)


@pytest.fixture
def wide(accepted: Round) -> Round:
    """Four weeks for visits of one day each."""
    return with_window(tightened(accepted), MONDAY, MONDAY + 4 * WEEK - timedelta(days=1))


def test_each_week_has_its_best_days_and_says_what_speaks_against_them(
    world: World, wide: Round
) -> None:
    challenge, other, _ = in_order(wide)
    lead = lead_of(world, challenge)
    away(lead, MONDAY, MONDAY + timedelta(days=4))
    away(
        challenge.host_authority, MONDAY + WEEK, MONDAY + WEEK + timedelta(days=3), rather_not=True
    )
    Period.objects.create(
        kind=PeriodKind.HALF_TERM,
        name="Summer half term",
        authority=challenge.challenger_authority,
        first_day=MONDAY + 2 * WEEK,
        last_day=MONDAY + 2 * WEEK + timedelta(days=4),
    )
    actions.set_visit_days(other, {"day1": MONDAY + 3 * WEEK}, by=world.officer)
    found = [
        (week.monday - MONDAY, week.days["day1"] - week.monday, week.free, week.against)
        for week in weeks_of(challenge)
    ]
    name = challenge.challenger_authority.name
    assert found == [
        (0 * WEEK, timedelta(0), False, [f"{lead.name} cannot on Monday 9 June 2031"]),
        (1 * WEEK, timedelta(days=4), True, []),
        (2 * WEEK, timedelta(0), True, [f"In the school holidays of {name}: Summer half term"]),
        (3 * WEEK, timedelta(days=1), True, []),
    ]


def test_a_week_says_how_far_it_is_from_now(world: World, wide: Round) -> None:
    challenge = in_order(wide)[0]
    assert {week.shift for week in weeks_of(challenge)} == {""}
    actions.set_visit_days(challenge, {"day1": MONDAY + WEEK}, by=world.officer)
    weeks = weeks_of(challenge)
    assert [week.shift for week in weeks] == [
        "1 week sooner",
        "The week it is in now",
        "1 week later",
        "2 weeks later",
    ]
    assert [week.now for week in weeks] == [False, True, False, False]


def test_a_full_week_is_said_to_be_full(world: World, wide: Round) -> None:
    wide.format_data["rules"]["visits_a_week_most"] = 1
    wide.save(update_fields=["format_data"])
    one, other, _ = in_order(wide)
    actions.set_visit_days(other, {"day1": MONDAY}, by=world.officer)
    assert [week.against for week in weeks_of(one)][:2] == [
        ["1 visit begins in this week already"],
        [],
    ]


def test_a_person_at_another_visit_is_named(db: None) -> None:
    world = World(size=6)
    round = ring_of(world)
    Challenge.objects.filter(round=round).update(state=ChallengeState.ACCEPTED)
    with_window(tightened(round), MONDAY, MONDAY + 2 * WEEK - timedelta(days=1))
    one, _, _, other, _, _ = in_order(round)
    lead = lead_of(world, one)
    other.team.create(user=lead)
    for step in range(5):
        VisitDay.objects.create(
            challenge=other, phase=f"day{step + 1}", day=MONDAY + timedelta(days=step)
        )
    assert [(week.free, week.against) for week in weeks_of(one)] == [
        (False, ["Lea Reviewer is at another visit on Monday 9 June 2031"]),
        (True, []),
    ]


def test_where_all_meet_there_is_no_week_of_ones_own(world: World, wide: Round) -> None:
    wide.format_data["phases"] = [{**ONE_DAY[0], "shared": True}]
    wide.save(update_fields=["format_data"])
    assert weeks_of(in_order(wide)[0]) == []


def test_two_do_not_visit_each_other_in_one_week(world: World, wide: Round) -> None:
    one = in_order(wide)[0]
    back = next(c for c in in_order(wide) if c.host_authority == one.challenger_authority)
    Challenge.objects.filter(pk=back.pk).update(challenger=one.host)
    actions.set_visit_days(world.again(back), {"day1": MONDAY}, by=world.officer)
    day = MONDAY + timedelta(days=2)
    assert [clash.rule for clash in visit_clashes(world.again(one), {"day1": day})] == ["both_ways"]
    assert visit_clashes(world.again(one), {"day1": day + WEEK}) == []


@pytest.mark.parametrize("weeks", [1, 4])
def test_as_many_queries_for_many_weeks_as_for_one(
    world: World, wide: Round, weeks: int, django_assert_num_queries: Any
) -> None:
    with_window(wide, MONDAY, MONDAY + weeks * WEEK - timedelta(days=1))
    challenge = in_order(wide)[0]
    with django_assert_num_queries(7):
        assert len(weeks_of(challenge)) == weeks
