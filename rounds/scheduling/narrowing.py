"""Most patterns can be proven useless before the choice: prices for the limits tell which.

A price for each row (the duals of the choice in parts) gives each column a reduced cost. Added
up over the cheapest of every challenge and the rows' own prices, that is a bound for every choice;
one with a certain column costs at least the bound and that column's excess over its challenge's
cheapest. This holds for any prices of the right sign, so that rounding cannot spoil the proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from rounds.scheduling.highs import CLOSE, Choice, Clock, Row, Rows, choose, program, solver

if TYPE_CHECKING:
    from rounds.scheduling.highs import Floats, Whole

FEW = 400
AT_FIRST = 20
ROUNDS = 30
FASTER = 3


def cheapest(
    costs: Sequence[int],
    owners: Sequence[int],
    rows: Sequence[Row],
    clock: Clock,
    start: Sequence[int] = (),
    nodes: int | None = None,
) -> Choice:
    """The cheapest choice of one column for each owner, under the rows.

    `owners`: 0 to n-1, in order; the first n rows say that each has exactly one column.
    `start`: a choice known to keep the rows. `nodes`: give up the proof after so many.
    """
    import numpy  # slow, and hardly a page of the site needs it

    cost, owner, every = numpy.array(costs, float), numpy.array(owners), Rows.of(rows)
    if len(costs) <= FEW:
        return choose(cost, every, clock, start, nodes=nodes)
    lower, bound = _priced(cost, owner, every, clock, possible=bool(start))
    dearest = numpy.maximum.reduceat(cost, numpy.flatnonzero(numpy.diff(owner, prepend=-1)))
    if bound > dearest.sum() + CLOSE:
        return Choice("impossible")
    least = max(0, ceil(bound - CLOSE))
    most = least + 1
    best = Choice("feasible", list(start), sum(costs[one] for one in start)) if start else None
    while True:
        if best and best.cost <= least:
            return replace(best, status="optimal", bound=best.cost)
        # What is left out costs more than `most`; what costs as much as the best is not wanted.
        most = min(most, best.cost - 1) if best else most
        wanted = numpy.flatnonzero(lower <= most + CLOSE)
        found = choose(cost[wanted], every.of_columns(wanted, len(costs)), clock, nodes=nodes)
        if found.chosen and (best is None or found.cost < best.cost):
            best = Choice("feasible", [int(wanted[one]) for one in found.chosen], found.cost)
        if found.status in ("feasible", "unknown"):
            least = max(least, min(found.bound, most + 1))
            return replace(best, bound=least) if best else Choice("unknown", bound=least)
        if len(wanted) == len(costs) or (best and best.cost <= most + 1):
            return replace(best, status="optimal", bound=best.cost) if best else found
        least = most + 1
        most = best.cost - 1 if best else least + FASTER * (most - ceil(bound - CLOSE) + 1)


def _priced(
    cost: Floats, owner: Whole, rows: Rows, clock: Clock, *, possible: bool
) -> tuple[Floats, float]:
    """What a choice with each column costs at least, and any choice: the bound.

    The choice in parts is made from the cheapest columns of each challenge first; those that
    its prices show to be too good to leave out join it, until there are none. A spare column for
    each challenge keeps it possible, at a price that nobody wants to pay: unless a choice is
    known to be possible, one spare column costs more than any choice without.
    """
    import numpy  # slow, see above

    challenges = int(owner[-1]) + 1
    dear = 10 if possible else 2 * challenges
    spare = numpy.full(challenges, dear * (cost.max() + 1))
    order = numpy.lexsort((cost, owner))
    first = numpy.searchsorted(owner, numpy.arange(challenges))
    inside = numpy.zeros(len(cost), bool)
    inside[order[numpy.arange(len(cost)) - first[owner] < AT_FIRST]] = True
    lower, highest = cost, 0.0
    for _ in range(ROUNDS):
        prices = _prices(cost, rows, inside, spare, clock)
        reduced = cost - numpy.bincount(rows.column, rows.value * prices[rows.row], len(cost))
        cheapest_each = numpy.minimum.reduceat(reduced, first)
        bound = float(prices @ rows.most + cheapest_each.sum())
        lower = numpy.maximum(lower, bound + reduced - cheapest_each[owner])
        highest = max(highest, bound)
        joining = (reduced < -CLOSE) & ~inside
        if not joining.any() or clock.left <= 0:
            break
        inside |= joining
    return lower, highest


def _prices(cost: Floats, rows: Rows, inside: Whole, spare: Floats, clock: Clock) -> Floats:
    """What one more in each row would save, at most nothing for a limit."""
    import numpy  # slow, see above

    wanted = numpy.flatnonzero(inside)
    some = rows.of_columns(wanted, len(cost), every_row=True)
    places = numpy.arange(len(spare))
    with_spare = Rows(
        numpy.concatenate((some.row, places)),
        numpy.concatenate((some.column, len(wanted) + places)),
        numpy.concatenate((some.value, numpy.ones(len(spare)))),
        some.most,
        some.exactly,
    )
    asked = solver(
        program(numpy.concatenate((cost[wanted], spare)), with_spare, whole=False), clock
    )
    asked.run()
    prices = numpy.array(asked.getSolution().row_dual)
    return numpy.where(rows.exactly, prices, numpy.minimum(prices, 0.0))
