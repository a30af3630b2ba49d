"""The best plan for the visits of a round, all at once; and as it is kept once it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rounds.models import Round
from rounds.queries.dates_asked import RoundDates, dates_of
from rounds.queries.visits import Days
from rounds.scheduling.conflict import impossible_alone
from rounds.scheduling.problem import Progress, Rule, Solution, Term, TooMany
from rounds.scheduling.solving import best_dates, silent

# Somebody waits for the answer; a worker has more time, twice this for a round in conflict.
SECONDS, OF_A_WORKER = 8.0, 16.0


@dataclass(frozen=True)
class Plan:
    """Days by challenge; why there are none for some, where the rules say so.

    `was`: the days that there were for each of them. `proven`: no plan is better. `values`,
    `bounds`: by each term of the objective, what the plan comes to and what none goes below.
    """

    days: Mapping[int, Days]
    why: tuple[Rule, ...] = ()
    was: Mapping[int, Days] = field(default_factory=dict)
    proven: bool = False
    values: Mapping[Term, int] = field(default_factory=dict)
    bounds: Mapping[Term, int] = field(default_factory=dict)


def plan_days(
    round: Round,
    *,
    again: bool = False,
    seconds: float = SECONDS,
    progress: Progress = silent,
) -> Plan:
    """The best days for all challenges without any; else for all that have some by themselves.

    `again`: for those with days too, as few of which move as can be; what is pinned stays.
    """
    dates = dates_of(round, again=again)
    if dates is None:
        return Plan({})
    try:
        solution = best_dates(dates.problem, time_limit=seconds, progress=progress)
        if solution.status != "impossible":
            return _plan(dates, solution)
        alone = {one.id for one in impossible_alone(dates.problem, dates.problem.phases)}
        rest = tuple(one for one in dates.problem.challenges if one.id not in alone)
        others = replace(dates.problem, challenges=rest)
        if not alone:
            return _plan(dates, solution, solution.conflict)
        partly = best_dates(others, time_limit=seconds, progress=progress)
    except TooMany:
        return Plan({})
    return _plan(dates, partly, solution.conflict)


def _plan(dates: RoundDates, solution: Solution, why: tuple[Rule, ...] = ()) -> Plan:
    found = {
        challenge.pk: solution.dates[name]
        for name, challenges in dates.open.items()
        if name in solution.dates
        for challenge in challenges
    }
    was = {
        challenge.pk: dates.problem.previous.get(name, {})
        for name, challenges in dates.open.items()
        for challenge in challenges
    }
    proven = solution.status == "optimal"
    return Plan(found, why, was, proven, solution.values, solution.bounds)


def as_kept(plan: Plan) -> dict[str, Any]:
    """The plan in JSON; whatever else it says is said in words."""
    return {
        "days": _written(plan.days),
        "was": _written(plan.was),
        "proven": plan.proven,
        "values": dict(plan.values),
        "bounds": dict(plan.bounds),
        # Whether an officer used it; and which visits got days, and which had others by then.
        "answer": "",
        "moved": [],
        "left": [],
        "why": [
            {
                "rule": rule.rule,
                "about": list(rule.about),
                "text": rule.text,
                "relaxed": rule.relaxed.text if rule.relaxed else "",
            }
            for rule in plan.why
        ],
    }


def days_kept(result: Mapping[str, Any], key: str) -> dict[int, dict[str, date]]:
    """The days under `key`, as they were before they were written down."""
    return {
        int(challenge): {phase: date.fromisoformat(day) for phase, day in days.items()}
        for challenge, days in result[key].items()
    }


def _written(found: Mapping[int, Days]) -> dict[str, dict[str, str]]:
    return {
        str(challenge): {phase: day.isoformat() for phase, day in days.items()}
        for challenge, days in found.items()
    }
