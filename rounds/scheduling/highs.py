"""HiGHS, asked to choose: the smallest sum of whole-number costs under rows of whole numbers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import highspy
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]
    Whole = NDArray[numpy.intp]

CLOSE = 1e-6


class Row(NamedTuple):
    """Σ value · chosen ≤ most, or = most if `exactly`; `values` empty means 1 each."""

    most: int
    columns: Sequence[int]
    values: Sequence[int] = ()
    exactly: bool = False


@dataclass(frozen=True)
class Choice:
    """`chosen`: the columns that are 1. `bound`: no choice costs less."""

    status: Literal["optimal", "feasible", "impossible", "unknown"]
    chosen: list[int] = field(default_factory=list)
    cost: int = 0
    bound: int = 0


class Clock:
    """How many seconds are left of those that were given."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())


@dataclass(frozen=True)
class Rows:
    """The rows as arrays: where each entry is, what it is, and each row's limit."""

    row: Whole
    column: Whole
    value: Floats
    most: Floats
    exactly: NDArray[numpy.bool_]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Rows:
        import numpy  # slow, and hardly a page of the site needs it

        return cls(
            numpy.repeat(numpy.arange(len(rows)), [len(row.columns) for row in rows]),
            numpy.array([column for row in rows for column in row.columns], numpy.intp),
            numpy.array([v for row in rows for v in row.values or [1] * len(row.columns)], float),
            numpy.array([row.most for row in rows], float),
            numpy.array([row.exactly for row in rows], bool),
        )

    def of_columns(self, wanted: Whole, count: int, *, every_row: bool = False) -> Rows:
        """Only these columns, numbered anew, and only the rows that can still bind."""
        import numpy  # slow, see above

        number = numpy.full(count, -1)
        number[wanted] = numpy.arange(len(wanted))
        here = number[self.column] >= 0
        most = numpy.maximum(self.value, 0)
        most = numpy.bincount(self.row[here], most[here], len(self.most))
        binding = self.exactly | (most > self.most) | every_row
        here &= binding[self.row]
        place = numpy.cumsum(binding) - 1
        return Rows(
            place[self.row[here]],
            number[self.column[here]],
            self.value[here],
            self.most[binding],
            self.exactly[binding],
        )


def program(costs: Floats, rows: Rows, *, whole: bool) -> highspy.HighsLp:
    """The choice as HiGHS reads it; without `whole`, columns may be chosen in part."""
    import highspy  # slow: a third of a second, and hardly a page of the site needs it
    import numpy

    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = len(costs), len(rows.most)
    made.col_cost_ = costs
    made.col_lower_, made.col_upper_ = numpy.zeros(len(costs)), numpy.ones(len(costs))
    made.row_lower_ = numpy.where(rows.exactly, rows.most, -highspy.kHighsInf)
    made.row_upper_ = rows.most
    if whole:
        made.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    order = numpy.argsort(rows.row, kind="stable")
    sizes = numpy.bincount(rows.row, minlength=len(rows.most))
    matrix = made.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = len(costs), len(rows.most)
    matrix.start_ = numpy.concatenate(([0], numpy.cumsum(sizes))).astype(numpy.int32)
    matrix.index_ = rows.column[order].astype(numpy.int32)
    matrix.value_ = rows.value[order]
    return made


def solver(made: highspy.HighsLp, clock: Clock) -> highspy.Highs:
    """Ready to run: silent, on one thread, from a fixed seed, exact in whole numbers."""
    import highspy  # slow, see above

    asked = highspy.Highs()  # type: ignore[no-untyped-call] # its stubs forget to say None
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 1,
        "time_limit": clock.left,
        "mip_rel_gap": 0.0,
        # Costs are whole numbers: a bound above the next lower one is a proof.
        "mip_abs_gap": 1 - CLOSE,
    }
    for option, value in options.items():
        asked.setOptionValue(option, value)
    asked.passModel(made)
    return asked


def choose(
    costs: Floats,
    rows: Rows,
    clock: Clock,
    start: Sequence[int] = (),
    *,
    nodes: int | None = None,
) -> Choice:
    """The cheapest 0/1 choice of columns, proven unless the clock or the nodes run out.

    `costs`: whole and at least 0. `start`: columns of a choice known to keep the rows.
    """
    import highspy  # slow, see above
    import numpy

    if clock.left <= 0:
        return Choice("unknown")
    if not len(costs):
        broken = bool((rows.exactly & (rows.most > 0)).any())
        return Choice("impossible" if broken else "optimal")
    asked = solver(program(costs, rows, whole=True), clock)
    if nodes is not None:
        asked.setOptionValue("mip_max_nodes", nodes)
    if start:
        known = highspy.HighsSolution()
        values = numpy.zeros(len(costs))
        values[list(start)] = 1
        known.col_value = values
        asked.setSolution(known)
    asked.run()
    status, info = asked.getModelStatus(), asked.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Choice("impossible")
    bound = max(0, ceil(info.mip_dual_bound - CLOSE)) if abs(info.mip_dual_bound) < 1e15 else 0
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Choice("unknown", bound=bound)
    chosen = numpy.flatnonzero(numpy.array(asked.getSolution().col_value) > 0.5)
    cost = round(float(costs[chosen].sum()))
    proven = status == highspy.HighsModelStatus.kOptimal
    return Choice(
        "optimal" if proven else "feasible",
        [int(column) for column in chosen],
        cost,
        cost if proven else bound,
    )
