"""HiGHS: how it is asked, how rows are handed over, and what it says."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import highspy
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]
    Places = NDArray[numpy.int32]


class Clock:
    """How many seconds are left of those that were given."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())


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


def begin(solver: highspy.Highs, chosen: Places, count: int) -> None:
    """Let it begin from an answer of so many columns."""
    import highspy  # slow, see above
    import numpy

    solution = highspy.HighsSolution()
    x = numpy.zeros(count)
    x[chosen] = 1
    solution.col_value = x.tolist()
    solver.setSolution(solution)


def answered(solver: highspy.Highs) -> bool:
    """Whether the LP has an answer; once more from the start where the last basis misled it."""
    import highspy  # slow, see above

    for _ in range(2):
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return False
        if solved(solver):
            return True
        solver.clearSolver()
    raise RuntimeError(f"HiGHS gave up: {solver.getModelStatus()}")


def array(values: Sequence[float]) -> Floats:
    import numpy  # slow, see above

    return numpy.asarray(values, float)


def solved(solver: highspy.Highs) -> bool:
    import highspy  # slow, see above

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def out_of_time(solver: highspy.Highs) -> bool:
    import highspy  # slow, see above

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit)


def has_answer(solver: highspy.Highs) -> bool:
    import highspy  # slow, see above

    return bool(
        solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
