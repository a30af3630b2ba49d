"""An impossible round: the fewest rules that cannot hold together, and what giving one up gives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rounds.scheduling import Phase, conflict
from rounds.scheduling.problem import Challenge, Problem, Rule
from rounds.scheduling.solving import best_dates

MONDAY = date(2027, 1, 4)
FRIDAY = date(2027, 1, 8)
WEEK_APART = (Phase("day1", "Day 1"), Phase("feedback", "Feedback", "day1", 5, 9))
ONE_DAY = WEEK_APART[:1]
BATH = Challenge("Bath", "Bath", ("Dorset", "Anna"))
DEVON = Challenge("Devon", "Devon", ("Torbay", "Anna"))
BASE = Problem((MONDAY, FRIDAY), ONE_DAY, (BATH,))


def said(**changes: object) -> dict[str, str]:
    """Each rule in conflict, and what giving it up would give."""
    solution = best_dates(replace(BASE, **changes))  # type: ignore[arg-type]
    assert solution.smallest
    return {rule.text: without(rule) for rule in solution.conflict}


def without(rule: Rule) -> str:
    assert rule.relaxed is not None
    assert rule.relaxed.possible == bool(rule.relaxed.dates)
    return rule.relaxed.text


def test_a_pin_on_a_day_when_somebody_cannot() -> None:
    pinned = replace(BATH, pinned={"day1": FRIDAY})
    days = frozenset({MONDAY, FRIDAY})
    assert said(challenges=(pinned,), unavailable={"Anna": days}) == {
        "Day 1 of Bath is pinned to Friday 8 January 2027": "Possible without the pin",
        "Anna cannot on Monday 4 January 2027 and Friday 8 January 2027": (
            "Possible if Anna can on Friday 8 January 2027"
        ),
    }


def test_too_short_a_window_for_the_gap() -> None:
    assert said(phases=WEEK_APART) == {
        "Visits are from Monday 4 January 2027 to Friday 8 January 2027": (
            "Possible with visits until Friday 15 January 2027"
        ),
        "Feedback is 5 to 9 days after Day 1": "Possible with 4 to 10 days between them",
    }


def test_too_few_weeks_for_so_many() -> None:
    strangers = tuple(Challenge(name, name) for name in ("Bath", "Devon", "Dorset"))
    assert said(challenges=strangers, per_week_most=1) == {
        "Visits are from Monday 4 January 2027 to Friday 8 January 2027": (
            "Possible with visits until Friday 22 January 2027"
        ),
        "At most 1 challenge starts in one week": "Possible with 3 in one week",
    }


def test_one_reviewer_for_two_on_the_only_day() -> None:
    closed = frozenset(MONDAY + timedelta(days=step) for step in range(4))
    assert said(challenges=(BATH, DEVON), closed=closed) == {
        "Visits are from Monday 4 January 2027 to Friday 8 January 2027": (
            "Possible with visits until Friday 15 January 2027"
        ),
        "Monday 4 January 2027 to Thursday 7 January 2027 are closed to visits": (
            "Possible if Monday 4 January 2027 is open to visits"
        ),
        "Anna takes part in Bath and Devon, and nobody is in two challenges on one day": (
            "Possible if somebody else stands in for Anna, or they are in two challenges on one day"
        ),
    }


def test_two_authorities_and_one_week() -> None:
    pair = (Challenge("Bath", "Bath", ("Dorset",)), Challenge("Dorset", "Dorset", ("Bath",)))
    assert said(challenges=pair) == {
        "Visits are from Monday 4 January 2027 to Friday 8 January 2027": (
            "Possible with visits until Friday 15 January 2027"
        ),
        "Bath and Dorset do not visit each other in one week": (
            "Possible if they visit each other in one week"
        ),
    }


def test_a_challenge_that_may_only_start_after_all_visits() -> None:
    late = replace(BATH, not_before=FRIDAY + timedelta(days=3))
    assert said(challenges=(late,)) == {
        "No day of Bath is before Monday 11 January 2027": (
            "Possible if Bath may be visited earlier"
        ),
        "Visits are from Monday 4 January 2027 to Friday 8 January 2027": (
            "Possible with visits until Friday 15 January 2027"
        ),
    }


def test_the_smaller_of_two_conflicts_is_told() -> None:
    """Bath's takes three rules, Devon's two; giving up one of Devon's does not help Bath."""
    taken = {
        "Anna": frozenset({MONDAY, FRIDAY}),
        "Dorset": frozenset(MONDAY + timedelta(days=step) for step in (1, 2, 3)),
    }
    devon = Challenge("Devon", "Devon", ("Torbay",), pinned={"day1": MONDAY})
    other = "Not possible either: other rules are in the way"
    found = said(
        challenges=(BATH, devon),
        unavailable={**taken, "Torbay": frozenset({MONDAY})},
    )
    assert found == {
        "Day 1 of Devon is pinned to Monday 4 January 2027": other,
        "Torbay cannot on Monday 4 January 2027": other,
    }


def test_without_a_proof_in_time_a_conflict_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when too many ways out are known: no part can be left out, but it may not be smallest."""
    monkeypatch.setattr(conflict, "MOST_WAYS", 0)
    solution = best_dates(replace(BASE, phases=WEEK_APART, closed=frozenset({MONDAY})))
    assert not solution.smallest
    assert sorted(rule.rule for rule in solution.conflict) == ["gap", "window"]
