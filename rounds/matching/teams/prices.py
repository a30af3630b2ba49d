"""What each column of a round's teams would lose, by the prices that an LP of some of them set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rounds.matching.teams.model import Model
from rounds.matching.teams.points import experienced
from rounds.matching.teams.rows import Key, Posed

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from rounds.matching.highs import Floats

    Numbers = NDArray[numpy.integer]


class Prices:
    """All columns of a model as arrays; visits and people by their places in the problem."""

    def __init__(self, model: Model) -> None:
        import numpy  # slow, and the web process needs it only here

        visits, people = model.problem.visits, model.problem.people
        self.visit = {visit.id: place for place, visit in enumerate(visits)}
        self.person = {person.id: place for place, person in enumerate(people)}
        self.length = numpy.array([visit.length for visit in visits], float)
        self.experienced = numpy.flatnonzero([experienced(person) for person in people])
        self.of_authority: dict[int, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            self.of_authority[person.authority].append(place)
        self.on_day: dict[date, list[int]] = defaultdict(list)
        for place, visit in enumerate(visits):
            for day in () if visit.together else visit.days:
                self.on_day[day].append(place)
        columns, demands = model.columns, model.demands
        self.demand = numpy.array([column.demand for column in columns], int)
        self.whom = numpy.array([self.person[column.person.id] for column in columns], int)
        self.points = numpy.array([column.points for column in columns], float)
        where = [self.visit[demand.visit.id] for demand in demands]
        self.where = numpy.array(where, int)[self.demand]
        self.there = numpy.array([not one.seat.off_site for one in demands])[self.demand]

    def best(self, among: Numbers, gain: Floats, each: int) -> Numbers:
        """Of these columns, so many of each demand that gain the most."""
        import numpy  # slow, see above

        # The demand first, then the gain; ties as they stand.
        order = among[numpy.lexsort((-gain[among], self.demand[among]))]
        demand = self.demand[order]
        begins = numpy.searchsorted(demand, demand)
        return numpy.sort(order[numpy.arange(len(order)) - begins < each])

    def loss(self, posed: Posed, duals: Sequence[float]) -> Floats:
        """By how much the sum falls for each column taken; below nothing, it may rise.

        A row that is not posed costs nothing: the prices suit it too, so they are a proof.
        """
        import numpy  # slow, see above

        seat = numpy.zeros(len(posed.model.demands))
        # On a seat there, and on any.
        there = numpy.zeros((len(self.visit), len(self.person)))
        every = numpy.zeros_like(there)
        for key, dual in zip(posed.rows, duals, strict=True):
            if dual:
                self._charge(key, dual, seat, there, every)
        at = self.where, self.whom
        loss: NDArray[numpy.float64] = (
            seat[self.demand] + every[at] + self.there * there[at] - self.points
        )
        return loss

    def _charge(self, key: Key, dual: float, seat: Floats, there: Floats, every: Floats) -> None:
        match key:
            case "seat", int(number):
                seat[number] = dual
            case "once", int(person), int(visit):
                every[self.visit[visit], self.person[person]] += dual
            case "day", int(person), date() as day:
                there[self.on_day[day], self.person[person]] += dual
            case "days", int(person):
                there[:, self.person[person]] += dual * self.length
            case "same", int(visit), int(authority):
                every[self.visit[visit], self.of_authority[authority]] += dual
            case "again", int(person):
                every[:, self.person[person]] += dual
            case "new", int(visit):
                every[self.visit[visit], self.experienced] += dual
