"""Every rule of a problem by name, about whom or what it is, and in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rounds.scheduling.days import Phase, apart, said
from rounds.scheduling.model import opposite
from rounds.scheduling.patterns import WEEKDAYS, weekday
from rounds.scheduling.problem import Challenge, Problem, RuleName

NAMED_RUNS = 4


@dataclass(frozen=True)
class Held:
    """A rule that could be given up by itself. `days`: those on which it forbids visits.

    `challenge`, `phase`: the one that it holds for, where it holds for one. `side`: of the
    challenge's own window, `not_before` or `not_after`.
    """

    rule: RuleName
    about: tuple[str, ...]
    text: str
    days: frozenset[int] = frozenset()
    challenge: str = ""
    phase: str = ""
    side: str = ""


def rules_of(problem: Problem, phases: Sequence[Phase]) -> list[Held]:
    """All rules that bear on the problem's challenges, in a fixed order."""
    challenges = sorted(problem.challenges, key=lambda challenge: challenge.id)
    return [
        *(rule for challenge in challenges for rule in _pins(challenge, phases)),
        *(rule for challenge in challenges for rule in _bounds(challenge)),
        *_window(problem),
        *_closed(problem),
        *_unavailable(problem, challenges),
        *_gaps(phases),
        *_double_bookings(problem, challenges),
        *_both_ways(problem, challenges),
        *_per_week(problem),
    ]


def _pins(challenge: Challenge, phases: Sequence[Phase]) -> list[Held]:
    return [
        Held(
            "pinned",
            (challenge.id,),
            f"{phase.label} of {challenge.id} is pinned to {said(day)}{_no_room(phase, day)}",
            challenge=challenge.id,
            phase=phase.id,
        )
        for phase in phases
        if (day := challenge.pinned.get(phase.id))
    ]


def _no_room(phase: Phase, day: date) -> str:
    if weekday(day.toordinal()) >= WEEKDAYS:
        return ", at a weekend"
    if weekday(day.toordinal()) + phase.days > WEEKDAYS:
        return f", too late in the week for {phase.days} days in a row"
    return ""


def _bounds(challenge: Challenge) -> list[Held]:
    found = []
    if first := challenge.not_before:
        text = f"No day of {challenge.id} is before {said(first)}"
        found.append(_bound(challenge, text, "not_before"))
    if last := challenge.not_after:
        text = f"No day of {challenge.id} is after {said(last)}"
        found.append(_bound(challenge, text, "not_after"))
    return found


def _bound(challenge: Challenge, text: str, side: str) -> Held:
    return Held("window", (challenge.id,), text, challenge=challenge.id, side=side)


def _window(problem: Problem) -> list[Held]:
    first, last = problem.window
    return [Held("window", (), f"Visits are from {said(first)} to {said(last)}")]


def _closed(problem: Problem) -> list[Held]:
    first, last = problem.window
    days = sorted(day for day in problem.closed if first <= day <= last)
    return [
        Held(
            "closed",
            tuple(str(day) for day in run),
            f"{_run_said(run)} {'is' if len(run) == 1 else 'are'} closed to visits",
            frozenset(day.toordinal() for day in run),
        )
        for run in _runs(days)
    ]


def _unavailable(problem: Problem, challenges: Sequence[Challenge]) -> list[Held]:
    people = sorted({person for challenge in challenges for person in challenge.people})
    return [
        Held(
            "unavailable",
            (person,),
            f"{person} cannot on {dates_said(days)}",
            frozenset(day.toordinal() for day in days),
        )
        for person in people
        if (days := _inside(problem, problem.unavailable.get(person, ())))
    ]


def _inside(problem: Problem, days: Iterable[date]) -> list[date]:
    first, last = problem.window
    weekdays = (day for day in days if weekday(day.toordinal()) < WEEKDAYS)
    return sorted(day for day in weekdays if first <= day <= last)


def _gaps(phases: Sequence[Phase]) -> list[Held]:
    labels = {phase.id: phase.label for phase in phases}
    return [
        Held(
            "gap",
            (phase.id, phase.after),
            f"{phase.label} is {apart(phase)} {labels[phase.after]}",
            phase=phase.id,
        )
        for phase in phases
        if phase.after
    ]


def _double_bookings(problem: Problem, challenges: Sequence[Challenge]) -> list[Held]:
    busy: dict[str, list[str]] = defaultdict(list)
    for challenge in challenges:
        for person in challenge.people:
            busy[person].append(challenge.id)
    return [
        Held(
            "double_booking",
            (person,),
            f"{person} takes part in {listed(busy[person])}, "
            "and nobody is in two challenges on one day",
        )
        for person in sorted(busy)
        if len(busy[person]) > 1 and person not in problem.may_double
    ]


def _both_ways(problem: Problem, challenges: Sequence[Challenge]) -> list[Held]:
    pairs = {
        tuple(sorted((challenges[one].host, challenges[other].host)))
        for one, other in opposite(challenges)
    }
    return [
        Held("both_ways", pair, f"{pair[0]} and {pair[1]} do not visit each other in one week")
        for pair in sorted(pairs)
        if frozenset(pair) not in problem.may_both
    ]


def _per_week(problem: Problem) -> list[Held]:
    most = problem.per_week_most
    if most is None:
        return []
    what = "challenge starts" if most == 1 else "challenges start"
    return [Held("per_week", (), f"At most {most} {what} in one week")]


def listed(names: Sequence[str]) -> str:
    if len(names) > NAMED_RUNS:
        return f"{', '.join(names[:NAMED_RUNS])} and {len(names) - NAMED_RUNS} more"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def dates_said(days: Sequence[date]) -> str:
    return listed([_run_said(run) for run in _runs(days)])


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Days that follow each other, weekends aside."""
    runs: list[list[date]] = []
    for day in sorted(days):
        step = (day - runs[-1][-1]).days if runs else 0
        if runs and (step == 1 or (step == 3 and day.weekday() == 0)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_said(run: Sequence[date]) -> str:
    return said(run[0]) if len(run) == 1 else f"{said(run[0])} to {said(run[-1])}"
