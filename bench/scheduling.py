"""How long the best dates of a whole round take, beside taking the first free days in turn.

    python -m bench.scheduling [--sizes 16 33 153] [--repeat 5]

Rounds are made up from a seed: two visit days a week apart in January to March, a host and a
challenger and two to four of 1.2 reviewers a challenge, a day in twelve on which somebody cannot,
half term and an own preference as days they would rather not, bank holidays, so many a week.
"""

from __future__ import annotations

import argparse
import importlib
import random
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from rounds.scheduling import Booking, Phase, first_free
from rounds.scheduling.problem import TERMS, Challenge, Dates, Problem, Solution
from rounds.scheduling.solving import best_dates

Result = TypeVar("Result")

WINDOW = (date(2027, 1, 4), date(2027, 4, 2))
CLOSED = frozenset({date(2027, 3, 26), date(2027, 3, 29)})
PHASES = (
    Phase("day1", "Day 1"),
    Phase("feedback", "Feedback", after="day1", gap_least=5, gap_most=9),
)


def made_up(size: int, seed: int = 1) -> Problem:
    chance = random.Random(seed)
    authorities = [f"authority-{number:03}" for number in range(size)]
    challengers = authorities[1:] + authorities[:1]
    reviewers = [f"reviewer-{number:03}" for number in range(size * 6 // 5)]
    challenges = [
        Challenge(host, host, (challenger, *chance.sample(reviewers, chance.randint(2, 4))))
        for host, challenger in zip(authorities, challengers, strict=True)
    ]
    days = list(weekdays(*WINDOW))
    unavailable = {
        person: frozenset(day for day in days if chance.random() < 1 / 12)
        for person in [*authorities, *reviewers]
    }
    rather_not: dict[str, dict[date, int]] = {}
    for authority in authorities:
        monday = chance.choice([date(2027, 2, 8), date(2027, 2, 15), date(2027, 2, 22)])
        rather_not[authority] = {monday + timedelta(days=step): 5 for step in range(5)}
        favourite = chance.randrange(5)
        for day in days:
            if day.weekday() == favourite:
                rather_not[authority].setdefault(day, 1)
    for reviewer in reviewers:
        rather_not[reviewer] = {day: 2 for day in days if chance.random() < 0.2}
    return Problem(
        window=WINDOW,
        phases=PHASES,
        challenges=tuple(challenges),
        closed=CLOSED,
        per_week_most=max(2, -(-size // 9)),
        unavailable=unavailable,
        rather_not=rather_not,
    )


def weekdays(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def postponed(problem: Problem, before: Dates) -> Problem:
    """The host that comes first by id cannot for a fortnight from its first day on."""
    name = min(before)
    first = before[name]["day1"]
    taken = {first + timedelta(days=step) for step in range(14)}
    unavailable = {**problem.unavailable, name: problem.unavailable[name] | taken}
    return replace(problem, unavailable=unavailable, previous=before, objective=TERMS)


def in_turn(problem: Problem) -> tuple[int, int]:
    """Each challenge takes its first free days: how many stay without, and the others' penalty.

    The people's own days are closed days to `first_free`, and so is a week that is full.
    """
    booked: list[Booking] = []
    starts: Counter[date] = Counter()
    without = penalty = 0
    for challenge in problem.challenges:
        people = frozenset(challenge.people)
        closed = dict.fromkeys(problem.closed, "closed")
        for person in people:
            closed |= dict.fromkeys(problem.unavailable[person], "unavailable")
        start = problem.window[0]
        while found := first_free(
            problem.phases,
            parties=people,
            window=problem.window,
            closed=closed,
            booked=booked,
            start=start,
        ):
            week = found["day1"] - timedelta(days=found["day1"].weekday())
            if starts[week] < (problem.per_week_most or len(problem.challenges)):
                break
            start = week + timedelta(days=7)
        if not found:
            without += 1
            continue
        starts[week] += 1
        booked += [Booking(day, people, challenge.id) for day in found.values()]
        penalty += sum(
            problem.rather_not[person].get(day, 0) for person in people for day in found.values()
        )
    return without, penalty


def timed(run: Callable[[], Result], repeat: int) -> tuple[Result, str]:
    """The answer, and the medians of the seconds by the clock and of the processor."""
    clock, processor = [], []
    for _ in range(repeat):
        started = time.perf_counter(), time.process_time()
        result = run()
        clock.append(time.perf_counter() - started[0])
        processor.append(time.process_time() - started[1])
    return result, f"{statistics.median(clock):6.3f} s, CPU {statistics.median(processor):6.3f} s"


def show(what: str, size: int, solution: Solution, seconds: str) -> None:
    values = ", ".join(
        f"{term} {solution.values[term]} (bound {bound})" for term, bound in solution.bounds.items()
    )
    print(f"{size:4} {what:22} {seconds}  {solution.status}: {values}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 33, 153])
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    started = time.perf_counter()
    importlib.import_module("highspy")
    print(f"HiGHS loaded once: {time.perf_counter() - started:.2f} s")
    for size in options.sizes:
        problem = made_up(size)
        best, seconds = timed(partial(best_dates, problem), options.repeat)
        show("best dates", size, best, seconds)
        (without, penalty), seconds = timed(partial(in_turn, problem), options.repeat)
        placed = f"{without} without dates, penalty {penalty} of the others"
        print(f"{size:4} {'first free in turn':22} {seconds}  {placed}")
        again = postponed(problem, best.dates)
        moved, seconds = timed(partial(best_dates, again), options.repeat)
        show("after a postponement", size, moved, seconds)
        everything = replace(again, previous={}, objective=("penalty",))
        anew, seconds = timed(partial(best_dates, everything), options.repeat)
        show("the same, all anew", size, anew, seconds)
        changed = sum(anew.dates[name] != best.dates[name] for name in best.dates)
        print(f"{size:4} {'':22} which would move {changed}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:4} peak memory so far {peak:.0f} MiB")


if __name__ == "__main__":
    main()
