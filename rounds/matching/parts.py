"""One part of a round, asked for the most pairs kept, the best worst-off host, the best total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from rounds.matching.engine import Engine, Found
from rounds.matching.highs import Clock
from rounds.matching.model import MODERATOR, Model
from rounds.matching.problem import BEST_SCORE, Problem

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Values = NDArray[numpy.int64]

# What the worst-off host has where nobody is a host.
UNBOUNDED = 10**9
# How finely equal answers are told apart.
MOST_TIE = 1000
# What a kept pair is worth in points at first; more, where that keeps too few.
KEPT_WORTH = 4 * BEST_SCORE

Places = Collection[int]


class Part:
    """Equal totals are told apart by the ids: challengers come soon after their hosts.

    Of two answers with the same total the better has the smaller sum of squared distances from host
    to challenger in the round of the ids, in at most 1,000 steps; a moderator's counts half. What
    is equal even then HiGHS decides, asked always in the order of the ids and with one seed.
    """

    def __init__(self, problem: Problem, model: Model, clock: Clock) -> None:
        import numpy  # slow, and the web process needs it only here

        self.model = model
        place = {who: number for number, who in enumerate(problem.by_id)}
        previous = set(problem.previous)
        steps = min(len(place) ** 2, MOST_TIE)
        score, tie, kept, lowest = [], [], [], []
        shares: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for number, column in enumerate(model.columns):
            sums: dict[str, int] = {}
            ties = 0
            for arc, role, points in column:
                sums[arc.host] = sums.get(arc.host, 0) + points
                after = (place[arc.challenger] - place[arc.host]) % len(place)
                near = steps - steps * after * after // len(place) ** 2
                ties += near // 2 if role == MODERATOR else near
            score.append(sum(sums.values()))
            tie.append(ties)
            kept.append(sum(seat.arc[:2] in previous for seat in column))
            lowest.append(min(sums.values()))
            for host, points in sums.items():
                shares[host][0].append(number)
                shares[host][1].append(points)
        self.score, self.kept = numpy.array(score, int), numpy.array(kept, int)
        self.tie, self.lowest = numpy.array(tie, int), numpy.array(lowest, int)
        self.shares = shares
        # No two answers with different totals change places for their ties.
        self.most_seats = max(problem.challengers_per_host, 3)
        self.unit = (
            self.most_seats * sum(int(max(self.tie[own])) for own, _ in shares.values()) + 100
        )
        self.engine = Engine(model, [] if model.alone else list(shares.values()), clock)
        self.known: dict[tuple[object, ...], Found | None] = {}
        self.proven = True

    def hopeless(self) -> bool:
        """There is a row that even all its columns do not fill."""
        return any(len(row.columns) < row.least for row in self.model.rows)

    def total_of(self, chosen: Places) -> int:
        return int(sum(self.score[place] for place in chosen))

    def kept_of(self, chosen: Places) -> int:
        return int(sum(self.kept[place] for place in chosen))

    def worst_of(self, chosen: Places) -> int:
        """The lowest sum of a host's own scores; beyond any where nobody is challenged."""
        sums = dict.fromkeys(self.shares, 0)
        for place in chosen:
            for arc, _, points in self.model.columns[place]:
                sums[arc.host] += points
        return min(sums.values(), default=UNBOUNDED)

    def most_kept(self, without: frozenset[int], floor: int) -> int | None:
        """How many previous pairs can stand."""
        if not self.kept.any():
            return None if self.best(without, floor, 0) is None else 0
        found = self._asked(without, floor, (0, 1, 0))
        return found and self.kept_of(found.chosen)

    def highest_floor(self, without: frozenset[int], kept: int) -> int | None:
        """The most that the worst-off host can have, with so many previous pairs kept."""
        found = self.best(without, 0, kept)
        if found is None:
            return None
        low = self.worst_of(found.chosen)
        steps = self._steps(without)
        while steps := [step for step in steps if step > low]:
            middle = steps[len(steps) // 2]
            better = self.best(without, middle, kept)
            if better is None:
                steps = [step for step in steps if step < middle]
            else:
                low = max(middle, self.worst_of(better.chosen))
        return low

    def _steps(self, without: frozenset[int]) -> list[int]:
        """What the worst-off host can have at most, in order: no host gets more than its best."""
        if self.model.alone:
            tops = [
                max((p for place, p in zip(*share, strict=True) if place not in without), default=0)
                for share in self.shares.values()
            ]
            return sorted({int(step) for step in self.lowest if step <= min(tops, default=0)})
        tops = [sum(sorted(p)[-self.most_seats :]) for _, p in self.shares.values()]
        return list(range(min(tops, default=0) + 1))

    def best(self, without: frozenset[int], floor: int, kept: int) -> Found | None:
        """The best total with the worst-off host at the floor, and so many previous pairs kept."""
        worth = KEPT_WORTH if kept else 0
        while True:
            found = self._asked(without, floor, (self.unit, worth * self.unit, 1))
            if found is None:
                return None
            stand = self.kept_of(found.chosen)
            if stand >= kept:
                bound = found.bound // self.unit - worth * stand
                return found._replace(value=self.total_of(found.chosen), bound=bound)
            if worth > BEST_SCORE * sum(map(len, self.model.columns)):
                return None
            worth *= 8

    def _asked(
        self, without: frozenset[int], floor: int, worth: tuple[int, int, int]
    ) -> Found | None:
        """What HiGHS finds where a point, a kept pair and a step of the tie are worth so much."""
        key = (without, floor, worth)
        if key not in self.known:
            self.known[key] = self._found(without, floor, worth)
        return self.known[key]

    def _found(
        self, without: frozenset[int], floor: int, worth: tuple[int, int, int]
    ) -> Found | None:
        import numpy  # slow, see above

        if self.hopeless() or not self.model.columns:
            return None if self.hopeless() else Found((), 0, 0, proven=True)
        allowed = numpy.ones(len(self.score), bool)
        allowed[list(without)] = False
        if self.model.alone:
            allowed &= self.lowest >= floor
        values = self.score * worth[0] + self.kept * worth[1] + self.tie * worth[2]
        found = self.engine.best(values, allowed, floor, worth[0] or 1)
        if found is not None:
            self.proven &= found.proven
        return found
