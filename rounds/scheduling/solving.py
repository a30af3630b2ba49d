"""Dates for all challenges at once: the best there are, and the proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rounds.scheduling.conflict import conflict
from rounds.scheduling.days import Phase
from rounds.scheduling.highs import Choice, Clock, Row
from rounds.scheduling.model import Column, Cost, columns_of, dates_of, limits, opposite, shared
from rounds.scheduling.narrowing import cheapest
from rounds.scheduling.patterns import free_days, in_order, open_days, patterns
from rounds.scheduling.problem import TERMS, Problem, Progress, Rule, Solution, Status
from rounds.scheduling.relaxing import relaxed

TIME_LIMIT = 20.0
# A tie is not worth more: the plan is as good without.
NODES_FOR_TIES = 100
TIES: tuple[Cost, ...] = ("earliest", "by_id")
STEPS: dict[Cost, str] = {
    "moved": "Moving as few visits as possible",
    "shift": "Moving them by as few days as possible",
    "penalty": "Keeping to days that suit",
    "earliest": "Choosing between plans that are as good",
    "by_id": "Choosing between plans that are as good",
}
WHY = "Finding out what stands in the way"
RELAXING = "Finding out what would help"


def silent(step: str, done: int, of: int) -> None:
    pass


def best_dates(
    problem: Problem, *, time_limit: float = TIME_LIMIT, progress: Progress = silent
) -> Solution:
    """The plan that is best by the problem's objective; the same for the same problem.

    Ties: the plan whose phases start earliest, all days added up; then the one that favours
    the first ids (their days count more, by the challenge's place in the list of ids).
    `progress` is told what is being done, now and then. Raises TooMany when the phases leave a
    challenge too many patterns.
    """
    clock = Clock(time_limit)
    challenges = tuple(sorted(problem.challenges, key=lambda challenge: challenge.id))
    problem = replace(problem, challenges=challenges, phases=in_order(problem.phases))
    solution = _solve(problem, clock, progress=progress)
    if solution.status == "impossible":
        return _explained(problem, clock, progress)
    return solution


def _explained(problem: Problem, clock: Clock, progress: Progress) -> Solution:
    """Why it is impossible, and what would make it possible."""

    def impossible(changed: Problem) -> bool:
        plain = replace(changed, rather_not={}, previous={}, objective=("penalty",))
        return _solve(plain, clock, ties=()).status == "impossible"

    def solve(changed: Problem) -> Solution:
        if not clock.left:
            return Solution("unknown", {}, {}, {})
        return _solve(changed, clock, ties=TIES[:1])

    progress(WHY, 0, 1)
    found = conflict(problem, problem.phases, clock, impossible)
    rules = []
    for done, rule in enumerate(found.rules):
        progress(RELAXING, done, len(found.rules))
        rules.append(Rule(rule.rule, rule.about, rule.text, relaxed(problem, rule, solve)))
    return Solution("impossible", {}, {}, {}, tuple(rules), found.smallest)


def _solve(
    problem: Problem,
    clock: Clock,
    ties: Sequence[Cost] = TIES,
    progress: Progress = silent,
) -> Solution:
    phases = problem.phases
    columns = all_columns(problem, phases)
    searches: list[Search] = []
    parts = list(components(problem))
    terms = (*problem.objective, *ties)
    for places in parts:
        search = Search(problem, places, columns, clock)
        for done in search.run(terms):
            step = STEPS[terms[min(done, len(terms) - 1)]]
            progress(step, len(searches) * len(terms) + done, len(parts) * len(terms))
        if search.status in ("impossible", "unknown"):
            return Solution(search.status, {}, {}, {})
        searches.append(search)
    return _put_together(problem, phases, searches)


def all_columns(problem: Problem, phases: Sequence[Phase]) -> list[list[Column]]:
    days = open_days(problem)
    return [
        columns_of(
            place,
            challenge,
            patterns(challenge, phases, free_days(challenge, days, problem)),
            phases,
            problem,
        )
        for place, challenge in enumerate(problem.challenges)
    ]


def components(problem: Problem) -> Iterator[list[int]]:
    """Challenges that no row joins are solved apart; a limit on weeks may join them all."""
    leader = list(range(len(problem.challenges)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    joined = [
        *shared(problem.challenges, problem.may_double),
        *opposite(problem.challenges, problem.may_both),
    ]
    most = problem.per_week_most
    if most is not None and most < len(problem.challenges):
        joined.append(tuple(leader))
    for group in joined:
        for place in group[1:]:
            leader[find(place)] = find(group[0])
    groups: dict[int, list[int]] = {}
    for place in range(len(leader)):
        groups.setdefault(find(place), []).append(place)
    yield from groups.values()


class Search:
    """One term of the objective after the other, each kept while the next is made smaller."""

    def __init__(
        self,
        problem: Problem,
        places: Sequence[int],
        columns: Sequence[Sequence[Column]],
        clock: Clock,
    ) -> None:
        self.problem = problem
        self.challenges = [problem.challenges[place] for place in places]
        self.columns = [
            replace(
                column,
                challenge=number,
                costs={
                    **column.costs,
                    "by_id": (len(places) - number) * column.costs["earliest"],
                },
            )
            for number, place in enumerate(places)
            for column in columns[place]
        ]
        self.clock = clock
        self.status: Status = "optimal"
        self.best: list[Column] = []
        self.bounds: dict[Cost, int] = {}
        self.kept: list[tuple[Cost, int]] = []

    def run(self, terms: Sequence[Cost]) -> Iterator[int]:
        """How many terms are done, after each."""
        if len({column.challenge for column in self.columns}) < len(self.challenges):
            self.status = "impossible"
            return
        for done, term in enumerate(terms):
            yield done
            choice = self.least(term)
            if not self.best and choice.status in ("impossible", "unknown"):
                self.status = choice.status
                return
            if choice.chosen:
                self.best = [self.columns[number] for number in choice.chosen]
            # The tie-break may run out of time: the plan is as good then, but not the earliest.
            if choice.status != "optimal" and term not in TIES:
                self.status = "feasible"
            self.bounds[term] = choice.bound
            self.keep(term)
        yield len(terms)

    def least(self, term: Cost) -> Choice:
        """The choice of columns with the least of the term, among those that keep the others."""
        above, floor = self.above(term)
        place = {id(column): number for number, column in enumerate(self.columns)}
        start = [place[id(column)] for column in self.best]
        if start and not any(above[number] for number in start):
            return Choice("optimal", start, floor, floor)
        rows = limits(self.columns, self.challenges, self.problem)
        for kept, most in self.kept:
            excess, least = self.above(kept)
            dear = [number for number, cost in enumerate(excess) if cost]
            if dear:
                rows.append(Row(most - least, dear, [excess[number] for number in dear]))
        owners = [column.challenge for column in self.columns]
        nodes = NODES_FOR_TIES if term in TIES else None
        choice = cheapest(above, owners, rows, self.clock, start, nodes)
        return replace(choice, cost=choice.cost + floor, bound=choice.bound + floor)

    def above(self, term: Cost) -> tuple[list[int], int]:
        """What each column costs above its challenge's cheapest, and the cheapest added up."""
        least: dict[int, int] = {}
        for column in self.columns:
            cost = column.costs[term]
            least[column.challenge] = min(cost, least.get(column.challenge, cost))
        above = [column.costs[term] - least[column.challenge] for column in self.columns]
        return above, sum(least.values())

    def keep(self, term: Cost) -> None:
        """The term gets no worse from here on; a column that alone would make it so is dropped."""
        most = sum(column.costs[term] for column in self.best)
        above, floor = self.above(term)
        self.kept.append((term, most))
        self.columns = [
            column for column, cost in zip(self.columns, above, strict=True) if cost <= most - floor
        ]


def _put_together(
    problem: Problem, phases: Sequence[Phase], searches: Sequence[Search]
) -> Solution:
    chosen = {
        search.challenges[column.challenge].id: column
        for search in searches
        for column in search.best
    }
    proven = all(search.status == "optimal" for search in searches)
    return Solution(
        status="optimal" if proven else "feasible",
        dates={one: dates_of(chosen[one].pattern, phases) for one in sorted(chosen)},
        values={term: sum(column.costs[term] for column in chosen.values()) for term in TERMS},
        bounds={
            term: sum(search.bounds[term] for search in searches) for term in problem.objective
        },
    )
