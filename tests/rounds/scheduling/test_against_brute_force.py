"""Whatever the problem, the plan is one that the rules allow, and none is better."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rounds.scheduling import Phase, clashes, narrowing
from rounds.scheduling.conflict import conflict
from rounds.scheduling.highs import Clock
from rounds.scheduling.patterns import in_order
from rounds.scheduling.problem import TERMS, Challenge, Problem
from rounds.scheduling.solving import best_dates
from tests.rounds.scheduling.oracle import (
    Plan,
    allowed_plans,
    best_values,
    broken_alone,
    broken_together,
    candidates,
    conflicts,
    key,
    values,
)

MONDAY = date(2027, 3, 22)
PEOPLE = ["anna", "ben", "cara", "dev"]
ONE_DAY = (Phase("day1", "Day 1"),)
TWO_DAYS = (*ONE_DAY, Phase("end", "End", "day1", 2, 4))
THREE_IN_A_ROW = (Phase("visit", "Visit", days=3),)
ROW_AND_END = (Phase("visit", "Visit", days=2), Phase("end", "End", "visit", 1, 3))
MANY = settings(deadline=None, suppress_health_check=list(HealthCheck))


def days(first: date, count: int) -> st.SearchStrategy[date]:
    return st.sampled_from([first + timedelta(days=step) for step in range(count)])


@st.composite
def problems(
    draw: st.DrawFn, *, most: int, phases: list[tuple[Phase, ...]], longest: int, tight: bool
) -> Problem:
    """Problems of at most `most` challenges in a window of 1 to `longest` days."""
    first = draw(days(MONDAY, 7))
    length = draw(st.integers(1, longest))
    some_days = st.frozensets(days(first, length), max_size=length)
    chosen = draw(st.sampled_from(phases))
    count = draw(st.integers(1, most))
    challenges = []
    for number in range(count):
        host, *parties = draw(
            st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)
        )
        pin = draw(st.none() | days(first - timedelta(days=1), length + 2)) if tight else None
        bounds = draw(st.lists(st.none() | days(first, length), min_size=2, max_size=2))
        low, high = bounds if tight else (None, None)
        if low and high and high < low:
            low, high = high, low
        pins = {chosen[0].id: pin} if pin else {}
        challenges.append(Challenge(f"c{number}", host, tuple(parties), pins, low, high))
    previous = {
        f"c{number}": {phase.id: draw(days(first, length)) for phase in chosen}
        for number in draw(st.sets(st.integers(0, count - 1)))
    }
    return Problem(
        window=(first, first + timedelta(days=length - 1)),
        phases=chosen,
        challenges=tuple(challenges),
        closed=draw(st.frozensets(days(first, length), max_size=2)),
        per_week_most=draw(st.none() | st.integers(1, 2)),
        unavailable=draw(st.dictionaries(st.sampled_from(PEOPLE), some_days, max_size=3)),
        rather_not=draw(
            st.dictionaries(
                st.sampled_from(PEOPLE),
                st.dictionaries(days(first, length), st.integers(0, 5)),
            )
        ),
        previous=previous,
        objective=draw(st.sampled_from([("penalty",), TERMS])),
    )


EASY = problems(most=3, phases=[ONE_DAY, TWO_DAYS, THREE_IN_A_ROW], longest=12, tight=False)
IN_A_ROW = problems(most=2, phases=[ROW_AND_END, THREE_IN_A_ROW], longest=12, tight=True)
TIGHT = problems(most=2, phases=[ONE_DAY], longest=8, tight=True)


def is_best(problem: Problem) -> None:
    solution, best = best_dates(problem), best_values(problem)
    if best is None:
        assert (solution.status, solution.dates) == ("impossible", {})
        return
    plan = {name: dict(dates) for name, dates in solution.dates.items()}
    assert broken(problem, plan) == []
    found = values(problem, plan)
    assert found == dict(solution.values)
    assert solution.status == "optimal"
    assert [found[term] for term in problem.objective] == [best[t] for t in problem.objective]
    assert {term: found[term] for term in problem.objective} == dict(solution.bounds)


def impossible(problem: Problem) -> bool:
    return not any(allowed_plans(problem))


def broken(problem: Problem, plan: Plan) -> list[object]:
    alone = [
        rule
        for challenge in problem.challenges
        for rule in broken_alone(problem, challenge, plan[challenge.id])
    ]
    return [*alone, *broken_together(problem, plan)]


@MANY
@given(EASY)
def test_no_plan_is_better(problem: Problem) -> None:
    is_best(problem)


@MANY
@given(TIGHT)
def test_no_plan_is_better_with_pins_and_bounds(problem: Problem) -> None:
    is_best(problem)


@MANY
@given(IN_A_ROW)
def test_no_plan_is_better_with_several_days_in_a_row_and_pins(problem: Problem) -> None:
    is_best(problem)


@MANY
@given(IN_A_ROW)
def test_the_check_by_hand_and_the_solver_know_the_same_days(problem: Problem) -> None:
    """Alone in the world, with nothing but the window, closed days and the phases."""
    alone = replace(
        problem, challenges=(Challenge("c0", "anna"),), unavailable={}, per_week_most=None
    )
    first, last = problem.window
    span = [first + timedelta(days=step) for step in range(-1, (last - first).days + 2)]
    by_hand = {
        tuple(dates.values())
        for dates in candidates(alone, span)
        if not clashes(
            dates,
            problem.phases,
            parties=frozenset({"anna"}),
            window=problem.window,
            closed=dict.fromkeys(problem.closed, "closed"),
            booked=[],
        )
    }
    assert by_hand == {tuple(plan["c0"].values()) for plan in allowed_plans(alone)}


EVERYBODY = st.lists(days(MONDAY, 9), min_size=1, max_size=9, unique=True)


@MANY
@given(EVERYBODY, st.dictionaries(st.sampled_from(PEOPLE), st.frozensets(days(MONDAY, 9))))
def test_the_day_on_which_all_meet_is_one_on_which_most_would_rather(
    open_: list[date], rather: dict[str, frozenset[date]]
) -> None:
    """One event day: everybody is a party of the one challenge that there is to date."""
    problem = Problem(
        window=(MONDAY, MONDAY + timedelta(days=8)),
        phases=ONE_DAY,
        challenges=(Challenge("all", PEOPLE[0], tuple(PEOPLE[1:])),),
        unavailable={
            PEOPLE[0]: frozenset(MONDAY + timedelta(days=step) for step in range(9))
            - frozenset(open_)
        },
        rather_not={who: dict.fromkeys(taken, 1) for who, taken in rather.items()},
    )
    is_best(problem)


@settings(MANY, max_examples=60)
@given(EASY)
def test_no_plan_is_better_when_patterns_are_priced_first(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "FEW", 0)
        patch.setattr(narrowing, "AT_FIRST", 1)
        is_best(problem)


@settings(MANY, max_examples=60)
@given(TIGHT)
def test_no_conflict_has_fewer_rules(problem: Problem) -> None:
    assume(impossible(problem))
    # In the oracle each closed day is a rule of its own, here those that follow each other are one.
    problem = replace(problem, closed=frozenset(sorted(problem.closed)[:1]))
    assume(impossible(problem))
    found = conflict(problem, in_order(problem.phases), Clock(20), impossible)
    size, breaks = conflicts(problem, timedelta(days=10))
    named = {key(rule) for rule in found.rules}
    assert found.smallest
    assert len(found.rules) == size
    assert all(named & rules for rules in breaks)


@settings(MANY, max_examples=40)
@given(EASY)
def test_the_order_of_the_problem_does_not_matter(problem: Problem) -> None:
    turned = replace(
        problem,
        phases=tuple(reversed(problem.phases)),
        challenges=tuple(
            replace(one, parties=tuple(reversed(one.parties)))
            for one in reversed(problem.challenges)
        ),
        unavailable=dict(reversed(problem.unavailable.items())),
        rather_not=dict(reversed(problem.rather_not.items())),
        previous=dict(reversed(problem.previous.items())),
    )
    assert best_dates(turned) == best_dates(problem)


def test_the_oracle_knows_a_broken_rule() -> None:
    problem = Problem(
        window=(MONDAY, MONDAY + timedelta(days=4)),
        phases=ONE_DAY,
        challenges=(Challenge("a", "anna", ("ben",)), Challenge("b", "ben", ("anna",))),
        per_week_most=1,
    )
    plan = {"a": {"day1": MONDAY}, "b": {"day1": MONDAY}}
    assert sorted(broken(problem, plan), key=str) == [
        ("both_ways", ("anna", "ben"), ""),
        ("double_booking", ("anna",), ""),
        ("double_booking", ("ben",), ""),
        ("per_week", (), ""),
    ]


@pytest.mark.parametrize("objective", [("penalty",), TERMS])
def test_nothing_to_plan_is_a_plan(objective: tuple[str, ...]) -> None:
    window = (MONDAY, MONDAY)
    problem = Problem(window=window, phases=ONE_DAY, challenges=(), objective=objective)
    assert (best_dates(problem).status, best_dates(problem).dates) == ("optimal", {})


def test_whoever_waits_is_told_how_far_it_is() -> None:
    heard: list[tuple[str, int, int]] = []
    problem = Problem(
        window=(MONDAY, MONDAY + timedelta(days=8)),
        phases=ONE_DAY,
        challenges=(Challenge("a", "anna"), Challenge("b", "ben")),
    )
    best_dates(problem, progress=lambda *said: heard.append(said))
    assert [(done, of) for _, done, of in heard] == [(done, 6) for done in (0, 1, 2, 3, 3, 4, 5, 6)]
    assert heard[0][0] == "Keeping to days that suit"
    heard.clear()
    twice = replace(
        problem,
        window=(MONDAY, MONDAY),
        may_double=frozenset(),
        challenges=(Challenge("a", "anna"), Challenge("b", "anna")),
    )
    assert best_dates(twice, progress=lambda *said: heard.append(said)).status == "impossible"
    assert heard[-1] == ("Finding out what would help", 1, 2)
