"""A problem as JSON: every fault is named with its place, on one line, with exit code 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rounds.matching import Fault, read_problem, solve

GOOD: dict[str, Any] = {
    "topology": "directed",
    "challengers_per_host": 1,
    "group_sizes": [3, 4],
    "mutual_allowed": False,
    "objective": ["total"],
    "authorities": [
        {"id": "bath", "hosts": True, "gives_least": 1, "gives_most": 1},
        {"id": "dorset", "name": "Dorset", "hosts": True, "gives_least": 0, "gives_most": 2},
        {"id": "devon", "hosts": False, "gives_least": 0, "gives_most": 1},
    ],
    "arcs": [
        {"host": "bath", "challenger": "dorset", "score": 812, "parts": {"travel": 12.5}},
        {"host": "dorset", "challenger": "bath", "score": 100, "blocked_by": ["declined"]},
        {"host": "dorset", "challenger": "devon", "score": 1, "moderator_score": 2},
        {"host": "bath", "challenger": "devon", "score": 7},
    ],
    "locked": [],
    "previous": [["bath", "somebody who left"]],
}


def changed(path: str, value: object) -> str:
    """The good problem as JSON, with one place changed: `arcs.0.score`."""
    data = json.loads(json.dumps(GOOD))
    *way, last = path.split(".")
    inside = data
    for step in way:
        inside = inside[int(step) if isinstance(inside, list) else step]
    inside[int(last) if isinstance(inside, list) else last] = value
    return json.dumps(data)


FAULTS = [
    ("topology", "ring", "topology: must be directed, pairs, groups or panel"),
    ("colour", 1, "colour: an unknown key"),
    ("arcs.1.colour", 1, "arcs[1].colour: an unknown key"),
    ("arcs.1", 5, "arcs[1]: must be an object"),
    ("arcs", {}, "arcs: must be a list"),
    ("arcs.0.score", -1, "arcs[0].score: must be a whole number from 0 to 1000"),
    ("arcs.0.score", 1001, "arcs[0].score: must be a whole number from 0 to 1000"),
    ("arcs.0.score", 8.5, "arcs[0].score: must be a whole number from 0 to 1000"),
    ("arcs.0.score", True, "arcs[0].score: must be a whole number from 0 to 1000"),
    ("arcs.0.score", float("nan"), "arcs[0].score: must be a whole number from 0 to 1000"),
    ("arcs.0.parts.travel", float("nan"), "arcs[0].parts.travel: must be a number"),
    ("arcs.0.parts.travel", float("inf"), "arcs[0].parts.travel: must be a number"),
    ("arcs.0.parts", [], "arcs[0].parts: must be an object"),
    ("arcs.0.host", "poole", "arcs[0].host: no authority has the id 'poole'"),
    ("arcs.2.challenger", "poole", "arcs[2].challenger: no authority has the id 'poole'"),
    ("arcs.2.challenger", "bath", "arcs[2]: the same as arcs[1]: ('dorset', 'bath')"),
    ("arcs.1.blocked_by.0", "", "arcs[1].blocked_by[0]: must be text, and not empty"),
    ("authorities.2.id", "bath", "authorities[2]: the same as authorities[0]: 'bath'"),
    ("authorities.2.id", 7, "authorities[2].id: must be text, and not empty"),
    ("authorities.0.gives_most", 0, "authorities[0].gives_most: must be at least gives_least"),
    (
        "authorities.1.gives_least",
        -1,
        "authorities[1].gives_least: must be a whole number from 0 to 100000",
    ),
    ("authorities.1.hosts", "yes", "authorities[1].hosts: must be true or false"),
    ("mutual_allowed", 0, "mutual_allowed: must be true or false"),
    (
        "challengers_per_host",
        0,
        "challengers_per_host: must be a whole number from 1 to 100000",
    ),
    ("group_sizes", [3, 3], "group_sizes[1]: the same as group_sizes[0]: 3"),
    ("group_sizes", [1], "group_sizes[0]: must be a whole number from 2 to 100000"),
    ("objective", ["best"], "objective[0]: must be moved, worst or total"),
    ("locked", [["bath"]], "locked[0]: must be a host and a challenger"),
    ("locked", [["bath", "poole"]], "locked[0][1]: no authority has the id 'poole'"),
    (
        "previous",
        [["bath", "devon"], ["bath", "devon"]],
        "previous[1]: the same as previous[0]: ('bath', 'devon')",
    ),
]


@pytest.mark.parametrize(("path", "value", "fault"), FAULTS)
def test_a_fault_is_named_with_its_place(path: str, value: object, fault: str) -> None:
    with pytest.raises(Fault) as why:
        read_problem(changed(path, value))
    assert str(why.value) == fault


def test_an_objective_ends_with_the_total() -> None:
    with pytest.raises(Fault, match=r"^objective: must be one of these: total; worst, total; "):
        read_problem(changed("objective", ["total", "worst"]))


@pytest.mark.parametrize("missing", ["topology", "authorities", "arcs"])
def test_what_must_be_there_is_missed(missing: str) -> None:
    data = {key: value for key, value in GOOD.items() if key != missing}
    with pytest.raises(Fault, match=f"^{missing}: is missing$"):
        read_problem(json.dumps(data))


def test_groups_need_a_size() -> None:
    data = GOOD | {"topology": "groups", "group_sizes": []}
    with pytest.raises(Fault, match=r"^group_sizes: groups need at least one size$"):
        read_problem(json.dumps(data))


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, b"\xff\xfe\x00", "9" * 5000, '{"arcs": [], "arcs": []}']
)
def test_what_is_not_json_is_a_fault(text: str | bytes) -> None:
    with pytest.raises(Fault):
        read_problem(text)


def test_a_good_problem_is_read_whole() -> None:
    problem = read_problem(json.dumps(GOOD))
    assert problem.by_id["devon"].hosts is False
    assert problem.by_pair["dorset", "devon"].moderator_score == 2
    assert problem.by_pair["dorset", "bath"].blocked_by == ("declined",)
    assert problem.by_pair["bath", "dorset"].parts == {"travel": 12.5}
    assert problem.previous == (("bath", "somebody who left"),)
    assert problem.name("bath") == "Bath"


def command(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rounds.matching", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_the_solution(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(changed("arcs.1.blocked_by", []))
    ran = command(str(file))
    assert (ran.returncode, ran.stderr) == (0, "")
    answer = json.loads(ran.stdout)
    assert 0 < answer.pop("seconds") < 20
    assert answer == {
        "status": "optimal",
        "total": 107,
        "bound": 107,
        "worst": 7,
        "moved": 1,
        "pairs": [
            {
                "host": "bath",
                "challenger": "devon",
                "score": 7,
                "role": "challenger",
                "next_best": None,
            },
            {
                "host": "dorset",
                "challenger": "bath",
                "score": 100,
                "role": "challenger",
                "next_best": None,
            },
        ],
        "groups": [],
        "overridden": [],
        "conflict": [],
        "relaxed": [],
        "unpriced": [],
    }


def test_the_command_says_what_is_impossible() -> None:
    ran = command("-", text=changed("arcs.3.blocked_by", ["conflict"]))
    answer = json.loads(ran.stdout)
    assert (ran.returncode, ran.stderr, answer["status"]) == (3, "", "impossible")
    assert answer["conflict"][0] == {
        "rule": "least",
        "about": ["bath"],
        "text": "Bath must give at least one challenge",
    }


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (["-"], changed("arcs.0.score", -1), "arcs[0].score: must be a whole number"),
        (["-"], "nonsense", "not JSON: Expecting value"),
        (["no such file"], "", "No such file or directory"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], text: str, said: str) -> None:
    ran = command(*arguments, text=text)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_the_solver_is_not_loaded_before_it_is_asked() -> None:
    code = "import sys, rounds.matching; print({'highspy', 'numpy'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"


def test_nobody_at_all_is_an_answer_too() -> None:
    solution = solve(read_problem('{"topology": "directed", "authorities": [], "arcs": []}'))
    assert (solution.status, solution.total, solution.worst) == ("optimal", 0, 0)
