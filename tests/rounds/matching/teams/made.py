"""Small regions whose teams can be found by trying them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from rounds.matching.teams import Person, Place, Problem, Seat, Visit, worth
from rounds.matching.teams.model import Kept, demands_of, fitting
from rounds.matching.teams.points import ALL_NEW, ANOTHER_SEAT, SAME_AUTHORITY, experienced
from rounds.matching.teams.rules import in_the_way

FIRST = date(2027, 1, 11)
LEAD = Seat("lead", "Lead reviewer", 1, 1, leads=True)
PRACTITIONER = Seat("practitioner", "Practitioner", 1, 3)
OFF_SITE = Seat("off_site", "Off-site reviewer", 1, 1, off_site=True)
KEYS = ("lead", "practitioner", "off_site")


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def person(number: int, authority: int = 9, **known: object) -> Person:
    return Person(
        number,
        f"Person {number}",
        authority,
        f"Authority {authority}",
        **{"seats": frozenset(KEYS), **known},
    )


def visit(number: int, *seats: Seat, **known: object) -> Visit:
    return Visit(
        number,
        f"Host {number}",
        number,
        seats or (LEAD, PRACTITIONER),
        **{"days": frozenset({day(number)}), **known},
    )


def problem(visits: list[Visit], people: list[Person], *kept: Place, **more: object) -> Problem:
    return Problem(tuple(visits), tuple(people), kept, known_seats=frozenset(KEYS), **more)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Two or three visits that share days, and three to five people who fit some of it."""
    days = st.frozensets(st.integers(0, 2), min_size=1, max_size=2)
    visits = [
        visit(
            number,
            *draw(st.sampled_from([(LEAD, PRACTITIONER), (PRACTITIONER, OFF_SITE), (LEAD,)])),
            days=frozenset(map(day, draw(days))),
            words=draw(st.sampled_from(["Adoption", "Fostering"])),
            leads_from=frozenset(draw(st.sets(st.integers(4, 5), max_size=1))),
            leads_from_said="the challenger",
            together=draw(st.sampled_from([False, False, True])),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    people = [
        person(
            number,
            draw(st.integers(1, 5)),
            seats=frozenset(draw(st.sets(st.sampled_from(KEYS), min_size=1))),
            expertise=tuple(draw(st.sets(st.sampled_from(["Adoption", "Fostering"]), max_size=1))),
            days_given=draw(st.integers(0, 3)),
            days_left=draw(st.sampled_from([None, None, 1, 2])),
            visits_given=draw(st.integers(0, 1)),
            cannot=frozenset(map(day, draw(st.frozensets(st.integers(0, 2), max_size=1)))),
            rather_not=frozenset(map(day, draw(st.frozensets(st.integers(0, 2), max_size=1)))),
        )
        for number in range(draw(st.integers(2, 5)))
    ]
    held = draw(st.sampled_from([None, "practitioner", ""]))
    kept = () if held is None else (Place(0, held, people[0].id),)
    return problem(visits, people, *kept)


def every_answer(asked: Problem) -> Iterator[list[Place]]:
    """All ways to fill the seats, empty ones among them, that break no rule."""
    places = [
        (demand.visit, demand.seat)
        for demand in demands_of(asked, Kept(asked))
        for _ in range(demand.places)
    ]
    for people in product([None, *asked.people], repeat=len(places)):
        filled = [(where, who) for where, who in zip(places, people, strict=True) if who]
        if any(in_the_way(who, *where, asked) for where, who in filled):
            continue
        found = [Place(at.id, seat.key, who.id) for (at, seat), who in filled]
        if _holds(asked, [*found, *asked.kept], set(found)):
            yield found


def _holds(asked: Problem, places: list[Place], new: set[Place]) -> bool:
    """Nobody twice on one team or one day, nor more days than they give; where it is new."""
    visits, off_site = {one.id: one for one in asked.visits}, "off_site"
    for who in asked.people:
        mine = [one for one in places if one.person == who.id]
        if not new & set(mine):
            continue
        if max(Counter(one.visit for one in mine).values()) > 1:
            return False
        there = [visits[one.visit] for one in mine if one.seat != off_site]
        days = Counter(day for at in there if not at.together for day in at.days)
        if max(days.values(), default=0) > 1:
            return False
        given = any(one.seat != off_site for one in new & set(mine))
        left = who.days_left
        if left is not None and given and sum(at.length for at in there) > left:
            return False
    return True


def value(asked: Problem, found: list[Place]) -> int:
    """The points of people and of teams, counted one by one."""
    visits = {one.id: one for one in asked.visits}
    people = {one.id: one for one in asked.people}
    total = 0
    for place in found:
        at = visits[place.visit]
        total += worth(people[place.person], at, at.seat(place.seat), asked)
    places = [*found, *asked.kept]
    for at in {one.visit for one in places}:
        team = [people[one.person] for one in places if one.visit == at]
        before = Counter(people[one.person].authority for one in asked.kept if one.visit == at)
        for authority, count in Counter(one.authority for one in team).items():
            total += SAME_AUTHORITY * (count - max(1, before[authority]))
    for who in people:
        before = sum(one.person == who for one in asked.kept)
        count = sum(one.person == who for one in places)
        total += sum(ANOTHER_SEAT * seat for seat in range(max(1, before), count))
    return total + _all_new(asked, places)


def _all_new(asked: Problem, places: list[Place]) -> int:
    """For each team that could have been given somebody to fill a seat."""
    kept, total = Kept(asked), 0
    people = {one.id: one for one in asked.people}
    open_ = {demand.visit.id for demand in demands_of(asked, kept) if fitting(asked, demand, kept)}
    for at in open_:
        team = [people[one.person] for one in places if one.visit == at]
        total += 0 if any(experienced(one) for one in team) else ALL_NEW
    return total
