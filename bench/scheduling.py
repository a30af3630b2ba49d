"""How long the best dates of a whole round take, beside taking the first free days in turn.

    python -m bench.scheduling [--sizes 16 33 153] [--repeat 5]

Rounds are made up from a seed: two visit days a week apart in January to March, a host and a
challenger and two to four of 1.2 reviewers a challenge, a day in twelve on which somebody cannot,
half term and an own preference as days they would rather not, bank holidays, so many a week.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from rounds.scheduling import Phase
from rounds.scheduling.problem import Challenge, Problem

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
