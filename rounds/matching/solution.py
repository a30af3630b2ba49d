"""The answer to a problem, with its proof, its reasons and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from rounds.matching.problem import Ids

OPTIMAL, FEASIBLE, IMPOSSIBLE = "optimal", "feasible", "impossible"


class NextBest(NamedTuple):
    """Another challenger for the host instead of this one, the rest solved again.

    `cost`: the fall of the round's total. `falls`: the fall of each aim of the objective, as a
    worse aim earlier in the objective can raise the total.
    """

    challenger: str
    cost: int
    falls: dict[str, int]


class Match(NamedTuple):
    host: str
    challenger: str
    score: int
    role: str
    next_best: NextBest | None = None


class Broken(NamedTuple):
    """One of the rules in conflict, and what the round would come to without it."""

    rule: str
    about: tuple[str, ...]
    text: str


class Relaxed(NamedTuple):
    """`total` is None where another conflict remains."""

    rule: str
    about: tuple[str, ...]
    text: str
    total: int | None


@dataclass(frozen=True)
class Solution:
    """`bound`: no answer has a greater total. `unpriced`: next best not looked for, out of time."""

    status: str
    total: int | None = None
    bound: int | None = None
    worst: int | None = None
    moved: int | None = None
    pairs: tuple[Match, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    overridden: tuple[Ids, ...] = ()
    conflict: tuple[Broken, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    unpriced: tuple[Ids, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "total": self.total,
            "bound": self.bound,
            "worst": self.worst,
            "moved": self.moved,
            "pairs": [
                one._asdict() | {"next_best": one.next_best and one.next_best._asdict()}
                for one in self.pairs
            ],
            "groups": self.groups,
            "overridden": self.overridden,
            "conflict": [one._asdict() for one in self.conflict],
            "relaxed": [one._asdict() for one in self.relaxed],
            "unpriced": self.unpriced,
            "seconds": self.seconds,
        }
