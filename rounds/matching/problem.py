"""What a round asks of its matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

DIRECTED, PAIRS, GROUPS, PANEL = "directed", "pairs", "groups", "panel"
TOPOLOGIES = (DIRECTED, PAIRS, GROUPS, PANEL)
OBJECTIVES = (
    ("total",),
    ("worst", "total"),
    ("moved", "total"),
    ("moved", "worst", "total"),
    ("worst", "moved", "total"),
)
BEST_SCORE = 1000

# Host, then challenger.
Ids = tuple[str, str]


class Fault(ValueError):
    """What is wrong with a problem, and where: `authorities[3].gives_most`."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(f"{path}: {text}" if path else text)


@dataclass(frozen=True, slots=True)
class Authority:
    """`gives_*` bound how many challenges it gives: directed and panel only."""

    id: str
    name: str = ""
    hosts: bool = True
    gives_least: int = 0
    gives_most: int = 1


class Arc(NamedTuple):
    """A challenger that a host could have, how good that is, and which rules forbid it."""

    host: str
    challenger: str
    score: int
    moderator_score: int | None = None
    blocked_by: tuple[str, ...] = ()
    parts: Mapping[str, float] = {}


@dataclass(frozen=True)
class Problem:
    """`directed` gives each host so many challengers; `hosts` counts there and for a panel.

    In pairs and groups everybody takes part once, and all in a pair or group challenge each other.
    """

    topology: str
    authorities: tuple[Authority, ...]
    arcs: tuple[Arc, ...]
    challengers_per_host: int = 1
    group_sizes: tuple[int, ...] = ()
    mutual_allowed: bool = False
    objective: tuple[str, ...] = ("total",)
    locked: tuple[Ids, ...] = ()
    previous: tuple[Ids, ...] = field(default=())

    @cached_property
    def by_id(self) -> dict[str, Authority]:
        """In the order of the ids, which settles every tie."""
        return {one.id: one for one in sorted(self.authorities, key=lambda one: one.id)}

    @cached_property
    def by_pair(self) -> dict[Ids, Arc]:
        """In the order of the ids of host and challenger."""
        return {(arc.host, arc.challenger): arc for arc in sorted(self.arcs, key=lambda a: a[:2])}

    @cached_property
    def locks(self) -> frozenset[Ids]:
        """Every pair that must stand: both ways round where challenges are mutual."""
        if self.topology in (PAIRS, GROUPS):
            return frozenset((a, b) for pair in self.locked for a, b in (pair, pair[::-1]))
        return frozenset(self.locked)

    def name(self, who: str) -> str:
        return self.by_id[who].name or who[:1].upper() + who[1:]


def check(problem: Problem) -> None:
    """Raise Fault where the parts of a problem do not fit each other."""
    _once("authorities", [one.id for one in problem.authorities])
    known = problem.by_id
    for place, one in enumerate(problem.authorities):
        if one.gives_most < one.gives_least:
            raise Fault(f"authorities[{place}].gives_most", "must be at least gives_least")
    for place, arc in enumerate(problem.arcs):
        for end, who in (("host", arc.host), ("challenger", arc.challenger)):
            if who not in known:
                raise Fault(f"arcs[{place}].{end}", f"no authority has the id {who!r}")
    _once("arcs", [arc[:2] for arc in problem.arcs])
    for place, pair in enumerate(problem.locked):
        for side, who in enumerate(pair):
            if who not in known:
                raise Fault(f"locked[{place}][{side}]", f"no authority has the id {who!r}")
    _once("locked", problem.locked)
    _once("previous", problem.previous)
    _once("group_sizes", problem.group_sizes)
    if problem.topology == GROUPS and not problem.group_sizes:
        raise Fault("group_sizes", "groups need at least one size")
    if problem.objective not in OBJECTIVES:
        allowed = "; ".join(", ".join(one) for one in OBJECTIVES)
        raise Fault("objective", f"must be one of these: {allowed}")


def _once(where: str, values: Iterable[object]) -> None:
    seen: dict[object, int] = {}
    for place, value in enumerate(values):
        if value in seen:
            raise Fault(f"{where}[{place}]", f"the same as {where}[{seen[value]}]: {value!r}")
        seen[value] = place
