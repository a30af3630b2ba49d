"""The visits of every kind of round: what each may look like, and what it does at the edges."""

from dataclasses import replace
from datetime import date

import pytest

from rounds.scheduling import Phase, clashes, first_free
from rounds.scheduling.patterns import (
    MOST_PATTERNS,
    free_days,
    in_order,
    open_days,
    patterns,
)
from rounds.scheduling.problem import Challenge, Problem, TooMany
from rounds.scheduling.solving import best_dates

BATH = Challenge("bath", "bath", ("dorset",))
JANUARY = (date(2027, 1, 4), date(2027, 1, 29))  # four weeks, Monday to Friday
WEEK_APART = (Phase("day1", "Day 1"), Phase("feedback", "Feedback", "day1", 5, 9))
THREE_DAYS = (Phase("visit", "Visit", days=3),)
FIVE_DAYS = (Phase("visit", "Visit", days=5),)
FIVE_PHASES = (
    Phase("day1", "Monday"),
    *(Phase(f"day{n}", f"Day {n}", f"day{n - 1}", 1, 1) for n in (2, 3, 4)),
    Phase("feedback", "Friday", "day4", 1, 1),
)
EVENT_DAY = (Phase("panel", "Panel"),)


def problem(phases: tuple[Phase, ...], **changes: object) -> Problem:
    return replace(Problem(JANUARY, phases, (BATH,)), **changes)  # type: ignore[arg-type]


def ways(asked: Problem) -> list[list[date]]:
    """The visit days of each pattern of the only challenge."""
    free = free_days(asked.challenges[0], open_days(asked), asked)
    found = patterns(asked.challenges[0], in_order(asked.phases), free)
    return [[date.fromordinal(day) for day in pattern.days] for pattern in found]


def test_two_days_a_week_apart() -> None:
    found = ways(problem(WEEK_APART))
    gaps = {(feedback - day1).days for day1, feedback in found}
    assert gaps == {5, 6, 7, 8, 9}
    assert all(day.weekday() < 5 for days in found for day in days)
    # From a Monday three of the five days are weekdays, from a Wednesday all five are.
    assert len(found) == 3 * (3 + 4 + 5 + 4 + 3)


def test_three_days_in_a_row_stay_within_a_week() -> None:
    found = ways(problem(THREE_DAYS))
    assert len(found) == 4 * 3
    assert {(days[0].weekday(), days[2].weekday()) for days in found} == {(0, 2), (1, 3), (2, 4)}


def test_a_closed_day_breaks_a_row() -> None:
    wednesday = date(2027, 1, 6)
    found = ways(problem(THREE_DAYS, closed=frozenset({wednesday})))
    assert len(found) == 3 * 3
    assert min(found)[0] == date(2027, 1, 11)


@pytest.mark.parametrize("phases", [FIVE_DAYS, FIVE_PHASES])
def test_five_days_in_a_row_are_a_whole_week(phases: tuple[Phase, ...]) -> None:
    found = ways(problem(phases))
    assert [days[0] for days in found] == [date(2027, 1, day) for day in (4, 11, 18, 25)]
    assert all((days[-1] - days[0]).days == 4 for days in found)


@pytest.mark.parametrize("phases", [FIVE_DAYS, FIVE_PHASES])
@pytest.mark.parametrize("first", [4, 5, 6, 7, 8])
def test_a_whole_week_written_by_hand_begins_on_a_monday(
    phases: tuple[Phase, ...], first: int
) -> None:
    days = {phase.id: date(2027, 1, first + place) for place, phase in enumerate(phases)}
    found = clashes(days, phases, parties=frozenset(), window=JANUARY, closed={}, booked=[])
    assert {clash.rule for clash in found} == ({"weekend"} if first > 4 else set())


@pytest.mark.parametrize("start", [4, 5, 8, 11])
def test_the_first_free_week_has_all_its_phases(start: int) -> None:
    found = first_free(
        FIVE_PHASES,
        parties=frozenset(),
        window=JANUARY,
        closed={},
        booked=[],
        start=date(2027, 1, start),
    )
    monday = 4 if start == 4 else 11
    assert [found[phase.id].day for phase in FIVE_PHASES] == list(range(monday, monday + 5))


def test_one_event_day() -> None:
    assert len(ways(problem(EVENT_DAY))) == 20


def test_the_gap_counts_from_the_last_day_of_the_phase_before() -> None:
    phases = (*THREE_DAYS, Phase("feedback", "Feedback", "visit", 5, 5))
    [first, *_] = ways(problem(phases))
    assert first == [date(2027, 1, day) for day in (4, 5, 6, 11)]


def test_two_phases_may_follow_the_same_one() -> None:
    phases = (
        Phase("visit", "Visit"),
        Phase("report", "Report", "visit", 1, 1),
        Phase("letter", "Letter", "visit", 2, 2),
    )
    assert ways(problem(phases))[0] == [date(2027, 1, day) for day in (4, 5, 6)]


def test_phases_are_placed_whatever_their_order() -> None:
    for phases in (FIVE_PHASES, FIVE_PHASES[::-1]):
        assert [phase.id for phase in in_order(phases)] == [phase.id for phase in FIVE_PHASES]


def test_a_pin_leaves_only_its_day() -> None:
    pinned = replace(BATH, pinned={"feedback": date(2027, 1, 13)})
    found = ways(problem(WEEK_APART, challenges=(pinned,)))
    assert [days[0].day for days in found] == [4, 5, 6, 7, 8]
    assert {days[1] for days in found} == {date(2027, 1, 13)}


def test_phases_that_fit_in_too_many_ways_are_refused_before_they_are_tried() -> None:
    free_for_all = tuple(Phase(f"day{number}", "A day") for number in range(5))
    with pytest.raises(TooMany, match="bath"):
        ways(problem(free_for_all))
    assert MOST_PATTERNS < 20**5


def test_whole_weeks_go_to_the_first_ids_first() -> None:
    others = tuple(Challenge(name, name, ("anna",)) for name in ("c", "a", "b"))
    solution = best_dates(problem(FIVE_DAYS, challenges=others))
    assert {name: dates["visit"].day for name, dates in solution.dates.items()} == {
        "a": 4,
        "b": 11,
        "c": 18,
    }
