"""Each rule by name: what it forbids, and what it does not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from rounds.scheduling import Phase
from rounds.scheduling.problem import TERMS, Challenge, Problem, Solution
from rounds.scheduling.solving import best_dates

MONDAY = date(2027, 1, 4)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=step) for step in (1, 2, 3, 4))
ONE_DAY = (Phase("day1", "Day 1"),)
WEEK_APART = (*ONE_DAY, Phase("feedback", "Feedback", "day1", 5, 9))
BATH = Challenge("bath", "bath", ("dorset", "anna"))
DEVON = Challenge("devon", "devon", ("torbay", "anna"))
BASE = Problem((MONDAY, FRIDAY), ONE_DAY, (BATH,))


def solved(**changes: object) -> Solution:
    solution = best_dates(replace(BASE, **changes))  # type: ignore[arg-type]
    assert solution.status == "optimal"
    return solution


def first_days(**changes: object) -> Mapping[str, date]:
    return {name: dates["day1"] for name, dates in solved(**changes).dates.items()}


def blamed(**changes: object) -> list[str]:
    solution = best_dates(replace(BASE, **changes))  # type: ignore[arg-type]
    assert (solution.status, solution.smallest) == ("impossible", True)
    return sorted(rule.rule for rule in solution.conflict)


def test_window_holds_both_its_ends() -> None:
    assert first_days(window=(FRIDAY, FRIDAY)) == {"bath": FRIDAY}
    weekend = (FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2))
    assert blamed(window=weekend) == ["window"]


def test_window_of_one_challenge() -> None:
    late = replace(BATH, not_before=WEDNESDAY)
    assert first_days(challenges=(late,)) == {"bath": WEDNESDAY}
    early = replace(BATH, not_after=MONDAY)
    assert first_days(challenges=(early,)) == {"bath": MONDAY}
    after_the_window = replace(BATH, not_before=FRIDAY + timedelta(days=3))
    assert blamed(challenges=(after_the_window,)) == ["window", "window"]


def test_window_holds_the_last_phase_too() -> None:
    assert blamed(phases=WEEK_APART) == ["gap", "window"]
    assert first_days(phases=WEEK_APART, window=(MONDAY, MONDAY + timedelta(days=7)))


def test_closed() -> None:
    assert first_days(closed=frozenset({MONDAY})) == {"bath": TUESDAY}
    every_day = frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY})
    assert blamed(closed=every_day) == ["closed", "window"]


def test_unavailable_host_or_party() -> None:
    for person in ("bath", "dorset", "anna"):
        assert first_days(unavailable={person: frozenset({MONDAY})}) == {"bath": TUESDAY}
    assert first_days(unavailable={"torbay": frozenset({MONDAY})}) == {"bath": MONDAY}


def test_gap() -> None:
    two_weeks = (MONDAY, MONDAY + timedelta(days=11))
    assert solved(phases=WEEK_APART, window=two_weeks).dates == {
        "bath": {"day1": MONDAY, "feedback": MONDAY + timedelta(days=7)}
    }
    pins = replace(BATH, pinned={"day1": MONDAY, "feedback": FRIDAY})
    changes = {"phases": WEEK_APART, "window": two_weeks, "challenges": (pins,)}
    assert blamed(**changes) == ["gap", "pinned", "pinned"]


def test_per_week() -> None:
    strangers = (BATH, Challenge("devon", "devon", ("torbay",)))
    assert set(first_days(challenges=strangers, per_week_most=2).values()) == {MONDAY}
    assert blamed(challenges=strangers, per_week_most=1) == ["per_week", "window"]


def test_per_week_counts_first_phases_only() -> None:
    strangers = (BATH, Challenge("devon", "devon", ("torbay",)))
    window = (MONDAY, MONDAY + timedelta(days=18))
    found = first_days(challenges=strangers, per_week_most=1, phases=WEEK_APART, window=window)
    assert found == {"bath": MONDAY, "devon": MONDAY + timedelta(days=7)}


def test_double_booking() -> None:
    found = first_days(challenges=(BATH, DEVON))
    assert found == {"bath": MONDAY, "devon": TUESDAY}
    one_day = {"challenges": (BATH, DEVON), "window": (MONDAY, MONDAY)}
    assert blamed(**one_day) == ["double_booking", "window"]


def test_double_booking_of_a_host_that_challenges_elsewhere() -> None:
    elsewhere = Challenge("devon", "devon", ("bath",))
    found = first_days(challenges=(BATH, elsewhere))
    assert found == {"bath": MONDAY, "devon": TUESDAY}


def test_both_ways() -> None:
    pair = (Challenge("bath", "bath", ("dorset",)), Challenge("dorset", "dorset", ("bath",)))
    assert blamed(challenges=pair) == ["both_ways", "window"]
    two_weeks = (MONDAY, MONDAY + timedelta(days=11))
    found = first_days(challenges=pair, window=two_weeks)
    assert found == {"bath": MONDAY, "dorset": MONDAY + timedelta(days=7)}


def test_both_ways_counts_every_day_of_a_visit() -> None:
    """The feedback in the second week is a visit: the way back starts in the third."""
    pair = (Challenge("bath", "bath", ("dorset",)), Challenge("dorset", "dorset", ("bath",)))
    window = (MONDAY, MONDAY + timedelta(days=25))
    found = first_days(challenges=pair, window=window, phases=WEEK_APART)
    assert found == {"bath": MONDAY, "dorset": MONDAY + timedelta(days=14)}


def test_pinned() -> None:
    pinned = replace(BATH, pinned={"day1": THURSDAY})
    assert first_days(challenges=(pinned, DEVON)) == {"bath": THURSDAY, "devon": MONDAY}
    taken = {"anna": frozenset({THURSDAY})}
    assert blamed(challenges=(pinned,), unavailable=taken) == ["pinned", "unavailable"]


def test_pinned_to_a_weekend() -> None:
    pinned = replace(BATH, pinned={"day1": FRIDAY + timedelta(days=1)})
    solution = best_dates(replace(BASE, challenges=(pinned,)))
    [rule] = solution.conflict
    assert rule.text == "Day 1 of bath is pinned to Saturday 9 January 2027, at a weekend"


def test_rather_not_is_added_up_over_days_and_people() -> None:
    points = {
        "bath": {MONDAY: 3, TUESDAY: 1, WEDNESDAY: 2},
        "anna": {TUESDAY: 1, THURSDAY: 4, FRIDAY: 9},
    }
    solution = solved(rather_not=points)
    assert solution.dates == {"bath": {"day1": TUESDAY}}
    assert (solution.values["penalty"], solution.bounds["penalty"]) == (2, 2)


def test_a_host_that_is_also_a_party_counts_once() -> None:
    twice = replace(BATH, parties=("bath",))
    solution = solved(
        challenges=(twice,), rather_not={"bath": {MONDAY: 2}}, window=(MONDAY, MONDAY)
    )
    assert solution.values["penalty"] == 2


ROUND = tuple(
    Challenge(name, name, (party,))
    for name, party in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a")]
)


def test_a_postponement_moves_only_who_must() -> None:
    changes = {"challenges": ROUND, "window": (MONDAY, MONDAY + timedelta(days=11))}
    before = solved(**changes)
    postponed = tuple(replace(one, not_before=FRIDAY) if one.id == "c" else one for one in ROUND)
    after = solved(**{**changes, "challenges": postponed}, previous=before.dates, objective=TERMS)
    moved = [name for name in before.dates if after.dates[name] != before.dates[name]]
    assert moved == ["c"]
    assert after.values == {
        "moved": 1,
        "shift": (FRIDAY - before.dates["c"]["day1"]).days,
        "penalty": 0,
    }


def test_fewest_moved_come_before_fewest_days_and_before_points() -> None:
    """Moving one by three days is better than moving two by a day each."""
    pair = (BATH, DEVON)
    previous = {"bath": {"day1": MONDAY}, "devon": {"day1": TUESDAY}}
    taken = {"bath": frozenset({MONDAY}), "devon": frozenset({WEDNESDAY})}
    closed = frozenset({WEDNESDAY})
    points = {"bath": {THURSDAY: 50}}
    solution = solved(
        challenges=pair,
        previous=previous,
        unavailable=taken,
        closed=closed,
        rather_not=points,
        objective=TERMS,
    )
    assert solution.dates == {"bath": {"day1": THURSDAY}, "devon": {"day1": TUESDAY}}
    assert solution.values == {"moved": 1, "shift": 3, "penalty": 50}


def test_a_challenge_that_is_new_has_not_moved() -> None:
    solution = solved(
        challenges=(BATH, DEVON), previous={"bath": {"day1": WEDNESDAY}}, objective=TERMS
    )
    assert solution.dates == {"bath": {"day1": WEDNESDAY}, "devon": {"day1": MONDAY}}
    assert solution.values["moved"] == 0
