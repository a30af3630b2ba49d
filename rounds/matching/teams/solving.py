"""The best teams for all visits of a round, with their proof; what stays empty is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rounds.matching.highs import (
    Clock,
    array,
    asked,
    has_answer,
    load,
    rows_of,
    solved,
)
from rounds.matching.teams.model import Model, model_of, places_of
from rounds.matching.teams.problem import Problem, Teams
from rounds.matching.teams.unfilled import explained

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from rounds.matching.highs import Floats, Rows

    Choice = NDArray[numpy.int64]

SECONDS = 8.0
WHOLE = 1e-6
# In points: how much a column may lose in the LP and still be looked at first.
NEAR = 24


def best_teams(problem: Problem, *, time_limit: float = SECONDS) -> Teams:
    """As many seats filled as can be, and of those answers the one with the most points.

    `Teams.points` and `bound` count the points of people and teams, without what stays empty.
    """
    clock = Clock(time_limit)
    model = model_of(problem)
    if not model.demands:
        return Teams("optimal", (), 0, 0)
    choice, value, bound = best_choice(model, clock)
    chosen = [place for place, count in enumerate(choice) if count and place < len(model.columns)]
    left = [
        (number, int(choice[len(model.columns) + number])) for number in range(len(model.demands))
    ]
    empty = [(number, count) for number, count in left if count]
    # What stays empty costs the same in every answer that fills as many.
    paid = sum(model.values[len(model.columns) + number] * count for number, count in empty)
    return Teams(
        "optimal" if value >= bound else "feasible",
        tuple(places_of(model, chosen)),
        value - paid,
        bound - paid,
        tuple(explained(model, chosen, empty, clock, _fills_all)),
    )


def best_choice(model: Model, clock: Clock) -> tuple[Choice, int, int]:
    """How often each column is taken, what that is worth, and what nothing is worth more than.

    First as an LP; then as a choice among the columns that the LP would take at a small loss.
    """
    import numpy  # slow, and the web process needs it only here

    values, most = array(model.values), array(model.most)
    rows = rows_of(
        [row.columns for row in model.rows],
        [row.least for row in model.rows],
        [row.most for row in model.rows],
        [row.factors for row in model.rows],
    )
    solver = asked()
    load(solver, values, rows, most, whole=False)
    solver.run()
    if not solved(solver):
        raise RuntimeError(f"HiGHS gave up: {solver.getModelStatus()}")
    solution = solver.getSolution()
    x = array(solution.col_value)
    top = int(numpy.floor(solver.getObjectiveValue() + 1e-3))
    if abs(x - x.round()).max(initial=0) < WHOLE:
        choice = x.round().astype(numpy.int64)
        return choice, int(choice @ values.astype(numpy.int64)), top
    loss = abs(array(solution.col_dual))
    # Nothing that may stay empty or be paid for is left out: there is always an answer.
    loss[len(model.columns) :] = 0
    loss[x > WHOLE] = 0
    return _among(values, rows, most, loss, top, clock)


def _among(
    values: Floats, rows: Rows, most: Floats, loss: Floats, top: int, clock: Clock
) -> tuple[Choice, int, int]:
    """Widen the columns looked at until no other can be in a better answer."""
    import numpy  # slow, see above

    within = NEAR
    while True:
        near = loss <= within
        choice, bound, proven = _branched(values, rows, most, near, clock)
        value = int(choice @ values.astype(numpy.int64))
        sure = bool(near.all()) or value >= top - within
        if sure or not proven or not clock.left:
            # Any answer with another column is below the LP's by more than `within`.
            outside = value if near.all() else max(value, top - within - 1)
            return choice, value, min(top, max(bound if proven or sure else top, outside))
        within = top - value


def _branched(
    values: Floats, rows: Rows, most: Floats, near: NDArray[numpy.bool_], clock: Clock
) -> tuple[Choice, int, bool]:
    import numpy  # slow, see above

    wanted = numpy.flatnonzero(near).astype(numpy.int32)
    solver = asked(clock)
    load(solver, values[wanted], rows.only(wanted, len(values)), most[wanted], whole=True)
    solver.run()
    if not has_answer(solver):
        # The limit is for doing better: a first answer is awaited.
        solver.setOptionValue("time_limit", float("inf"))
        solver.setOptionValue("mip_max_improving_sols", 1)
        solver.run()
    choice = numpy.zeros(len(values), numpy.int64)
    choice[wanted] = array(solver.getSolution().col_value).round().astype(numpy.int64)
    bound = int(numpy.floor(min(solver.getInfo().mip_dual_bound, 9e15) + 1e-3))
    return choice, bound, solved(solver)


def _fills_all(model: Model, clock: Clock) -> bool:
    """Whether every demand of this model can be filled at once."""
    choice, _, _ = best_choice(model, clock)
    return not choice[len(model.columns) : len(model.columns) + len(model.demands)].any()
