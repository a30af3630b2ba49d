"""Every plan of a tiny problem, and which rules it breaks: slow, and too simple to be wrong."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product

from rounds.scheduling import Phase
from rounds.scheduling.problem import Challenge, Problem
from rounds.scheduling.rules import Held

Dates = dict[str, date]
Plan = dict[str, Dates]
Broken = tuple[str, tuple[str, ...], str]


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def fits_a_week(phase: Phase, start: date) -> bool:
    return start.weekday() + phase.days <= 5


def candidates(problem: Problem, days: list[date]) -> list[Dates]:
    """All ways to start the phases on these days, whatever the rules say."""
    starts = [[day for day in days if fits_a_week(phase, day)] for phase in problem.phases]
    ids = [phase.id for phase in problem.phases]
    return [dict(zip(ids, chosen, strict=True)) for chosen in product(*starts)]


def visit_days(problem: Problem, dates: Dates) -> set[date]:
    return {
        dates[phase.id] + timedelta(days=step)
        for phase in problem.phases
        for step in range(phase.days)
    }


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def people(challenge: Challenge) -> set[str]:
    return {challenge.host, *challenge.parties}


def broken_alone(problem: Problem, challenge: Challenge, dates: Dates) -> Iterator[Broken]:
    days = visit_days(problem, dates)
    first, last = problem.window
    if any(not first <= day <= last for day in days):
        yield "window", (), ""
    if challenge.not_before and min(days) < challenge.not_before:
        yield "window", (challenge.id,), "not_before"
    if challenge.not_after and max(days) > challenge.not_after:
        yield "window", (challenge.id,), "not_after"
    for day in days & problem.closed:
        yield "closed", (str(day),), ""
    for person in people(challenge):
        if days & problem.unavailable.get(person, frozenset()):
            yield "unavailable", (person,), ""
    for phase in problem.phases:
        if phase.after:
            before = next(one for one in problem.phases if one.id == phase.after)
            last_day = dates[before.id] + timedelta(days=before.days - 1)
            if not phase.gap_least <= (dates[phase.id] - last_day).days <= phase.gap_most:
                yield "gap", (phase.id, phase.after), phase.id
        if challenge.pinned.get(phase.id, dates[phase.id]) != dates[phase.id]:
            yield "pinned", (challenge.id,), phase.id


def broken_together(problem: Problem, plan: Plan) -> Iterator[Broken]:
    for one, other in combinations(problem.challenges, 2):
        mine, theirs = (visit_days(problem, plan[challenge.id]) for challenge in (one, other))
        if mine & theirs:
            for person in (people(one) & people(other)) - problem.may_double:
                yield "double_booking", (person,), ""
        same_week = {monday(day) for day in mine} & {monday(day) for day in theirs}
        both_ways = one.host in other.parties and other.host in one.parties
        if same_week and both_ways and frozenset((one.host, other.host)) not in problem.may_both:
            yield "both_ways", tuple(sorted((one.host, other.host))), ""
    weeks = [monday(min(plan[one.id].values())) for one in problem.challenges]
    most = problem.per_week_most
    if most is not None and any(weeks.count(week) > most for week in weeks):
        yield "per_week", (), ""


def plans(problem: Problem, ways: dict[str, list[Dates]]) -> Iterator[Plan]:
    for chosen in product(*(ways[one.id] for one in problem.challenges)):
        yield {one.id: dates for one, dates in zip(problem.challenges, chosen, strict=True)}


def allowed_plans(problem: Problem) -> Iterator[Plan]:
    days = every_day(*problem.window)
    ways = {
        one.id: [
            dates
            for dates in candidates(problem, days)
            if not any(broken_alone(problem, one, dates))
        ]
        for one in problem.challenges
    }
    for plan in plans(problem, ways):
        if not any(broken_together(problem, plan)):
            yield plan


def values(problem: Problem, plan: Plan) -> dict[str, int]:
    found = {"moved": 0, "shift": 0, "penalty": 0}
    for challenge in problem.challenges:
        dates = plan[challenge.id]
        was = problem.previous.get(challenge.id, {})
        shift = sum(abs((dates[phase] - day).days) for phase, day in was.items())
        found["moved"] += shift > 0
        found["shift"] += shift
        found["penalty"] += sum(
            problem.rather_not.get(person, {}).get(day, 0)
            for person in people(challenge)
            for day in visit_days(problem, dates)
        )
    return found


def best_values(problem: Problem) -> dict[str, int] | None:
    """The values of the best plan by the objective, and None when no plan is allowed."""
    found = [values(problem, plan) for plan in allowed_plans(problem)]
    if not found:
        return None
    return min(found, key=lambda one: [one[term] for term in problem.objective])


def conflicts(problem: Problem, around: timedelta) -> tuple[int, set[frozenset[Broken]]]:
    """What each plan breaks, the window left by so much too; and how few rules hit them all."""
    first, last = problem.window
    days = every_day(first - around, last + around)
    ways = {one.id: candidates(problem, days) for one in problem.challenges}
    alone = {
        (one.id, tuple(dates.values())): frozenset(broken_alone(problem, one, dates))
        for one in problem.challenges
        for dates in ways[one.id]
    }
    broken = set()
    for plan in plans(problem, ways):
        parts = [alone[name, tuple(dates.values())] for name, dates in plan.items()]
        broken.add(frozenset(broken_together(problem, plan)).union(*parts))
    rules = sorted(frozenset().union(*broken))
    size = next(
        size
        for size in range(len(rules) + 1)
        if any(all(set(held) & one for one in broken) for held in combinations(rules, size))
    )
    return size, broken


def key(rule: Held) -> Broken:
    return rule.rule, rule.about, rule.phase or rule.side
