"""What speaks for somebody on a seat, in whole points, each with its words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rounds.matching.teams.problem import Person, Problem, Seat, Visit

KNOWS, TRAINED, UNTRAINED = 100, 20, -20
A_DAY_GIVEN, MOST_DAYS = -8, 12
A_QUARTER_HOUR, MOST_QUARTERS = -4, 16
RATHER_NOT = -40
FIRST_TIME_LEADS = -60
# Of the team and of the round as a whole, not of one person: for each more of an authority, for
# each more seat of a person, for a team on which nobody has been on one before.
SAME_AUTHORITY, ANOTHER_SEAT, ALL_NEW = -40, -60, -50
# Words that say nothing of what somebody knows.
EMPTY = re.compile(
    r"about|across|and|areas?|care|child|childrens?|famil(y|ies)|for|from|help|into|people"
    r"|services?|social|support|teams?|that|the|their|this|those|with|work|young"
)
WORDS = re.compile(r"[a-z]{3,}")
STEM = 6


class Point(NamedTuple):
    points: int
    said: str


def expertise_fits(person: Person, visit: Visit, seat: Seat, problem: Problem) -> Point | None:
    wanted = stems(visit.words)
    for known in person.expertise:
        if stems(known) & wanted:
            return Point(KNOWS, f"knows {known[:1].lower() + known[1:]}")
    return None


def training(person: Person) -> Point:
    return Point(TRAINED, "trained") if person.trained else Point(UNTRAINED, "not trained yet")


def days_given(person: Person) -> Point:
    days = person.days_given
    said = f"{days} day{'' if days == 1 else 's'} given this year" if days else "no day given yet"
    return Point(A_DAY_GIVEN * min(days, MOST_DAYS), said)


def travel(person: Person, visit: Visit, seat: Seat, problem: Problem) -> Point | None:
    """An estimate, one way; whoever stays at home has none."""
    minutes = problem.minutes.get((person.authority, visit.authority))
    if seat.off_site or minutes is None:
        return None
    quarters = min(minutes // 15, MOST_QUARTERS)
    hours, rest = divmod(minutes, 60)
    said = f"{hours} h {rest:02} min" if hours else f"{rest} min"
    return Point(A_QUARTER_HOUR * quarters, f"about {said} away")


def would_rather_not(person: Person, visit: Visit, seat: Seat, problem: Problem) -> Point | None:
    days = 0 if seat.off_site else len(visit.days & person.rather_not)
    if not days:
        return None
    said = "one of the days" if days == 1 else f"{days} of the days"
    return Point(RATHER_NOT * days, f"would rather not on {said}")


def first_time_leading(person: Person, visit: Visit, seat: Seat, problem: Problem) -> Point | None:
    if not seat.leads or person.visits_given:
        return None
    return Point(FIRST_TIME_LEADS, "has not been on a team before")


BESIDES = (travel, would_rather_not, first_time_leading)
OF_VISIT = (expertise_fits, *BESIDES)


def points_of(person: Person, visit: Visit, seat: Seat, problem: Problem) -> list[Point]:
    found = [
        expertise_fits(person, visit, seat, problem),
        training(person),
        days_given(person),
        *(part(person, visit, seat, problem) for part in BESIDES),
    ]
    return [point for point in found if point is not None]


def worth(person: Person, visit: Visit, seat: Seat, problem: Problem) -> int:
    return of_person(person) + of_visit(person, visit, seat, problem)


def of_person(person: Person) -> int:
    """The part of their worth that is the same on every seat."""
    return training(person).points + days_given(person).points


def of_visit(person: Person, visit: Visit, seat: Seat, problem: Problem) -> int:
    """The rest of their worth."""
    total = 0
    for part in OF_VISIT:
        if point := part(person, visit, seat, problem):
            total += point.points
    return total


def why_said(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """“Knows fostering, trained, 2 days given this year, about 45 min away”."""
    said = ", ".join(point.said for point in points_of(person, visit, seat, problem))
    return said[:1].upper() + said[1:]


def experienced(person: Person) -> bool:
    return person.visits_given > 0


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """What the words of a text begin with, but for those that stand everywhere."""
    return frozenset(
        word[:STEM]
        for word in WORDS.findall(text.lower().replace("’", ""))
        if not EMPTY.fullmatch(word)
    )
