"""How long the best teams of a whole round take, beside filling one seat after the other.

    python -m bench.teams [--sizes 16 33 152] [--repeat 5]

Rounds are made up from a seed: two visit days a week apart in January to March; a lead of the
challenger, an assistant director and two practitioners, now and then somebody from health; six
reviewers an authority with one or two kinds of work they know, a lapsed training in ten, a day in
twelve on which somebody cannot, at most four to eight days a year.
"""

from __future__ import annotations

import argparse
import random
import resource
from collections import defaultdict
from datetime import date, timedelta
from functools import partial

from bench.scheduling import timed, weekdays
from rounds.matching.teams import Person, Place, Problem, Seat, Visit, best_teams, worth
from rounds.matching.teams.model import Kept, demands_of, fitting
from rounds.matching.teams.rules import clash_of_places

FIRST, LAST = date(2027, 1, 4), date(2027, 3, 19)
SEATS = (
    Seat("lead", "Lead reviewer", 1, 1, leads=True),
    Seat("assistant_director", "Assistant director", 1, 1),
    Seat("practitioner", "Practitioner", 2, 3),
)
HEALTH = Seat("health_partner", "Health partner", 1, 1)
WORK = ("Adoption", "Fostering", "Thresholds", "Early help", "Care leavers", "Exploitation")
KEYS = ("lead", "assistant_director", "practitioner", "health_partner")
CHANCES = (0.2, 0.2, 0.7, 0.1)


def made_up(size: int, seed: int = 1) -> Problem:
    chance = random.Random(seed)
    days = list(weekdays(FIRST, LAST))
    visits = []
    for host in range(size):
        first = chance.choice(days)
        visits.append(
            Visit(
                host,
                f"Authority {host}",
                host,
                (*SEATS, HEALTH) if chance.random() < 0.2 else SEATS,
                frozenset({first, first + timedelta(days=7)}),
                2,
                chance.choice(WORK),
                frozenset({(host + 1) % size}),
                f"Authority {(host + 1) % size}",
            )
        )
    people = [_person(number, number % size, days, chance) for number in range(size * 6)]
    minutes = {(a, b): chance.randrange(20, 240) for a in range(size) for b in range(size)}
    return Problem(tuple(visits), tuple(people), (), minutes, frozenset(KEYS), FIRST)


def _person(number: int, authority: int, days: list[date], chance: random.Random) -> Person:
    # The first of every authority leads.
    seats = {key for key, often in zip(KEYS, CHANCES, strict=True) if chance.random() < often}
    return Person(
        number,
        f"Person {number}",
        authority,
        f"Authority {authority}",
        seats=frozenset(seats | ({"lead"} if number // 6 == authority else set()) or {KEYS[2]}),
        expertise=tuple(chance.sample(WORK, chance.randint(1, 2))),
        trained=chance.random() < 0.8,
        trained_until=date(2027, 1, 20) if chance.random() < 0.1 else None,
        days_given=chance.choice((0, 0, 2, 2, 4, 6)),
        days_left=chance.choice((None, 4, 6, 8)),
        visits_given=chance.choice((0, 0, 1, 2)),
        cannot=frozenset(day for day in days if chance.random() < 1 / 12),
        rather_not=frozenset(day for day in days if chance.random() < 0.1),
    )


def in_turn(problem: Problem) -> tuple[int, int]:
    """Each seat gets whoever is worth most there and still free; empty seats and points."""
    kept = Kept(problem)
    held: dict[int, list[tuple[Visit, Seat]]] = defaultdict(list)
    empty = points = 0
    for demand in demands_of(problem, kept):
        for _ in range(demand.places):
            visit, seat = demand.visit, demand.seat
            free = [
                one
                for one in fitting(problem, demand, kept)
                if not clash_of_places(one, visit, seat, held[one.id])
            ]
            if not free:
                empty += 1
                continue
            best = max(free, key=lambda one: (worth(one, visit, seat, problem), -one.id))
            points += worth(best, visit, seat, problem)
            held[best.id].append((visit, seat))
    return empty, points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 33, 152])
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    for size in options.sizes:
        problem = made_up(size)
        best, seconds = timed(partial(best_teams, problem, time_limit=60), options.repeat)
        empty = sum(one.count for one in best.unfilled)
        print(
            f"{size:4} best teams      {seconds}  {best.status}: {len(best.places)} seats, "
            f"{empty} empty, {best.points} points (bound {best.bound})"
        )
        people = {one.id: one for one in problem.people}
        assert len({(one.visit, one.person) for one in best.places}) == len(best.places)
        assert all(isinstance(one, Place) and one.person in people for one in best.places)
        (without, points), seconds = timed(partial(in_turn, problem), 1)
        print(f"{size:4} one by one      {seconds}  {without} empty, {points} points before costs")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:4} peak memory so far {peak:.0f} MiB")


if __name__ == "__main__":
    main()
