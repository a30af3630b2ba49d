"""The problem with every rule there to be given up: what must go for the rest to hold.

One column for each rule, 1 when it is given up, and one for each start of each phase of each
challenge. Unlike the patterns these do not know the gap between phases: a row says it, so
that it can be given up. A challenge may also be far away: outside the window, where it meets
nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from rounds.scheduling.days import Phase
from rounds.scheduling.highs import Choice, Clock, Row, Rows, choose
from rounds.scheduling.model import opposite
from rounds.scheduling.patterns import WEEKDAYS, after, week, weekday
from rounds.scheduling.problem import Challenge, Problem
from rounds.scheduling.rules import Held

WEEKS_OUTSIDE = 3
MOST_WEEKS_OUTSIDE = 30


class Soft:
    def __init__(self, problem: Problem, phases: Sequence[Phase], rules: Sequence[Held]) -> None:
        self.problem, self.phases, self.rules = problem, phases, rules
        self.count = len(rules)
        self.days = self._universe()
        first, last = (day.toordinal() for day in problem.window)
        self.outside = {day for day in self.days if not first <= day <= last}
        # (challenge, phase) to start day to column; and the column of being far away.
        self.starts: list[list[dict[int, int]]] = []
        self.far: list[int] = []
        for _ in problem.challenges:
            self.starts.append([self._columns(phase) for phase in phases])
            self.far.append(self._column())
        alone = sum(not phase.after for phase in phases) == 1
        self.overlap = not alone or any(phase.after and not phase.gap_least for phase in phases)
        self.rows = Rows.of([row for row in self._rows() if row.columns])

    def give_up(self, held: Collection[int], clock: Clock) -> Choice:
        """The fewest rules to give up when those of `held` must stand; chosen: their places."""
        import numpy  # slow, and hardly a page of the site needs it

        costs = numpy.zeros(self.count)
        costs[: len(self.rules)] = 1
        free = numpy.ones(self.count, bool)
        free[list(held)] = False
        wanted = numpy.flatnonzero(free)
        choice = choose(costs[wanted], self.rows.of_columns(wanted, self.count), clock)
        given = [int(wanted[one]) for one in choice.chosen]
        up = [one for one in given if one < len(self.rules)]
        return Choice(choice.status, up, choice.cost, choice.bound)

    def _column(self) -> int:
        self.count += 1
        return self.count - 1

    def _columns(self, phase: Phase) -> dict[int, int]:
        return {day: self._column() for day in self.days if weekday(day) + phase.days <= WEEKDAYS}

    def _universe(self) -> list[int]:
        """The weekdays that are looked at: the window, every date that is named, and around."""
        days = [day.toordinal() for day in self.problem.window]
        tied = 0
        for challenge in self.problem.challenges:
            named = [*challenge.pinned.values(), challenge.not_before, challenge.not_after]
            dates = [day.toordinal() for day in named if day]
            days += dates
            tied += bool(dates)
        span = sum(phase.gap_least + 7 for phase in self.phases)
        around = span + 7 * min(WEEKS_OUTSIDE + tied, MOST_WEEKS_OUTSIDE)
        around = around if any(challenge.pinned for challenge in self.problem.challenges) else 7
        return [
            day
            for day in range(max(1, min(days) - around), max(days) + around + 1)
            if weekday(day) < WEEKDAYS
        ]

    def _rows(self) -> Iterator[Row]:
        for starts, far in zip(self.starts, self.far, strict=True):
            for columns in starts:
                yield Row(1, [*columns.values(), far], exactly=True)
        for number, rule in enumerate(self.rules):
            yield from getattr(self, f"_{rule.rule}")(number, rule)

    def _all(self, names: Collection[str] | None = None) -> Iterator[tuple[int, Challenge]]:
        for place, challenge in enumerate(self.problem.challenges):
            if names is None or challenge.id in names:
                yield place, challenge

    def _off(self, place: int, days: Collection[int], number: int) -> Iterator[Row]:
        """None of the challenge's phases on any of these days, or the rule is given up."""
        for phase, starts in zip(self.phases, self.starts[place], strict=True):
            hit = [
                column
                for day, column in starts.items()
                if any(day + step in days for step in range(phase.days))
            ]
            if hit:
                yield _unless(number, hit)

    def _pinned(self, number: int, rule: Held) -> Iterator[Row]:
        phase = [one.id for one in self.phases].index(rule.phase)
        for place, challenge in self._all({rule.challenge}):
            pin = challenge.pinned[rule.phase].toordinal()
            others = [column for day, column in self.starts[place][phase].items() if day != pin]
            yield _unless(number, [*others, self.far[place]])

    def _window(self, number: int, rule: Held) -> Iterator[Row]:
        if rule.challenge:
            yield from self._bound(number, rule)
            return
        for place, _ in self._all():
            yield from self._off(place, self.outside, number)
            yield _unless(number, [self.far[place]])

    def _bound(self, number: int, rule: Held) -> Iterator[Row]:
        for place, challenge in self._all({rule.challenge}):
            first = challenge.not_before.toordinal() if challenge.not_before else self.days[0]
            last = challenge.not_after.toordinal() if challenge.not_after else self.days[-1]
            before = rule.side == "not_before"
            off = {day for day in self.days if (day < first if before else day > last)}
            yield from self._off(place, off, number)
            # Far away is before or after: only both bounds together rule it out.
            both = [
                other
                for other, one in enumerate(self.rules)
                if one.rule == "window" and one.challenge == rule.challenge
            ]
            if len(both) == 2 and number == both[0]:
                yield Row(0, [self.far[place], *both], [1, -1, -1])

    def _closed(self, number: int, rule: Held) -> Iterator[Row]:
        for place, _ in self._all():
            yield from self._off(place, rule.days, number)

    def _unavailable(self, number: int, rule: Held) -> Iterator[Row]:
        for place, challenge in self._all():
            if rule.about[0] in challenge.people:
                yield from self._off(place, rule.days, number)

    def _gap(self, number: int, rule: Held) -> Iterator[Row]:
        ids = [phase.id for phase in self.phases]
        child = ids.index(rule.phase)
        parent = ids.index(self.phases[child].after)
        for place, _ in self._all():
            earlier, later = self.starts[place][parent], self.starts[place][child]
            fits: dict[int, list[int]] = defaultdict(list)
            for day, column in earlier.items():
                for then in after(self.phases[parent], self.phases[child], day):
                    if then in later:
                        fits[then].append(column)
            for then, column in later.items():
                others = fits[then]
                yield Row(0, [column, *others, number], [1, *[-1] * len(others), -1])

    def _double_booking(self, number: int, rule: Held) -> Iterator[Row]:
        on: dict[int, list[int]] = defaultdict(list)
        for place, challenge in self._all():
            if rule.about[0] not in challenge.people:
                continue
            for day, columns in self._visits(place).items():
                if self.overlap:
                    # Two phases of one challenge on one day are one visit.
                    there = self._column()
                    on[day].append(there)
                    yield from (Row(0, [column, there], [1, -1]) for column in columns)
                else:
                    on[day] += columns
        for _, columns in sorted(on.items()):
            yield Row(1, [*columns, number], [*[1] * len(columns), -len(columns)])

    def _visits(self, place: int) -> dict[int, list[int]]:
        """Day to the columns by which the challenge is visited on it."""
        on: dict[int, list[int]] = defaultdict(list)
        for phase, starts in zip(self.phases, self.starts[place], strict=True):
            for day, column in starts.items():
                for step in range(phase.days):
                    on[day + step].append(column)
        return on

    def _both_ways(self, number: int, rule: Held) -> Iterator[Row]:
        challenges = self.problem.challenges
        for pair in opposite(challenges):
            if {challenges[place].host for place in pair} == set(rule.about):
                there, back = ([self._by_week(s) for s in self.starts[place]] for place in pair)
                for one in there:
                    for other in back:
                        for number_of_week in sorted(one.keys() & other.keys()):
                            both = one[number_of_week] + other[number_of_week]
                            yield Row(1, [*both, number], [*[1] * len(both), -1])

    def _by_week(self, starts: dict[int, int]) -> dict[int, list[int]]:
        weeks: dict[int, list[int]] = defaultdict(list)
        for day, column in starts.items():
            weeks[week(day)].append(column)
        return weeks

    def _per_week(self, number: int, rule: Held) -> Iterator[Row]:
        # A challenge with several first phases starts with the first of them by id.
        roots = [place for place, phase in enumerate(self.phases) if not phase.after]
        starting: dict[int, list[int]] = defaultdict(list)
        for place, _ in self._all():
            for one, columns in self._by_week(self.starts[place][roots[0]]).items():
                starting[one] += columns
        most = self.problem.per_week_most or 0
        for _, columns in sorted(starting.items()):
            yield Row(most, [*columns, number], [*[1] * len(columns), -len(columns)])


def _unless(number: int, columns: Sequence[int]) -> Row:
    """None of the columns, unless the rule is given up; at most one of them is ever chosen."""
    return Row(0, [*columns, number], [*[1] * len(columns), -1])
