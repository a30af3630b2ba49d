"""Why a seat stays empty: nobody fits it, or the few who do are wanted on too many seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from rounds.matching.highs import Clock
from rounds.matching.teams.model import Demand, Model, part_of
from rounds.matching.teams.problem import Unfilled
from rounds.matching.teams.rules import (
    clash_of_places,
    first_beside_the_seat,
    seat_fits,
    why_nobody,
)

FillsAll = Callable[[Model, Clock], bool]
# What explaining may take, beyond what finding the teams did.
SECONDS = 3.0
NAMED = 3


def explained(
    model: Model,
    chosen: Sequence[int],
    empty: Sequence[tuple[int, int]],
    clock: Clock,
    fills_all: FillsAll,
) -> Iterator[Unfilled]:
    """`empty`: demands by number, and how many of their places stay empty."""
    fit: dict[int, list[int]] = defaultdict(list)
    for column in model.columns:
        fit[column.demand].append(column.person.id)
    time = Clock(max(SECONDS, clock.left))
    for number, count in empty:
        demand = model.demands[number]
        if len(fit[number]) < demand.places:
            why = _too_few(model, demand, len(fit[number]))
            yield Unfilled(*demand.key, count, why)
            continue
        beside = _smallest(model, chosen, number, fit, time, fills_all)
        keys = tuple(model.demands[other].key for other in beside)
        why = _shared(model, beside, fit)
        yield Unfilled(*demand.key, count, why, keys)


def _too_few(model: Model, demand: Demand, fitting: int) -> str:
    """Nobody, or fewer than are wanted, whatever happens elsewhere."""
    visit, seat = demand.visit, demand.seat
    problem, kept = model.problem, model.kept
    for person in problem.people:
        if seat_fits(person, visit, seat, problem) or first_beside_the_seat(
            person, visit, seat, problem
        ):
            continue
        held = kept.of_person[person.id]
        if clash := [] if fitting else clash_of_places(person, visit, seat, held):
            return f"{person.name} {clash[0]}"
    why = why_nobody(visit, seat, problem)
    return f"Only {fitting} of {demand.places} can come. {why}" if fitting else why


def _smallest(
    model: Model,
    chosen: Sequence[int],
    number: int,
    fit: dict[int, list[int]],
    time: Clock,
    fills_all: FillsAll,
) -> list[int]:
    """The fewest demands, by leaving out one after the other, that cannot all be filled.

    Those that the answer fills can be filled together, so this one is among them.
    """
    beside = sorted(_reached(model, chosen, number, fit) - {number})
    size = len(beside)
    while size:
        for start in range(0, len(beside), size):
            if not time.left:
                return [number, *beside]
            fewer = beside[:start] + beside[start + size :]
            if not fills_all(part_of(model, [number, *fewer]), time):
                beside = fewer
                break
        else:
            size //= 2
            continue
        size = min(size, len(beside))
    return [number, *beside]


def _reached(
    model: Model, chosen: Sequence[int], number: int, fit: dict[int, list[int]]
) -> set[int]:
    """From whoever fits this one, by the seats that they fill in the answer."""
    held: dict[int, list[int]] = defaultdict(list)
    for place in chosen:
        column = model.columns[place]
        held[column.person.id].append(column.demand)
    found, waiting = {number}, [number]
    while waiting:
        for person in fit[waiting.pop()]:
            new = set(held[person]) - found
            found |= new
            waiting += sorted(new)
    return found


def _shared(model: Model, beside: Sequence[int], fit: dict[int, list[int]]) -> str:
    people = {column.person.id: column.person.name for column in model.columns}
    names = [people[one] for one in sorted({one for number in beside for one in fit[number]})]
    listed = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        listed += f" and {len(names) - NAMED} more"
    demands = [model.demands[number] for number in beside]
    seats = sum(demand.places for demand in demands)
    wanted = ", ".join(f"{one.seat.label.lower()} for {one.visit.host}" for one in demands[:4])
    if len(demands) > 4:
        wanted += f" and {len(demands) - 4} more"
    return f"{seats} places ({wanted}) have only {listed} to share"
