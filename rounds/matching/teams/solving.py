"""The best teams for all visits of a round, with their proof; what stays empty is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from rounds.matching.teams.prices import Prices
from rounds.matching.teams.problem import Problem, Teams
from rounds.matching.teams.rows import Posed, posed_of
from rounds.matching.teams.unfilled import explained

if TYPE_CHECKING:
    import highspy

    from rounds.matching.highs import Floats, Rows

SECONDS = 8.0
WHOLE = 1e-6
# In points: how much a column may lose in the LP and still be looked at first.
NEAR = 24
# For each seat, so many people are looked at first; as many again while more would do better.
EACH = 40


class Choice(NamedTuple):
    """Columns by number, empty places by demand; what that is worth, and what nothing beats."""

    chosen: tuple[int, ...]
    empty: tuple[tuple[int, int], ...]
    value: int
    bound: int


def best_teams(problem: Problem, *, time_limit: float = SECONDS, each: int = EACH) -> Teams:
    """As many seats filled as can be, and of those answers the one with the most points.

    `Teams.points` and `bound` count the points of people and teams, without what stays empty.
    """
    clock = Clock(time_limit)
    model = model_of(problem)
    if not model.demands:
        return Teams("optimal", (), 0, 0)
    best = best_choice(model, clock, each)
    # What stays empty costs the same in every answer that fills as many.
    paid = model.empty * sum(count for _, count in best.empty)
    return Teams(
        "optimal" if best.value >= best.bound else "feasible",
        tuple(places_of(model, best.chosen)),
        best.value - paid,
        best.bound - paid,
        tuple(explained(model, best.chosen, best.empty, clock, _fills_all)),
    )


def best_choice(model: Model, clock: Clock, each: int = EACH) -> Choice:
    """First as an LP of the best for each seat and of whoever its prices let gain; then as a
    choice among the columns that the LP would take at a small loss."""
    import numpy  # slow, and the web process needs it only here

    prices = Prices(model)
    wanted = prices.best(numpy.arange(len(model.columns)), prices.points, each)
    while True:
        posed = posed_of(model, wanted.tolist())
        solver = asked()
        _load(solver, posed, whole=False)
        solver.run()
        if not solved(solver):
            raise RuntimeError(f"HiGHS gave up: {solver.getModelStatus()}")
        solution = solver.getSolution()
        loss = prices.loss(posed, solution.row_dual)
        # A column that is looked at already is at its limit.
        loss[wanted] = abs(loss[wanted])
        gaining = numpy.flatnonzero(loss < -WHOLE)
        if not len(gaining):
            break
        wanted = numpy.union1d(wanted, prices.best(gaining, -loss, each))
    x = array(solution.col_value)
    top = int(numpy.floor(solver.getObjectiveValue() + 1e-3))
    if abs(x - x.round()).max(initial=0) < WHOLE:
        return _choice(posed, x, top)
    loss[wanted[x[: len(wanted)] > WHOLE]] = 0
    return _among(model, loss, top, clock)


def _among(model: Model, loss: Floats, top: int, clock: Clock) -> Choice:
    """Widen the columns looked at until no other can be in a better answer.

    What stays empty or is paid for is always looked at: so there is always an answer.
    """
    import numpy  # slow, see above

    within = NEAR
    while True:
        near = numpy.flatnonzero(loss <= within)
        every = len(near) == len(loss)
        found, proven = _branched(posed_of(model, near.tolist()), clock)
        sure = every or found.value >= top - within
        if sure or not proven or not clock.left:
            # Any answer with another column is below the LP's by more than `within`.
            outside = found.value if every else max(found.value, top - within - 1)
            bound = min(top, max(found.bound if proven or sure else top, outside))
            return found._replace(bound=bound)
        within = top - found.value


def _branched(posed: Posed, clock: Clock) -> tuple[Choice, bool]:
    import numpy  # slow, see above

    solver = asked(clock)
    _load(solver, posed, whole=True)
    solver.run()
    if not has_answer(solver):
        # The limit is for doing better: a first answer is awaited.
        solver.setOptionValue("time_limit", float("inf"))
        solver.setOptionValue("mip_max_improving_sols", 1)
        solver.run()
    bound = int(numpy.floor(min(solver.getInfo().mip_dual_bound, 9e15) + 1e-3))
    return _choice(posed, array(solver.getSolution().col_value), bound), solved(solver)


def _load(solver: highspy.Highs, posed: Posed, *, whole: bool) -> None:
    load(solver, array(posed.values), _rows(posed), array(posed.most), whole=whole)


def _rows(posed: Posed) -> Rows:
    rows = posed.rows.values()
    return rows_of(
        [row.columns for row in rows],
        [row.least for row in rows],
        [row.most for row in rows],
        [row.factors for row in rows],
    )


def _choice(posed: Posed, x: Floats, bound: int) -> Choice:
    import numpy  # slow, see above

    counts = x.round().astype(numpy.int64)
    taken, demands = len(posed.wanted), len(posed.model.demands)
    return Choice(
        tuple(posed.wanted[place] for place in numpy.flatnonzero(counts[:taken]).tolist()),
        tuple(
            (number, int(count))
            for number, count in enumerate(counts[taken : taken + demands])
            if count
        ),
        int(counts @ array(posed.values).astype(numpy.int64)),
        bound,
    )


def _fills_all(model: Model, clock: Clock) -> bool:
    """Whether every demand of this model can be filled at once."""
    return not best_choice(model, clock).empty
