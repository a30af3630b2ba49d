"""The best columns of a model: first as an LP, then a choice among only what the LP left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rounds.matching.first import first_split
from rounds.matching.highs import (
    Clock,
    Rows,
    answered,
    array,
    asked,
    begin,
    has_answer,
    load,
    out_of_time,
    rows_of,
    solved,
)
from rounds.matching.model import Model

if TYPE_CHECKING:
    import highspy
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]
    Values = NDArray[numpy.int64]
    Mask = NDArray[numpy.bool_]

WHOLE = 1e-6
# What a sum of whole numbers may be off by in HiGHS; every bound is given that much more.
SLACK = 5
# From so many columns on, something to fall back on is found first.
MANY = 2_000


class Found(NamedTuple):
    """`chosen`: places of columns, in order. No choice has a value above `bound`."""

    chosen: tuple[int, ...]
    value: int
    bound: int
    proven: bool


class Engine:
    """One model in HiGHS. The rows that keep columns apart are added when an answer breaks one.

    An answer starts from the basis of the one before, so that a change of a few columns costs a
    few pivots.
    """

    def __init__(self, model: Model, shares: Sequence[tuple[list[int], list[int]]], clock: Clock):
        """`shares`: for each host its columns and their scores, to hold its sum above a floor."""
        import numpy  # slow, see above

        self.model, self.clock, self.scale = model, clock, 1.0
        self.count = len(model.columns)
        rows = [*model.rows, *model.counts]
        self.floors = range(len(rows), len(rows) + len(shares))
        infinite = float("inf")
        self.rows = rows_of(
            [row.columns for row in rows] + [columns for columns, _ in shares],
            [row.least for row in rows] + [-infinite for _ in shares],
            [row.most for row in rows] + [infinite for _ in shares],
            [[1] * len(row.columns) for row in rows] + [scores for _, scores in shares],
        )
        apart = [(one, other) for one, other, _ in model.apart]
        self.apart = numpy.array(apart, numpy.int32).reshape(-1, 2)
        # In points. A first guess at what the LP promises too much; it grows with the hosts.
        self.near = max(4, len(model.ids) // 50)
        self.added = numpy.zeros(len(apart), bool)
        self.solver: highspy.Highs | None = None
        self.allowed: Mask = numpy.ones(self.count, bool)
        self.values: Values = numpy.zeros(self.count, numpy.int64)

    def best(self, values: Values, allowed: Mask, floor: int, unit: int) -> Found | None:
        """The columns with the greatest sum of values; None where no choice keeps the rows.

        `unit`: what a point of score counts in `values`.
        """
        # A power of two, so that nothing is rounded: HiGHS is at ease with costs about a million.
        self.scale = 2.0 ** -max(0, int(abs(values).max(initial=0)).bit_length() - 22)
        solver = self._prepared(values, allowed, floor)
        while True:
            if not answered(solver):
                return None
            solution = solver.getSolution()
            x = array(solution.col_value)
            if not self._keep_apart(solver, x):
                break
        top = int(solver.getObjectiveValue() / self.scale + SLACK)
        if abs(x - x.round()).max(initial=0) < WHOLE:
            found = _chosen(x.round(), values)
            return found._replace(bound=max(found.value, top))
        loss = abs(array(solution.col_dual)) / self.scale
        return self._whole(values, allowed, floor, self.near * unit, top, loss, x)

    def _prepared(self, values: Values, allowed: Mask, floor: int) -> highspy.Highs:
        import numpy  # slow, see above

        if self.solver is None:
            self.solver = asked()
            load(
                self.solver,
                (values * self.scale).astype(float),
                self.rows,
                allowed.astype(float),
                whole=False,
            )
        else:
            changed = numpy.flatnonzero(allowed != self.allowed).astype(numpy.int32)
            most = allowed[changed].astype(float)
            self.solver.changeColsBounds(len(changed), changed, numpy.zeros(len(changed)), most)
            changed = numpy.flatnonzero(values != self.values).astype(numpy.int32)
            self.solver.changeColsCost(
                len(changed), changed, (values[changed] * self.scale).astype(float)
            )
        self.allowed, self.values = allowed, values
        for row in self.floors:
            self.solver.changeRowBounds(row, floor or -float("inf"), float("inf"))
        return self.solver

    def _keep_apart(self, solver: highspy.Highs, x: Floats) -> bool:
        """Add the rows that x breaks; whether there were any."""
        import numpy  # slow, see above

        broken = (x[self.apart].sum(axis=1) > 1 + WHOLE) & ~self.added
        new = self.apart[broken]
        if not len(new):
            return False
        self.added |= broken
        solver.addRows(
            len(new),
            numpy.full(len(new), -float("inf")),
            numpy.ones(len(new)),
            new.size,
            numpy.arange(0, new.size, 2, dtype=numpy.int32),
            new.ravel(),
            numpy.ones(new.size),
        )
        return True

    def _whole(
        self,
        values: Values,
        allowed: Mask,
        floor: int,
        within: int,
        top: int,
        loss: Floats,
        x: Floats,
    ) -> Found | None:
        """Branch over the columns that the LP would take at a loss of `within` at most.

        An answer that loses no more than that is the best of all; else its loss is what to allow.
        """
        best = self._start(values, allowed, top)
        while True:
            near = allowed & ((loss <= within) | (x > WHOLE))
            everything = bool((near == allowed).all())
            found = self._branched(values, near, floor, best, wait=everything)
            if found is not None:
                if best is None or best.value <= found.value:
                    best = found
                sure = everything or best.value >= top - within
                if sure or not found.proven:
                    bound = found.bound if everything else max(found.bound, top - within)
                    proven = found.proven and sure
                    return best._replace(bound=max(best.value, min(top, bound)), proven=proven)
                # Until the columns that are left out are looked at, it is only the best so far.
                best = best._replace(bound=max(best.value, top), proven=False)
                within = top - best.value
            elif everything:
                return best
            elif not self.clock.left:
                if best is not None:
                    return best
                within = top
            else:
                within *= 4

    def _start(self, values: Values, allowed: Mask, top: int) -> Found | None:
        """What to fall back on where branching may take long: groups, which are many."""
        if not self.model.splits or self.count < MANY:
            return None
        split = first_split(self.model, values.tolist(), allowed.tolist())
        if split is None:
            return None
        value = sum(int(values[place]) for place in split)
        return Found(tuple(split), value, max(value, top), proven=False)

    def _branched(
        self, values: Values, near: Mask, floor: int, known: Found | None, *, wait: bool
    ) -> Found | None:
        """`known`: an answer to begin with, where it is one of these columns."""
        import numpy  # slow, see above

        wanted = numpy.flatnonzero(near).astype(numpy.int32)
        least = self.rows.least.copy()
        if floor:
            least[self.floors] = floor
        rows = self.rows._replace(least=least).only(wanted, self.count)
        number = numpy.full(self.count, -1, numpy.int32)
        number[wanted] = numpy.arange(len(wanted), dtype=numpy.int32)
        apart = number[self.apart[(near[self.apart]).all(axis=1)]]
        rows = Rows(
            numpy.concatenate((rows.start, rows.start[-1] + numpy.arange(2, apart.size + 1, 2))),
            numpy.concatenate((rows.columns, apart.ravel())),
            numpy.concatenate((rows.factors, numpy.ones(apart.size))),
            numpy.concatenate((rows.least, numpy.full(len(apart), -float("inf")))),
            numpy.concatenate((rows.most, numpy.ones(len(apart)))),
        )
        solver = asked(self.clock)
        solver.setOptionValue("mip_abs_gap", 0.5 * self.scale)
        load(
            solver,
            (values[wanted] * self.scale).astype(float),
            rows,
            numpy.ones(len(wanted)),
            whole=True,
        )
        if known is not None and near[list(known.chosen)].all():
            begin(solver, number[list(known.chosen)], len(wanted))
        solver.run()
        if wait and out_of_time(solver) and not has_answer(solver):
            # The limit is for doing better: a first answer, or that there is none, is awaited.
            solver.setOptionValue("time_limit", float("inf"))
            solver.setOptionValue("mip_max_improving_sols", 1)
            solver.run()
        if not has_answer(solver):
            return None
        found = _chosen(array(solver.getSolution().col_value).round(), values[wanted])
        chosen = tuple(int(wanted[place]) for place in found.chosen)
        bound = int(min(solver.getInfo().mip_dual_bound / self.scale, 9e18) + SLACK)
        return Found(chosen, found.value, max(found.value, bound), solved(solver))


def _chosen(x: Floats, values: Values) -> Found:
    places = tuple(int(place) for place in x.nonzero()[0])
    value = sum(int(values[place]) for place in places)
    return Found(places, value, value, proven=True)
