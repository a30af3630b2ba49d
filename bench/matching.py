"""How fast a round's matches are found and proven, beside an assignment without the mutual rule.

    python -m bench.matching [--repeat 5] [--seeds 30]

Made-up rounds first, then two real ones: the South West of 2012 with the two matches on record, and
all 153 authorities of today as one round, from published places and statistical neighbours. There
what two are to each other is mostly the same both ways, which is the hardest case.

Each row is a process of its own. Seconds are the median, with checking and building the problem;
the plain assignment is the same solver with mutual challenges allowed, in the same process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from math import hypot
from statistics import median

from bench.published import published, south_west_2012
from rounds.matching import Arc, Authority, Problem, Solution, solve
from rounds.matching.facts import Settings
from rounds.matching.weighing import problem_of

AREAS = ("safeguarding", "care leavers", "early help", "disability", "fostering", "education")
REGION = 17
NEAREST = 12
# What `--case` measures: authorities, and whether everybody may challenge everybody.
CASES = {"16": (16, True), "33": (33, True), "153": (153, False), "153 dense": (153, True)}
CASES["1,000"] = (1000, False)
REAL = {
    "South West 2012": south_west_2012,
    "England": lambda: problem_of(published(TODAY), Settings(worst_first=False)),
    "England, worst first": lambda: problem_of(published(TODAY), Settings()),
}
TODAY = date(2025, 4, 1)
REGIONS = (
    *("north-east", "north-west", "yorkshire-and-the-humber", "east-midlands", "west-midlands"),
    *("east-of-england", "london", "south-east", "south-west"),
)


def sample_round(count: int, seed: int, *, dense: bool = True) -> Problem:
    """A made-up round: places, strengths, history, conflicts and capacities.

    A score is 300 for strength in the host's area, 300 for little travel, 300 for being like the
    host, 100 for not having met lately, as far as each goes. Not dense: challengers come from the
    host's region of 17 and from the 12 nearest authorities elsewhere.
    """
    chance = random.Random(seed)
    ids = [f"authority-{number:04}" for number in range(count)]
    place = {one: (chance.random() * count**0.5, chance.random() * count**0.5) for one in ids}
    by_map = sorted(ids, key=lambda one: (place[one][0] // 3, place[one][1]))
    region = {one: number // REGION for number, one in enumerate(by_map)}
    kind = {one: chance.random() for one in ids}
    area = {one: chance.choice(AREAS) for one in ids}
    strength = {one: {each: chance.randrange(5) for each in AREAS} for one in ids}
    farthest = 2 * count**0.5 if dense else 12.0
    arcs = []
    for host in ids:
        away = {one: hypot(*map(float.__sub__, place[host], place[one])) for one in ids}
        near = sorted(ids, key=lambda one: (away[one], one))
        allowed = set(ids) if dense else {one for one in ids if region[one] == region[host]}
        allowed |= set([one for one in near if region[one] != region[host]][:NEAREST])
        for challenger in sorted(allowed - {host}):
            parts = {
                "strength": 75 * strength[challenger][area[host]],
                "travel": max(0, int(300 * (1 - away[challenger] / farthest))),
                "likeness": int(300 * (1 - abs(kind[host] - kind[challenger]))),
                "history": chance.choice((100, 100, 100, 50, 0)),
            }
            rule = ("conflict",) if chance.random() < 0.05 else ()
            arcs.append(Arc(host, challenger, sum(parts.values()), None, rule, parts))
    twice = set(chance.sample(ids, count // 10))
    authorities = [Authority(one, gives_most=2 if one in twice else 1) for one in ids]
    return Problem("directed", tuple(authorities), tuple(arcs))


def mutual_pairs(solution: Solution) -> int:
    """How many twos challenge each other."""
    pairs = {(one.host, one.challenger) for one in solution.pairs}
    return sum(pair[::-1] in pairs for pair in pairs) // 2


def breaks_the_mutual_rule(solution: Solution) -> bool:
    return mutual_pairs(solution) > 0


def timed(times: int, work: Callable[[], Solution]) -> tuple[float, float, Solution]:
    """Median seconds by the clock and of CPU, and the last solution."""
    seconds, cpu = [], []
    for _ in range(times):
        started, busy = time.perf_counter(), time.process_time()
        solution = work()
        seconds.append(time.perf_counter() - started)
        cpu.append(time.process_time() - busy)
    return median(seconds), median(cpu), solution


def plain(problem: Problem) -> Problem:
    return replace(problem, mutual_allowed=True)


def breaking(problems: Iterable[Problem]) -> int:
    return sum(breaks_the_mutual_rule(solve(one, with_next_best=False)) for one in problems)


def problem_for(case: str) -> Problem:
    if case in REAL:
        return REAL[case]()
    count, dense = CASES[case]
    return sample_round(count, 1, dense=dense)


def measure(case: str, repeat: int) -> dict[str, object]:
    import highspy  # noqa: F401 - slow, and not to be counted

    problem = problem_for(case)
    solve(sample_round(8, 1))
    # A problem sorts its parts once and remembers: each turn has a fresh one.
    ours, cpu, solution = timed(repeat, lambda: solve(replace(problem), with_next_best=False))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    free = plain(problem)
    seconds, plain_cpu, ignoring = timed(repeat, lambda: solve(replace(free), with_next_best=False))
    row = {
        "arcs": len(problem.arcs),
        "status": solution.status,
        "total": solution.total,
        "worst": solution.worst,
        "bound": solution.bound,
        "seconds": round(ours, 4),
        "cpu": round(cpu, 4),
        "peak_mb": round(peak),
        "plain_total": ignoring.total,
        "plain_seconds": round(seconds, 4),
        "plain_cpu": round(plain_cpu, 4),
        "plain_mutual": mutual_pairs(ignoring),
    }
    _, priced, solution = timed(1, lambda: solve(replace(problem), time_limit=20))
    row["next_best_cpu"] = round(priced - cpu, 3)
    row["next_best_of"] = len(solution.pairs) - len(solution.unpriced)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--case", choices=[*CASES, *REAL])
    asked = parser.parse_args()
    if asked.case:
        print(json.dumps(measure(asked.case, asked.repeat)))
        return
    for case in (*CASES, *REAL):
        own = [sys.executable, "-m", "bench.matching", "--case", case, "--repeat"]
        ran = subprocess.run([*own, str(asked.repeat)], capture_output=True, text=True, check=True)
        row = json.loads(ran.stdout)
        print(f"{case:>20}: " + ", ".join(f"{key} {value}" for key, value in row.items()))
    for count in (16, 33):
        free = (plain(sample_round(count, n)) for n in range(asked.seeds))
        print(
            f"plain assignment at {count}: {breaking(free)} of {asked.seeds} break the mutual rule"
        )
    real = [problem_of(published(TODAY, region), Settings()) for region in REGIONS]
    print(f"plain assignment in the nine regions: {breaking(map(plain, real))} break it")


if __name__ == "__main__":
    main()
