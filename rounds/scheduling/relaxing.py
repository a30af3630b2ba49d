"""What the round would get if one rule of a conflict were given up, or less strict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from rounds.scheduling.days import said
from rounds.scheduling.problem import Challenge, Dates, Problem, Relaxed, Solution
from rounds.scheduling.rules import Held, dates_said

WEEKS_MORE = (1, 2, 4, 8, 16)
DAYS_MORE = (1, 2, 3, 5, 7, 14, 28)

# What is changed, in words once the dates are known, and the changed problem.
Way = tuple[Callable[[Dates], str], Problem]
DEAR = 10_000


def relaxed(problem: Problem, rule: Held, solve: Callable[[Problem], Solution]) -> Relaxed:
    """The mildest way to give up the rule that leaves a plan, all other rules standing."""
    for text, changed in _ways(problem, rule):
        solution = solve(changed)
        if solution.status in ("optimal", "feasible"):
            return Relaxed(
                possible=True, text=f"Possible {text(solution.dates)}", dates=solution.dates
            )
        if solution.status == "unknown":
            return Relaxed(possible=False, text="Not found out in the time there was")
    return Relaxed(possible=False, text="Not possible either: other rules are in the way")


def _ways(problem: Problem, rule: Held) -> Iterator[Way]:
    """Changed problems, the mildest first, and in words what each changes."""
    ways: Mapping[str, Callable[[Problem, Held], Iterator[Way]]] = {
        "window": _bound if rule.challenge else _window,
        "closed": _closed,
        "unavailable": _unavailable,
        "gap": _gap,
        "per_week": _per_week,
        "double_booking": _double_booking,
        "both_ways": _both_ways,
        "pinned": _pinned,
    }
    yield from ways[rule.rule](problem, rule)


def _plain(text: str) -> Callable[[Dates], str]:
    return lambda _: text


def _window(problem: Problem, rule: Held) -> Iterator[Way]:
    first, last = problem.window
    for weeks in WEEKS_MORE:
        more = timedelta(weeks=weeks)
        if last <= date.max - more:
            later = last + more
            text = f"with visits until {said(later)}"
            yield _plain(text), replace(problem, window=(first, later))
        if first >= date.min + more:
            sooner = first - more
            text = f"with visits from {said(sooner)}"
            yield _plain(text), replace(problem, window=(sooner, last))


def _bound(problem: Problem, rule: Held) -> Iterator[Way]:
    def without(one: Challenge) -> Challenge:
        if rule.side == "not_before":
            return replace(one, not_before=None)
        return replace(one, not_after=None)

    when = "earlier" if rule.side == "not_before" else "later"
    changed = _with(problem, rule.challenge, without)
    yield _plain(f"if {rule.challenge} may be visited {when}"), changed


def _closed(problem: Problem, rule: Held) -> Iterator[Way]:
    days = {date.fromordinal(day) for day in rule.days}
    hosts = {challenge.host for challenge in problem.challenges}
    changed = _rather_not(problem, hosts, days)

    def text(dates: Dates) -> str:
        return f"if {dates_said(_used(problem, dates, days))} is open to visits"

    yield text, replace(changed, closed=problem.closed - days)


def _unavailable(problem: Problem, rule: Held) -> Iterator[Way]:
    person = rule.about[0]
    days = {date.fromordinal(day) for day in rule.days}
    changed = _rather_not(problem, {person}, days)
    others = {name: taken for name, taken in problem.unavailable.items() if name != person}

    def text(dates: Dates) -> str:
        mine = {one.id for one in problem.challenges if person in one.people}
        own = {challenge: dates[challenge] for challenge in dates if challenge in mine}
        return f"if {person} can on {dates_said(_used(problem, own, days))}"

    yield text, replace(changed, unavailable=others)


def _rather_not(problem: Problem, people: Iterable[str], days: Iterable[date]) -> Problem:
    """The same, where a visit of these people on these days is dearer than all wishes."""
    points = {
        person: {**problem.rather_not.get(person, {}), **dict.fromkeys(days, DEAR)}
        for person in people
    }
    return replace(problem, rather_not={**problem.rather_not, **points})


def _used(problem: Problem, dates: Dates, days: set[date]) -> list[date]:
    lengths = {phase.id: phase.days for phase in problem.phases}
    visits = {
        start + timedelta(days=step)
        for starts in dates.values()
        for phase, start in starts.items()
        for step in range(lengths[phase])
    }
    return sorted(visits & days)


def _gap(problem: Problem, rule: Held) -> Iterator[Way]:
    phase = next(one for one in problem.phases if one.id == rule.phase)
    for days in DAYS_MORE:
        least, most = max(1, phase.gap_least - days), phase.gap_most + days
        wider = replace(phase, gap_least=min(least, phase.gap_least), gap_most=most)
        phases = tuple(wider if one == phase else one for one in problem.phases)
        text = f"with {wider.gap_least} to {most} days between them"
        yield _plain(text), replace(problem, phases=phases)


def _per_week(problem: Problem, rule: Held) -> Iterator[Way]:
    least, most = problem.per_week_most or 0, len(problem.challenges)
    for number in range(least + 1, most + 1):
        yield _plain(f"with {number} in one week"), replace(problem, per_week_most=number)


def _double_booking(problem: Problem, rule: Held) -> Iterator[Way]:
    person = rule.about[0]
    text = f"if somebody else stands in for {person}, or they are in two challenges on one day"
    yield _plain(text), replace(problem, may_double=problem.may_double | {person})


def _both_ways(problem: Problem, rule: Held) -> Iterator[Way]:
    pair = frozenset(rule.about)
    text = "if they visit each other in one week"
    yield _plain(text), replace(problem, may_both=problem.may_both | {pair})


def _pinned(problem: Problem, rule: Held) -> Iterator[Way]:
    def without(one: Challenge) -> Challenge:
        pins = {phase: day for phase, day in one.pinned.items() if phase != rule.phase}
        return replace(one, pinned=pins)

    yield _plain("without the pin"), _with(problem, rule.challenge, without)


def _with(problem: Problem, name: str, change: Callable[[Challenge], Challenge]) -> Problem:
    challenges = tuple(change(one) if one.id == name else one for one in problem.challenges)
    return replace(problem, challenges=challenges)
