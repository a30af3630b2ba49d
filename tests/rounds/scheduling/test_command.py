"""`python -m rounds.scheduling`: what it prints, where, and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rounds.scheduling.__main__ import main

ROOT = Path(__file__).parents[3]
PROBLEM: dict[str, Any] = {
    "window": ["2027-01-04", "2027-03-26"],
    "closed": ["2027-03-26"],
    "phases": [
        {"id": "day1", "days": 1},
        {"id": "feedback", "days": 1, "after": "day1", "gap_least": 5, "gap_most": 9},
    ],
    "per_week_most": 3,
    "challenges": [
        {"id": "bath", "host": "bath", "parties": ["dorset"], "pinned": {"day1": "2027-01-12"}}
    ],
    "unavailable": {"dorset": ["2027-01-18"], "exeter": ["2027-01-19"]},
    "rather_not": {"bath": {"2027-01-12": 3}},
    "previous": {"bath": {"day1": "2027-01-12", "feedback": "2027-01-18"}},
    "objective": ["penalty"],
}

Told = tuple[int, str, str]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(problem: object, *options: str) -> Told:
        file = tmp_path / "problem.json"
        file.write_text(problem if isinstance(problem, str) else json.dumps(problem))
        code = main([str(file), *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_a_solved_problem(told: Any) -> None:
    code, out, err = told(PROBLEM)
    answer = json.loads(out)
    assert answer.pop("seconds") >= 0
    assert (code, err) == (0, "")
    assert answer == {
        "status": "optimal",
        "penalty": 3,
        "bound": 3,
        "moved": 1,
        "shift": 1,
        "dates": {"bath": {"day1": "2027-01-12", "feedback": "2027-01-19"}},
        "conflict": [],
        "bounds": {"penalty": 3},
        "in_no_challenge": ["exeter"],
    }


def test_an_impossible_problem(told: Any) -> None:
    code, out, err = told({**PROBLEM, "unavailable": {"dorset": ["2027-01-12"]}})
    answer = json.loads(out)
    assert (code, err) == (3, "")
    assert (answer["status"], answer["dates"], answer["smallest"]) == ("impossible", {}, True)
    assert [(rule["rule"], rule["about"]) for rule in answer["conflict"]] == [
        ("pinned", ["bath"]),
        ("unavailable", ["dorset"]),
    ]
    assert [rule["relaxed"]["possible"] for rule in answer["conflict"]] == [True, True]
    assert answer["conflict"][1]["relaxed"]["dates"]["bath"]["day1"] == "2027-01-12"


def test_bad_input_is_one_line_on_standard_error(told: Any) -> None:
    challenges = [{"id": "bath", "host": "bath", "pinned": {"day1": "2027-13-01"}}]
    assert told({**PROBLEM, "challenges": challenges}) == (
        2,
        "",
        "challenges[0].pinned.day1: 2027-13-01 is not a date\n",
    )
    code, out, err = told({**PROBLEM, "line\nbreak": 1})
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_more_patterns_than_can_be_looked_at_are_bad_input(told: Any) -> None:
    phases = [{"id": f"day{number}"} for number in range(5)]
    changes = {"phases": phases, "previous": {}, "challenges": [{"id": "bath", "host": "bath"}]}
    assert told({**PROBLEM, **changes}) == (
        2,
        "",
        "phases: leave bath more than 20000 patterns of dates; narrow the gaps or the window\n",
    )


def test_a_file_that_cannot_be_read_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.endswith("none.json: No such file or directory\n")
    (tmp_path / "latin.json").write_bytes(b"\xe9")
    assert main([str(tmp_path / "latin.json")]) == 2
    assert capsys.readouterr().err.endswith("latin.json: is not UTF-8\n")


def test_no_time_at_all_finds_nothing(told: Any) -> None:
    code, out, _ = told(PROBLEM, "--time-limit", "0.000001")
    assert (code, json.loads(out)["status"]) == (3, "unknown")


def test_it_runs_by_name_reads_standard_input_and_needs_no_django() -> None:
    """Twice: all but the seconds are the same."""
    answers = [
        subprocess.run(
            [sys.executable, "-m", "rounds.scheduling", "-"],
            cwd=ROOT,
            input=json.dumps(PROBLEM),
            capture_output=True,
            text=True,
            check=True,
            env={},
        ).stdout
        for _ in range(2)
    ]
    first, second = ({**json.loads(answer), "seconds": 0} for answer in answers)
    assert json.dumps(first) == json.dumps(second)


def test_the_site_does_not_load_the_solver() -> None:
    code = "import sys, rounds.scheduling.solving; print({'highspy', 'numpy'} & {*sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "set()\n"
