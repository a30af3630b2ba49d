"""Dates for a problem in JSON: `python -m rounds.scheduling PROBLEM.json`, or `-` to read it.

Prints the answer as JSON. Exit code 0: solved; 3: impossible, or nothing found in time;
2: bad input, with the place of the fault on standard error.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from pathlib import Path

from rounds.scheduling.patterns import MOST_PATTERNS
from rounds.scheduling.problem import Problem, Rule, Solution, TooMany
from rounds.scheduling.reading import BadInput, read_problem
from rounds.scheduling.solving import TIME_LIMIT, best_dates

SOLVED, BAD_INPUT, IMPOSSIBLE = 0, 2, 3


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rounds.scheduling", description="Find visit dates.")
    parser.add_argument("problem", help="a file with the problem in JSON, or - for standard input")
    parser.add_argument("--time-limit", type=_seconds, default=TIME_LIMIT, metavar="SECONDS")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        problem = read_problem(_text(options.problem))
        solution = best_dates(problem, time_limit=options.time_limit)
    except (BadInput, TooMany) as error:
        text = str(error) if isinstance(error, BadInput) else _too_many(error)
        sys.stderr.write(" ".join(text.split()) + "\n")
        return BAD_INPUT
    answer = as_json(problem, solution, seconds=time.monotonic() - started)
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    return SOLVED if solution.status in ("optimal", "feasible") else IMPOSSIBLE


def _seconds(text: str) -> float:
    seconds = float(text)
    if not math.isfinite(seconds) or seconds <= 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return seconds


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise BadInput(name, reason) from error


def _too_many(error: TooMany) -> str:
    return (
        f"phases: leave {error} more than {MOST_PATTERNS} patterns of dates; "
        "narrow the gaps or the window"
    )


def as_json(problem: Problem, solution: Solution, *, seconds: float) -> dict[str, object]:
    """The answer in the words of the format; keys that need not be there say more."""
    found = solution.status in ("optimal", "feasible")
    people = {person for challenge in problem.challenges for person in challenge.people}
    asked = {*problem.unavailable, *problem.rather_not}
    answer: dict[str, object] = {
        "status": solution.status,
        "penalty": solution.values.get("penalty"),
        "bound": solution.bounds.get("penalty"),
        "moved": solution.values.get("moved"),
        "shift": solution.values.get("shift"),
        "dates": {
            challenge: {phase: str(day) for phase, day in days.items()}
            for challenge, days in solution.dates.items()
        },
        "conflict": [_rule(rule) for rule in solution.conflict],
    }
    if found:
        answer["bounds"] = dict(solution.bounds)
    if solution.conflict:
        answer["smallest"] = solution.smallest
    if asked - people:
        answer["in_no_challenge"] = sorted(asked - people)
    return {**answer, "seconds": round(seconds, 3)}


def _rule(rule: Rule) -> dict[str, object]:
    said: dict[str, object] = {"rule": rule.rule, "about": list(rule.about), "text": rule.text}
    if rule.relaxed:
        said["relaxed"] = {
            "possible": rule.relaxed.possible,
            "text": rule.relaxed.text,
            "dates": {
                challenge: {phase: str(day) for phase, day in days.items()}
                for challenge, days in rule.relaxed.dates.items()
            },
        }
    return said


if __name__ == "__main__":
    sys.exit(main())
