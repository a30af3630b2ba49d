"""HiGHS, asked to choose: the smallest sum of whole-number costs under rows of whole numbers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal, NamedTuple

CLOSE = 1e-6


class Row(NamedTuple):
    """least ≤ Σ value · chosen ≤ most; `values` empty means 1 each."""

    least: float
    most: float
    columns: Sequence[int]
    values: Sequence[int] = ()


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


def choose(
    costs: Sequence[int], rows: Sequence[Row], clock: Clock, start: Sequence[int] = ()
) -> Choice:
    """The cheapest 0/1 choice of columns, proven unless the clock runs out.

    `costs`: at least 0 each. `start`: the columns of a choice known to keep the rows.
    """
    if not costs:
        broken = any(row.least > 0 or row.most < 0 for row in rows)
        return Choice("impossible") if broken else Choice("optimal")
    if clock.left <= 0:
        return Choice("unknown")
    # Slow: numpy and HiGHS take a third of a second, and no page of the site needs them.
    import highspy
    import numpy

    sizes = [len(row.columns) for row in rows]
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_ = numpy.array(costs, dtype=float)
    program.col_lower_, program.col_upper_ = numpy.zeros(len(costs)), numpy.ones(len(costs))
    program.row_lower_ = numpy.array([row.least for row in rows], dtype=float)
    program.row_upper_ = numpy.array([row.most for row in rows], dtype=float)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = len(costs), len(rows)
    matrix.start_ = numpy.concatenate(([0], numpy.cumsum(sizes))).astype(numpy.int32)
    matrix.index_ = numpy.array([column for row in rows for column in row.columns], numpy.int32)
    matrix.value_ = numpy.array(
        [value for row in rows for value in (row.values or [1] * len(row.columns))], float
    )
    solver = highspy.Highs()
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 1,
        "time_limit": clock.left,
        "mip_rel_gap": 0.0,
        # Costs are whole numbers: a bound above the next lower one is a proof.
        "mip_abs_gap": 1 - CLOSE,
    }.items():
        solver.setOptionValue(option, value)
    solver.passModel(program)
    if start:
        chosen = numpy.array(sorted(start), dtype=numpy.int32)
        everything = numpy.zeros(len(costs))
        everything[chosen] = 1
        known = highspy.HighsSolution()
        known.col_value = everything
        solver.setSolution(known)
    solver.run()
    return _read(solver, costs)


def _read(solver: object, costs: Sequence[int]) -> Choice:
    import highspy  # slow, see above

    assert isinstance(solver, highspy.Highs)  # noqa: S101 - tells mypy what a deferred type is
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Choice("impossible")
    bound = max(0, ceil(info.mip_dual_bound - CLOSE)) if info.mip_dual_bound < 1e15 else 0
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Choice("unknown", bound=bound)
    values = solver.getSolution().col_value
    chosen = [column for column, value in enumerate(values) if value > 0.5]
    cost = sum(costs[column] for column in chosen)
    proven = status == highspy.HighsModelStatus.kOptimal
    return Choice("optimal" if proven else "feasible", chosen, cost, cost if proven else bound)
