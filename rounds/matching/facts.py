"""What is known of a round's authorities, and what an officer's scenario makes of it.

An area is any string that names it: the same one for a host's area for challenge, what others
offer and what their answers lean to. Ids are (host, challenger), each an authority's id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rounds.matching.dates import Stay
from rounds.matching.problem import Ids

# What counts how much, 0 to 10, unless a scenario says otherwise; in the order of the pages.
DEFAULT_WEIGHTS: Mapping[str, int] = {
    "strength": 5,
    "fresh": 4,
    "neighbour": 3,
    "preference": 3,
    "travel": 2,
    "balance": 2,
    "border": 0,
}
MOST_WEIGHT = 10
# The weight of `border` that forbids authorities which share a border.
NEVER = -1


class Place(NamedTuple):
    """A centroid in degrees, and the minutes that a journey by sea or air adds, one way."""

    latitude: float
    longitude: float
    crossing_minutes: int = 0


class Earlier(NamedTuple):
    """The last time that a challenger challenged a host: 1 is the round before this one."""

    rounds_ago: int
    when: str


@dataclass(frozen=True, slots=True)
class Side:
    """One authority of the round.

    `area`: what it asks to be challenged on; empty while that is not known. `strengths`: areas
    it offers. `leanings`: by area, the share of its own answers that lean to a strength, 0 to 1.
    `wishes`: challengers it would like, most of all first. `given_days`, `received_days`: of
    challenges over the years. `free_days`: days of the window on which it can; None when every
    day is as good. `despite_intervention`: the officer's word that it may challenge.
    """

    id: str
    name: str
    area: str = ""
    strengths: frozenset[str] = frozenset()
    leanings: Mapping[str, float] = field(default_factory=dict)
    place: Place | None = None
    hosts: bool = True
    gives_least: int = 1
    gives_most: int = 1
    wishes: tuple[str, ...] = ()
    given_days: int = 0
    received_days: int = 0
    free_days: frozenset[date] | None = None
    in_intervention: bool = False
    despite_intervention: bool = False


@dataclass(frozen=True)
class RoundFacts:
    """`topology` is the solver's; `visit_days`: what one challenge asks of its challenger.
    `stays`: when it does.

    `neighbours`: by authority, its statistical neighbours and their ranks, 1 the closest.
    `borders`, `one_past`, `conflicts` hold a pair both ways round; a conflict has its kind.
    `earlier`, `declined`: by host and challenger; earlier ones in the `rounds_known` before this
    round, declined ones in it.
    """

    topology: str
    sides: Mapping[str, Side]
    challengers_per_host: int = 1
    group_sizes: tuple[int, ...] = ()
    mutual_allowed: bool = False
    visit_days: int = 1
    stays: tuple[Stay, ...] = ()
    neighbours: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    borders: frozenset[Ids] = frozenset()
    earlier: Mapping[Ids, Earlier] = field(default_factory=dict)
    rounds_known: int = 0
    conflicts: Mapping[Ids, str] = field(default_factory=dict)
    declined: frozenset[Ids] = frozenset()
    one_past: frozenset[Ids] = frozenset()


@dataclass(frozen=True)
class Settings:
    """What an officer has decided; a weight that is missing has its default."""

    weights: Mapping[str, int] = field(default_factory=dict)
    worst_first: bool = True
    locked: frozenset[Ids] = frozenset()
    excluded: frozenset[Ids] = frozenset()
    previous: tuple[Ids, ...] = ()

    def weight(self, key: str) -> int:
        """0 to 10; what is forbidden outright counts nothing on top."""
        return max(self.weights.get(key, DEFAULT_WEIGHTS[key]), 0)

    def never(self, key: str) -> bool:
        return self.weights.get(key, DEFAULT_WEIGHTS[key]) == NEVER
