"""What is wrong with a problem is said with its place, in one line."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rounds.scheduling import Phase
from rounds.scheduling.problem import TERMS, Challenge, Problem
from rounds.scheduling.reading import BadInput, read_problem

Json = dict[str, Any]


def sample() -> Json:
    return {
        "window": ["2027-01-04", "2027-03-26"],
        "closed": ["2027-03-26"],
        "phases": [
            {"id": "day1", "days": 1},
            {"id": "feedback", "days": 1, "after": "day1", "gap_least": 5, "gap_most": 9},
        ],
        "per_week_most": 3,
        "challenges": [
            {
                "id": "bath",
                "host": "bath",
                "parties": ["dorset", "p17"],
                "pinned": {"day1": "2027-01-12"},
                "not_before": "2027-01-11",
                "not_after": None,
            },
            {"id": "devon", "host": "devon", "parties": []},
        ],
        "unavailable": {"dorset": ["2027-01-13"]},
        "rather_not": {"bath": {"2027-02-15": 3}},
        "previous": {"bath": {"day1": "2027-01-12", "feedback": "2027-01-19"}},
        "objective": ["penalty"],
    }


def test_everything_is_read() -> None:
    assert read_problem(json.dumps(sample())) == Problem(
        window=(date(2027, 1, 4), date(2027, 3, 26)),
        closed=frozenset({date(2027, 3, 26)}),
        phases=(
            Phase("day1", "day1", "", 0, 81),
            Phase("feedback", "feedback", "day1", 5, 9),
        ),
        per_week_most=3,
        challenges=(
            Challenge(
                "bath", "bath", ("dorset", "p17"), {"day1": date(2027, 1, 12)}, date(2027, 1, 11)
            ),
            Challenge("devon", "devon"),
        ),
        unavailable={"dorset": frozenset({date(2027, 1, 13)})},
        rather_not={"bath": {date(2027, 2, 15): 3}},
        previous={"bath": {"day1": date(2027, 1, 12), "feedback": date(2027, 1, 19)}},
        objective=("penalty",),
    )


def test_only_the_window_the_phases_and_the_challenges_must_be_there() -> None:
    least = {
        "window": ["2027-01-04", "2027-01-15"],
        "phases": [{"id": "day1"}, {"id": "later", "after": "day1"}],
        "challenges": [{"id": "bath", "host": "bath"}],
    }
    found = read_problem(json.dumps(least))
    assert found.objective == ("penalty",)
    assert found.per_week_most is None
    assert found.phases[1] == Phase("later", "later", "day1", 1, 11, 1)


def test_with_previous_dates_the_fewest_move_unless_told_otherwise() -> None:
    raw = sample()
    del raw["objective"]
    assert read_problem(json.dumps(raw)).objective == TERMS


def put(*path: str | int, value: object) -> Callable[[Json], None]:
    def change(raw: Json) -> None:
        inside: Any = raw
        for part in path[:-1]:
            inside = inside[part]
        inside[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Json], None]:
    def change(raw: Json) -> None:
        inside: Any = raw
        for part in path[:-1]:
            inside = inside[part]
        del inside[path[-1]]

    return change


FAULTS = [
    (put("challenges", 1, "pinned", value={"day1": "2027-13-01"}),
     "challenges[1].pinned.day1: 2027-13-01 is not a date"),
    (put("challenges", 1, "pinned", value={"day9": "2027-01-12"}),
     "challenges[1].pinned.day9: there is no such phase"),
    (put("challenges", 1, "pinned", value=["day1"]),
     'challenges[1].pinned: ["day1"] is not an object'),
    (put("challenges", 1, "id", value="bath"), "challenges[1].id: bath is there twice"),
    (put("challenges", 1, "id", value=7), "challenges[1].id: 7 is not a text"),
    (put("challenges", 1, "id", value=""), "challenges[1].id: is empty"),
    (put("challenges", 1, "colour", value=1), "challenges[1].colour: is not a known name"),
    (put("challenges", 1, "parties", value=["a", "b", "a"]),
     "challenges[1].parties[2]: a is there twice"),
    (put("challenges", 1, "parties", value="dorset"),
     'challenges[1].parties: "dorset" is not a list'),
    (put("challenges", 0, "not_after", value="2027-01-01"),
     "challenges[0].not_after: 2027-01-01 is before not_before, 2027-01-11"),
    (put("challenges", 0, "not_after", value=20270101),
     "challenges[0].not_after: 20270101 is not a date"),
    (put("challenges", 0, value=None), "challenges[0]: null is not an object"),
    (put("challenges", value={}), "challenges: {} is not a list"),
    (drop("challenges", 0, "host"), "challenges[0].host: is missing"),
    (drop("window"), "window: is missing"),
    (put("window", value=["2027-03-26", "2027-01-04"]),
     "window: ends on 2027-01-04 before it starts on 2027-03-26"),
    (put("window", value=["2027-01-04"]),
     "window: must be two dates, the first day and the last"),
    (put("window", value=["2027-01-04", "2031-01-04"]), "window: is longer than 1100 days"),
    (put("window", 1, value="20270326"), "window[1]: 20270326 is not a date"),
    (put("closed", value=["2027-02-30"]), "closed[0]: 2027-02-30 is not a date"),
    (put("phases", value=[]), "phases: must name at least one phase"),
    (put("phases", 1, "id", value="day1"), "phases[1].id: day1 is there twice"),
    (put("phases", 1, "after", value="day0"), 'phases[1].after: there is no phase "day0"'),
    (put("phases", 0, "after", value="feedback"),
     "phases[0].after: the phases go round in a circle"),
    (put("phases", 0, "after", value="day1"), "phases[0].after: the phases go round in a circle"),
    (put("phases", 1, "gap_least", value=10), "phases[1].gap_least: 10 is more than gap_most, 9"),
    (put("phases", 1, "gap_least", value=-1),
     "phases[1].gap_least: -1 is not between 0 and 1,000,000"),
    (put("phases", 1, "gap_most", value=9.0), "phases[1].gap_most: 9.0 is not a whole number"),
    (put("phases", 0, "days", value=0), "phases[0].days: 0 is not between 1 and 1,000,000"),
    (put("phases", 0, "days", value=6),
     "phases[0].days: 6 days in a row do not fit into Monday to Friday"),
    (put("phases", 0, "days", value=True), "phases[0].days: true is not a whole number"),
    (put("per_week_most", value=float("nan")), "per_week_most: NaN is not a whole number"),
    (put("per_week_most", value="3"), 'per_week_most: "3" is not a whole number'),
    (put("unavailable", "dorset", value="2027-01-13"),
     'unavailable.dorset: "2027-01-13" is not a list'),
    (put("unavailable", "dorset", 0, value=None), "unavailable.dorset[0]: null is not a date"),
    (put("rather_not", "bath", value={"soon": 3}), "rather_not.bath: soon is not a date"),
    (put("rather_not", "bath", value={"2027-02-15": float("inf")}),
     "rather_not.bath.2027-02-15: Infinity is not a whole number"),
    (put("rather_not", "bath", value={"2027-02-15": -1}),
     "rather_not.bath.2027-02-15: -1 is not between 0 and 1,000,000"),
    (put("previous", "exeter", value={}), "previous.exeter: there is no such challenge"),
    (put("previous", "bath", "day9", value="2027-01-12"),
     "previous.bath.day9: there is no such phase"),
    (put("objective", value=["speed"]),
     'objective[0]: "speed": there is moved and shift and penalty, each once'),
    (put("objective", value=["penalty", "penalty"]),
     'objective[1]: "penalty": there is moved and shift and penalty, each once'),
    (put("objective", value=[]), "objective: must name at least one term"),
    (put("colour", value="red"), "colour: is not a known name"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "text"), FAULTS, ids=[text for _, text in FAULTS])
def test_a_fault_is_named_with_its_place(spoil: Callable[[Json], None], text: str) -> None:
    raw = sample()
    spoil(raw)
    with pytest.raises(BadInput) as caught:
        read_problem(json.dumps(raw))
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1 column 1: is not JSON"),
        ("{", "line 1 column 2: is not JSON"),
        ("[]", "[] is not an object"),
        ('{"window": 1, "window": 2}', "window: is there twice"),
        ("[" * 100_000, "the problem is nested too deeply or holds too long a number"),
        ("9" * 5_000, "the problem is nested too deeply or holds too long a number"),
    ],
)
def test_what_is_no_problem_at_all_is_named_too(text: str, fault: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_problem(text)
    assert str(caught.value) == fault


def test_people_in_no_challenge_may_have_a_diary() -> None:
    raw = sample()
    raw["unavailable"]["somebody-else"] = ["2027-01-13"]
    assert "somebody-else" in read_problem(json.dumps(raw)).unavailable
