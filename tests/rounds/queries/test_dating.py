"""A round's dates as the solver is asked for them, and what it answers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import Authority
from authorities.states import Role
from peerchallenge.shared.dates import bank_holidays
from rounds import actions
from rounds.models import Challenge, Round, TeamMember, VisitDay
from rounds.queries.dates_asked import (
    HOLIDAY_TIME,
    RATHER_NOT,
    RoundDates,
    dates_of,
    holiday_time,
    names_of,
)
from rounds.queries.dating import Plan, plan_days
from rounds.queries.visits import free_days
from rounds.states import ChallengeState
from tests.rounds.conftest import accept, ring_of
from tests.rounds.dated import FIRST, LAST, ONE_DAY, away, in_order, lead_of, tightened, with_window
from tests.world import World, working_day

QUERIES = 13


def asked(round: Round) -> RoundDates:
    found = dates_of(round)
    assert found is not None
    return found


def test_no_visit_is_before_tomorrow_or_on_a_bank_holiday(accepted: Round) -> None:
    today = timezone.localdate()
    problem = asked(accepted).problem
    assert problem.window == (today + timedelta(days=1), accepted.visits_to)
    assert problem.closed >= {*bank_holidays(), today, today - timedelta(weeks=4)}
    assert [(phase.id, phase.gap_least, phase.gap_most) for phase in problem.phases] == [
        ("day1", 0, 0),
        ("feedback", 5, 9),
    ]
    assert problem.per_week_most is None


def test_a_format_may_say_how_many_visits_begin_in_a_week(accepted: Round) -> None:
    accepted.format_data["rules"]["visits_a_week_most"] = 1
    accepted.save(update_fields=["format_data"])
    assert asked(accepted).problem.per_week_most == 1
    mondays = {
        days["day1"] - timedelta(days=days["day1"].weekday())
        for days in plan_days(accepted).days.values()
    }
    assert len(mondays) == 3


def test_all_sides_and_the_team_are_to_be_there(world: World, tight: Round) -> None:
    challenge = in_order(tight)[0]
    lead = lead_of(world, challenge)
    away(challenge.challenger_authority, FIRST, FIRST)
    away(lead, LAST, LAST + timedelta(weeks=1))
    away(challenge.host_authority, LAST, LAST, rather_not=True)
    problem = asked(tight).problem
    [found] = [one for one in problem.challenges if one.host == challenge.host_authority.name]
    host, challenger = challenge.host_authority.name, challenge.challenger_authority.name
    assert {host, challenger, lead.name} < set(found.people)
    assert problem.unavailable[challenger] == {FIRST}
    assert LAST in problem.unavailable[lead.name]
    assert problem.rather_not[host] == {LAST: RATHER_NOT}


def test_two_people_of_one_name_are_two(world: World) -> None:
    one, other = (world.person(Role.REVIEWER, name="Ann Lee") for _ in range(2))
    assert names_of([one, other]) == {one: "Ann Lee", other: "Ann Lee (2)"}


def test_what_turns_do_not_find_is_found_for_all_together(world: World, tight: Round) -> None:
    """The second visit can only be on the day that the first one would take."""
    first, second, _ = in_order(tight)
    away(lead_of(world, second), FIRST + timedelta(days=1), LAST)
    assert free_days(first)["day1"] == FIRST == free_days(second)["day1"]
    plan = plan_days(tight)
    assert plan.days[second.pk] == {"day1": FIRST}
    assert len({days["day1"] for days in plan.days.values()}) == 3
    assert plan.why == ()


def test_days_that_somebody_would_rather_not_are_the_last_resort(
    world: World, accepted: Round
) -> None:
    with_window(accepted, FIRST, FIRST + timedelta(weeks=10))
    for authority in world.authorities[:1]:
        away(authority, FIRST, FIRST + timedelta(weeks=5), rather_not=True)
    busy = [one for one in in_order(accepted) if world.authorities[0] in sides(one)]
    plan = plan_days(accepted)
    assert len(busy) == 2
    for challenge in busy:
        assert plan.days[challenge.pk]["day1"] > FIRST + timedelta(weeks=5)


def sides(challenge: Challenge) -> list[Authority]:
    return [side.authority for side in challenge.sides]


def test_visits_are_spread_over_the_window(accepted: Round) -> None:
    with_window(accepted, FIRST, FIRST + timedelta(weeks=6))
    starts = sorted(days["day1"] for days in plan_days(accepted).days.values())
    assert all((later - sooner).days > 5 for sooner, later in pairwise(starts))


@pytest.mark.parametrize(
    ("day", "disliked"),
    [
        (date(2031, 7, 31), False),
        (date(2031, 8, 1), True),
        (date(2031, 12, 19), False),
        (date(2031, 12, 22), True),
        (date(2032, 1, 2), True),
        (date(2032, 1, 5), False),
    ],
)
def test_august_and_christmas_are_disliked(day: date, disliked: bool) -> None:
    assert holiday_time(day) == disliked


def test_a_visit_is_in_august_only_when_the_window_is(tight: Round) -> None:
    with_window(tight, date(2031, 7, 28), date(2031, 8, 29))
    days = sorted(one["day1"] for one in plan_days(tight).days.values())
    assert [day.month for day in days] == [7, 7, 7]
    itself = [points for who, points in asked(tight).problem.rather_not.items() if "itself" in who]
    assert all(points[date(2031, 8, 29)] >= HOLIDAY_TIME for points in itself)


def test_days_that_are_set_are_pins(world: World, tight: Round) -> None:
    first, second, third = in_order(tight)
    actions.set_visit_days(second, {"day1": FIRST}, by=world.officer)
    pins = {one.id: dict(one.pinned) for one in asked(tight).problem.challenges}
    assert pins[f"{second.host_authority}’s visit"] == {"day1": FIRST}
    assert sum(bool(pinned) for pinned in pins.values()) == 1
    assert set(plan_days(tight).days) == {first.pk, third.pk}


def test_a_pin_against_the_rules_only_takes_up_time(world: World, tight: Round) -> None:
    """An officer may set a day on which somebody cannot: the others are found all the same."""
    _, second, _ = in_order(tight)
    actions.set_visit_days(second, {"day1": FIRST}, by=world.officer)
    away(second.host_authority, FIRST, FIRST)
    problem = asked(tight).problem
    assert not any(one.pinned for one in problem.challenges)
    assert FIRST in problem.unavailable[second.challenger_authority.name]
    assert {days["day1"] for days in plan_days(tight).days.values()} == {
        FIRST + timedelta(days=1),
        LAST,
    }


def test_a_visit_that_is_over_is_no_pin(tight: Round) -> None:
    over = in_order(tight)[0]
    Challenge.objects.filter(pk=over.pk).update(state=ChallengeState.ON_SITE)
    VisitDay.objects.create(
        challenge=over, phase="day1", day=timezone.localdate() - timedelta(days=7)
    )
    assert len(plan_days(tight).days) == 2


def test_authorities_and_people_are_booked_in_other_rounds_too(world: World, tight: Round) -> None:
    first, second, _ = in_order(tight)
    lead = lead_of(world, second)
    elsewhere = world.drafted()
    actions.set_visit_days(second, {"day1": FIRST}, by=world.officer)
    Challenge.objects.filter(pk=second.pk).update(round=elsewhere)
    lead_of_first = actions.name_lead(first, lead, by=world.officer)
    assert lead_of_first.user == lead
    unavailable = asked(tight).problem.unavailable
    assert unavailable[lead.name] == {FIRST}
    for authority in sides(second):
        assert unavailable[authority.name] == {FIRST}


@pytest.mark.django_db
def test_no_two_visits_with_one_person_are_on_one_day() -> None:
    world = World(size=4)
    round = ring_of(world)
    actions.confirm_matches(round, by=world.officer)
    round = Round.objects.get(pk=round.pk)
    for challenge in round.challenges.with_both_sides():
        accept(world, challenge)
    tightened(round)
    one, other = opposite_ends(round)
    assert len({days["day1"] for days in plan_days(round).days.values()}) == 2
    lead = lead_of(world, one)
    TeamMember.objects.create(challenge=other, user=lead)
    days = plan_days(round).days
    assert days[one.pk] != days[other.pk]


def opposite_ends(round: Round) -> tuple[Challenge, Challenge]:
    """Two challenges of a ring of four that share no authority."""
    one, *others = in_order(round)
    return one, next(other for other in others if not {*sides(one)} & {*sides(other)})


def test_whoever_can_never_leaves_the_others_their_days(world: World, tight: Round) -> None:
    stuck = world.authorities[0]
    away(stuck, FIRST - timedelta(weeks=1), LAST + timedelta(weeks=1))
    plan = plan_days(tight)
    [free] = [one for one in in_order(tight) if stuck not in sides(one)]
    assert set(plan.days) == {free.pk}
    assert said(plan) == {
        "Visits are from Wednesday 11 June 2031 to Friday 13 June 2031": (
            "Possible with visits until Friday 27 June 2031"
        ),
        f"{stuck} cannot on Wednesday 11 June 2031 to Friday 13 June 2031": (
            f"Possible if {stuck} can on Wednesday 11 June 2031 to Thursday 12 June 2031"
        ),
    }


def said(plan: Plan) -> dict[str, str]:
    """The rules in the way, and what relaxing each would give."""
    return {rule.text: rule.relaxed.text if rule.relaxed else "" for rule in plan.why}


def test_too_few_days_are_told_with_what_would_help(tight: Round) -> None:
    """Three visits, any two with an authority in common, do not fit into two days."""
    with_window(tight, FIRST, FIRST + timedelta(days=1))
    plan = plan_days(tight)
    assert plan.days == {}
    window, *shared = said(plan).items()
    assert window == (
        "Visits are from Wednesday 11 June 2031 to Thursday 12 June 2031",
        "Possible with visits until Thursday 19 June 2031",
    )
    assert len(shared) == 3
    assert all("takes part in" in text for text, _ in shared)


def test_the_past_is_no_way_out(accepted: Round) -> None:
    """What is suggested instead of the window has only days to come."""
    today = timezone.localdate()
    with_window(accepted, today - timedelta(weeks=2), working_day(today, 1))
    plan = plan_days(accepted)
    assert plan.days == {}
    relaxed = [rule.relaxed.dates for rule in plan.why if rule.relaxed]
    days = [day for dates in relaxed for phases in dates.values() for day in phases.values()]
    assert min(days) > today


def test_a_window_that_is_over_has_no_plan(accepted: Round) -> None:
    today = timezone.localdate()
    with_window(accepted, today - timedelta(weeks=9), today)
    assert plan_days(accepted).days == {}


def test_the_day_of_everybody_is_one_that_suits_everybody(world: World, tight: Round) -> None:
    tight.format_data["phases"] = [{**ONE_DAY[0], "shared": True}]
    tight.save(update_fields=["format_data"])
    first, second, _ = in_order(tight)
    away(second.host_authority, FIRST, FIRST)
    away(lead_of(world, first), LAST, LAST)
    filled = actions.fill_visit_days(tight, by=world.officer)
    assert len(filled.challenges) == 3
    assert {*VisitDay.objects.values_list("day", flat=True)} == {FIRST + timedelta(days=1)}


@pytest.mark.django_db
@pytest.mark.parametrize("size", [3, 6])
def test_the_problem_takes_as_many_queries_for_many_as_for_few(size: int) -> None:
    world = World(size=size)
    round = ring_of(world)
    actions.confirm_matches(round, by=world.officer)
    round = Round.objects.get(pk=round.pk)
    for challenge in round.challenges.with_both_sides():
        accept(world, challenge)
        lead_of(world, challenge, name=f"Lead of {challenge}")
    actions.set_visit_days(
        world.first(round),
        {"day1": working_day(round.visits_from, 7), "feedback": working_day(round.visits_from, 14)},
        by=world.officer,
    )
    with CaptureQueriesContext(
        connection,
    ) as made:
        asked(round)
    assert len(made) == QUERIES
