"""`python -m rounds.matching PROBLEM.json`: the solution as JSON; `-` reads standard input.

Exit codes: 0 solved, 3 impossible, 2 bad input.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

from rounds.matching.problem import Fault
from rounds.matching.reading import read_problem
from rounds.matching.solution import IMPOSSIBLE
from rounds.matching.solving import TIME_LIMIT, solve

SOLVED, BAD_INPUT, NO_ANSWER = 0, 2, 3


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m rounds.matching", description=__doc__)
    parser.add_argument("problem", help="a file, or - for standard input")
    parser.add_argument("--time-limit", type=_seconds, default=TIME_LIMIT, metavar="SECONDS")
    parser.add_argument("--no-next-best", action="store_true", help="do not look for next bests")
    asked = parser.parse_args(arguments)
    try:
        problem = read_problem(_read(asked.problem))
        solution = solve(
            problem, time_limit=asked.time_limit, with_next_best=not asked.no_next_best
        )
    except (Fault, OSError) as why:
        sys.stderr.write(" ".join(str(why).split()) + "\n")
        return BAD_INPUT
    sys.stdout.write(json.dumps(solution.as_json(), indent=1) + "\n")
    return NO_ANSWER if solution.status == IMPOSSIBLE else SOLVED


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _seconds(text: str) -> float:
    seconds = float(text)
    if not (math.isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError("must be a number of seconds above 0")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
