"""HiGHS, asked for the best columns of a model: first as an LP, then only what the LP left open."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rounds.matching.model import Model

if TYPE_CHECKING:
    import highspy
    import numpy
    from numpy.typing import NDArray

    Values = NDArray[numpy.int64]
    Mask = NDArray[numpy.bool_]
    Floats = NDArray[numpy.float64]
    Places = NDArray[numpy.int32]

WHOLE = 1e-6
# What a sum of whole numbers may be off by in HiGHS; every bound is given that much more.
SLACK = 5


class Clock:
    """How many seconds are left of those that were given."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())


class Found(NamedTuple):
    """`chosen`: places of columns, in order. No choice has a value above `bound`."""

    chosen: tuple[int, ...]
    value: int
    bound: int
    proven: bool


class Rows(NamedTuple):
    """Rows side by side: where each starts, its columns with their factors, and its limits."""

    start: Places
    columns: Places
    factors: Floats
    least: Floats
    most: Floats

    def only(self, wanted: Places, count: int) -> Rows:
        """The same rows for these columns alone, numbered anew."""
        import numpy  # slow, and the web process needs it only here

        number = numpy.full(count, -1, numpy.int32)
        number[wanted] = numpy.arange(len(wanted), dtype=numpy.int32)
        here = number[self.columns] >= 0
        before = numpy.concatenate(([0], numpy.cumsum(here)))
        start = before[self.start].astype(numpy.int32)
        return Rows(start, number[self.columns[here]], self.factors[here], self.least, self.most)


def rows_of(
    columns: Sequence[Sequence[int]],
    least: Sequence[float],
    most: Sequence[float],
    factors: Sequence[Sequence[float]] = (),
) -> Rows:
    """Each row's factors are 1 unless they are given."""
    import numpy  # slow, see above

    flat = numpy.fromiter(chain.from_iterable(columns), numpy.int32)
    start = numpy.concatenate(([0], numpy.cumsum([len(one) for one in columns])))
    times = (
        numpy.fromiter(chain.from_iterable(factors), float) if factors else numpy.ones(len(flat))
    )
    return Rows(
        start.astype(numpy.int32), flat, times, numpy.array(least, float), numpy.array(most, float)
    )


def asked(clock: Clock | None = None) -> highspy.Highs:
    """A silent HiGHS that gives the same answer every time."""
    import highspy  # slow, and the web process need not load it

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
    }
    if clock:
        options["time_limit"] = max(0.05, clock.left)
    for option, value in options.items():
        solver.setOptionValue(option, value)
    return solver


def load(solver: highspy.Highs, values: Floats, rows: Rows, most: Floats, *, whole: bool) -> None:
    """The greatest sum of values; each column from 0 to `most`."""
    import highspy  # slow, see above
    import numpy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(values), len(rows.least)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = values, numpy.zeros(len(values)), most
    lp.row_lower_, lp.row_upper_ = rows.least, rows.most
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_, lp.a_matrix_.index_ = rows.start, rows.columns
    lp.a_matrix_.value_ = rows.factors
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(values)
    solver.passModel(lp)


class Engine:
    """One model in HiGHS. The rows that keep columns apart are added when an answer breaks one.

    An answer starts from the basis of the one before, so that a change of a few columns costs a
    few pivots.
    """

    def __init__(self, model: Model, shares: Sequence[tuple[list[int], list[int]]], clock: Clock):
        """`shares`: for each host its columns and their scores, to hold its sum above a floor."""
        import numpy  # slow, see above

        self.clock = clock
        self.count = len(model.columns)
        self.floors = range(len(model.rows), len(model.rows) + len(shares))
        infinite = float("inf")
        self.rows = rows_of(
            [row.columns for row in model.rows] + [columns for columns, _ in shares],
            [row.least for row in model.rows] + [-infinite for _ in shares],
            [row.most for row in model.rows] + [infinite for _ in shares],
            [[1] * len(row.columns) for row in model.rows] + [scores for _, scores in shares],
        )
        apart = [(one, other) for one, other, _ in model.apart]
        self.apart = numpy.array(apart, numpy.int32).reshape(-1, 2)
        self.added = numpy.zeros(len(apart), bool)
        self.solver: highspy.Highs | None = None

    def best(self, values: Values, allowed: Mask, floor: int, unit: int) -> Found | None:
        """The columns with the greatest sum of values; None where no choice keeps the rows.

        `unit`: what a point of score counts in `values`.
        """
        solver = self._prepared(values, allowed, floor)
        while True:
            solver.run()
            if not _solved(solver):
                return None
            solution = solver.getSolution()
            x = _array(solution.col_value)
            if not self._keep_apart(solver, x):
                break
        top = int(solver.getObjectiveValue() + SLACK)
        if abs(x - x.round()).max(initial=0) < WHOLE:
            found = _chosen(x.round(), values)
            return found._replace(bound=max(found.value, top))
        return self._whole(
            values, allowed, floor, 40 * unit, top, abs(_array(solution.col_dual)), x
        )

    def _prepared(self, values: Values, allowed: Mask, floor: int) -> highspy.Highs:
        import numpy  # slow, see above

        if self.solver is None:
            self.solver = asked()
            load(self.solver, values.astype(float), self.rows, allowed.astype(float), whole=False)
        else:
            places = numpy.arange(self.count, dtype=numpy.int32)
            none = numpy.zeros(self.count)
            self.solver.changeColsBounds(self.count, places, none, allowed.astype(float))
            self.solver.changeColsCost(self.count, places, values.astype(float))
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

        An answer that loses no more than that is the best of all; otherwise allow a greater loss.
        """
        while True:
            near = allowed & ((loss <= within) | (x > WHOLE))
            everything = bool((near == allowed).all())
            found = self._branched(values, near, floor)
            if found is not None:
                worst_bound = found.bound if everything else max(found.bound, top - within)
                bound = max(found.value, min(top, worst_bound))
                if everything or not found.proven or found.value >= top - within:
                    proven = found.proven and (everything or found.value >= top - within)
                    return found._replace(bound=bound, proven=proven)
            elif everything:
                return None
            within *= 4

    def _branched(self, values: Values, near: Mask, floor: int) -> Found | None:
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
        load(solver, values[wanted].astype(float), rows, numpy.ones(len(wanted)), whole=True)
        solver.run()
        if _out_of_time(solver) and not has_answer(solver):
            # The limit is for doing better: a first answer, or that there is none, is awaited.
            solver.setOptionValue("time_limit", float("inf"))
            solver.setOptionValue("mip_max_improving_sols", 1)
            solver.run()
        if not has_answer(solver):
            return None
        found = _chosen(_array(solver.getSolution().col_value).round(), values[wanted])
        chosen = tuple(int(wanted[place]) for place in found.chosen)
        bound = int(min(solver.getInfo().mip_dual_bound, 9e18) + SLACK)
        return Found(chosen, found.value, max(found.value, bound), _solved(solver))


def _array(values: Sequence[float]) -> Floats:
    import numpy  # slow, see above

    return numpy.asarray(values, float)


def _chosen(x: Floats, values: Values) -> Found:
    places = tuple(int(place) for place in x.nonzero()[0])
    value = sum(int(values[place]) for place in places)
    return Found(places, value, value, proven=True)


def _solved(solver: highspy.Highs) -> bool:
    import highspy  # slow, see above

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _out_of_time(solver: highspy.Highs) -> bool:
    import highspy  # slow, see above

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit)


def has_answer(solver: highspy.Highs) -> bool:
    import highspy  # slow, see above

    return bool(
        solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
