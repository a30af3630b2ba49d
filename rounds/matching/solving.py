"""The best matches of a round, aim by aim, and for each the next best."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

from rounds.matching.conflicts import conflict, relaxed, unlawful
from rounds.matching.engine import Found
from rounds.matching.highs import Clock
from rounds.matching.model import Seat, models
from rounds.matching.parts import UNBOUNDED, Part
from rounds.matching.problem import DIRECTED, GROUPS, PANEL, Ids, Problem, check
from rounds.matching.rules import Rule
from rounds.matching.solution import FEASIBLE, IMPOSSIBLE, OPTIMAL, Match, NextBest, Solution

TIME_LIMIT = 20.0
# A part, and columns of it that may not be chosen.
Barred = tuple[int, frozenset[int]]


class Answer(NamedTuple):
    """What each part chooses, and what the whole comes to, aim by aim: greater is better."""

    found: tuple[Found, ...]
    aims: Mapping[str, int]


def solve(
    problem: Problem, *, time_limit: float = TIME_LIMIT, with_next_best: bool = True
) -> Solution:
    """The best matches; Fault where the problem's parts do not fit each other.

    `time_limit`: seconds, after which the best found so far is given with its bound, and next bests
    are no longer looked for.
    """
    started = time.monotonic()
    clock = Clock(time_limit)
    check(problem)
    round = Parts(problem, clock)
    answer = round.best()
    if answer is None:
        broken = conflict(problem, clock)
        return Solution(
            IMPOSSIBLE,
            conflict=broken.said(problem),
            relaxed=relaxed(problem, broken, lambda one, rules: total(one, rules, clock), clock),
            seconds=time.monotonic() - started,
        )
    proven = all(part.proven and part.model.relaxed_bound is None for part in round.parts)
    bound = round.bound(answer)
    matches, unpriced = round.matches(answer, with_next_best)
    value = answer.aims["total"]
    return Solution(
        OPTIMAL if proven or (bound == value and problem.objective == ("total",)) else FEASIBLE,
        total=value,
        bound=value if proven else bound,
        worst=answer.aims["worst"],
        moved=len(problem.previous) - answer.aims["moved"],
        pairs=tuple(matches),
        groups=round.groups(answer),
        overridden=tuple(
            pair for pair in sorted(problem.locks) if problem.by_pair[pair].blocked_by
        ),
        unpriced=unpriced,
        seconds=time.monotonic() - started,
    )


def total(problem: Problem, without: frozenset[Rule], clock: Clock) -> int | None:
    """What the round comes to without these rules; None where it stays impossible."""
    answer = Parts(problem, clock, without).best()
    return answer and answer.aims["total"]


class Parts:
    """The parts of a round, solved one by one and seen as a whole."""

    def __init__(
        self, problem: Problem, clock: Clock, without: frozenset[Rule] = frozenset()
    ) -> None:
        self.problem, self.clock = problem, clock
        self.impossible = bool(unlawful(problem, without))
        self.parts = [Part(problem, model, clock) for model in models(problem, without)]

    def best(self, barred: Barred | None = None) -> Answer | None:
        """Aim by aim: what an earlier aim has reached, a later one may not give up."""
        if self.impossible:
            return None
        without = [frozenset[int]() for _ in self.parts]
        if barred:
            without[barred[0]] = barred[1]
        asked = list(zip(self.parts, without, strict=True))
        kept, floor = [0 for _ in self.parts], 0
        for aim in self.problem.objective:
            if aim == "moved":
                most = [part.most_kept(out, floor) for part, out in asked]
                kept = [one for one in most if one is not None]
            elif aim == "worst":
                most = [
                    part.highest_floor(out, keep)
                    for (part, out), keep in zip(asked, kept, strict=True)
                ]
                floor = min((one for one in most if one is not None), default=0)
                floor = 0 if floor == UNBOUNDED else floor
            else:
                continue
            if None in most:
                return None
        found = []
        for (part, out), keep in zip(asked, kept, strict=True):
            one = part.best(out, floor, keep)
            if one is None:
                return None
            found.append(one)
        return Answer(tuple(found), self._aims(found))

    def _aims(self, found: list[Found]) -> dict[str, int]:
        each = list(zip(self.parts, (one.chosen for one in found), strict=True))
        worst = min((part.worst_of(chosen) for part, chosen in each), default=UNBOUNDED)
        return {
            "moved": sum(part.kept_of(chosen) for part, chosen in each),
            "worst": 0 if worst == UNBOUNDED else worst,
            "total": sum(part.total_of(chosen) for part, chosen in each),
        }

    def bound(self, answer: Answer) -> int:
        """No answer with the earlier aims as they are has a greater total."""
        return sum(
            one.bound if part.model.relaxed_bound is None else part.model.relaxed_bound
            for part, one in zip(self.parts, answer.found, strict=True)
        )

    def chosen(self, answer: Answer) -> tuple[Ids, ...]:
        """Every pair, in the order of the ids."""
        return tuple(
            sorted(
                seat.arc[:2]
                for part, one in zip(self.parts, answer.found, strict=True)
                for place in one.chosen
                for seat in part.model.columns[place]
            )
        )

    def groups(self, answer: Answer) -> tuple[tuple[str, ...], ...]:
        if self.problem.topology != GROUPS:
            return ()
        return tuple(
            sorted(
                tuple(sorted({seat.arc.host for seat in part.model.columns[place]}))
                for part, one in zip(self.parts, answer.found, strict=True)
                for place in one.chosen
            )
        )

    def matches(
        self, answer: Answer, with_next_best: bool
    ) -> tuple[list[Match], tuple[tuple[str, str], ...]]:
        """Every pair in the order of the ids, and those whose next best time did not allow."""
        found, unpriced = [], []
        for place, (part, one) in enumerate(zip(self.parts, answer.found, strict=True)):
            seats = [seat for column in one.chosen for seat in part.model.columns[column]]
            for seat in sorted(seats, key=lambda seat: (seat.arc[:2], seat.role)):
                priced = None
                if with_next_best and self.clock.left:
                    priced = self.next_best(answer, place, seat)
                elif with_next_best:
                    unpriced.append(seat.arc[:2])
                host, challenger = seat.arc[:2]
                found.append(Match(host, challenger, seat.score, seat.role, priced))
        return sorted(found, key=lambda match: match[:2]), tuple(sorted(unpriced))

    def next_best(self, answer: Answer, place: int, seat: Seat) -> NextBest | None:
        """The best answer in which the host has another challenger instead of this one."""
        host, challenger = seat.arc[:2]
        if (host, challenger) in self.problem.locks:
            return None
        part = self.parts[place]
        before = of_host(part, answer.found[place], host)
        again = self.best((place, self._barred(part, host, challenger, set(before))))
        if again is None:
            return None
        after = of_host(part, again.found[place], host)
        new = [one for who, one in after.items() if who not in before]
        other = min(new, key=lambda one: (one.role != seat.role, -one.score, one.arc.challenger))
        aims = self.problem.objective
        falls = {aim: answer.aims[aim] - again.aims[aim] for aim in aims}
        return NextBest(other.arc.challenger, falls["total"], falls)

    def _barred(self, part: Part, host: str, challenger: str, before: set[str]) -> frozenset[int]:
        """Columns that give the host this challenger; a whole group, or nobody new, as well."""
        alone = part.model.alone and self.problem.topology not in (DIRECTED, PANEL)
        barred = []
        for place in part.shares[host][0]:
            column = part.model.columns[place]
            theirs = {seat.arc.challenger for seat in column if seat.arc.host == host}
            if challenger in theirs or (alone and theirs <= before):
                barred.append(place)
        return frozenset(barred)


def of_host(part: Part, found: Found, host: str) -> dict[str, Seat]:
    seats = (seat for column in found.chosen for seat in part.model.columns[column])
    return {seat.arc.challenger: seat for seat in seats if seat.arc.host == host}
