"""What the scheduler is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rounds.scheduling.days import Phase

Term = Literal["moved", "shift", "penalty"]
TERMS: tuple[Term, ...] = ("moved", "shift", "penalty")
RuleName = Literal[
    "window",
    "closed",
    "unavailable",
    "gap",
    "per_week",
    "double_booking",
    "both_ways",
    "pinned",
]
Status = Literal["optimal", "feasible", "impossible", "unknown"]
Dates = Mapping[str, Mapping[str, date]]
# Told, as the search goes on: what it does, how many parts of that are done, and of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Challenge:
    """One host's visit. `pinned`: phase id to the day on which that phase must start."""

    id: str
    host: str
    parties: tuple[str, ...] = ()
    pinned: Mapping[str, date] = field(default_factory=dict)
    not_before: date | None = None
    not_after: date | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who must be free: the host, the challenger and the team."""
        return tuple(sorted({self.host, *self.parties}))


@dataclass(frozen=True)
class Problem:
    """All challenges of a round, and everything that bears on their dates.

    `window`: first and last day, both allowed. `phases`: each after the phase it names, so
    many calendar days from that phase's last day. `rather_not`: points for a visit day of
    that person or authority on that date. `previous`: challenge id to the dates it had.
    """

    window: tuple[date, date]
    phases: tuple[Phase, ...]
    challenges: tuple[Challenge, ...]
    closed: frozenset[date] = frozenset()
    per_week_most: int | None = None
    unavailable: Mapping[str, frozenset[date]] = field(default_factory=dict)
    rather_not: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    previous: Dates = field(default_factory=dict)
    objective: tuple[Term, ...] = ("penalty",)
    may_double: frozenset[str] = frozenset()
    may_both: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Relaxed:
    """What the round would get without one rule of the conflict."""

    possible: bool
    text: str
    dates: Dates = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule in conflict, whom or what it is about, and the same in words."""

    rule: RuleName
    about: tuple[str, ...]
    text: str
    relaxed: Relaxed | None = None


@dataclass(frozen=True)
class Solution:
    """`bounds`: no plan does better, for each term of the objective, given the terms before."""

    status: Status
    dates: Dates
    values: Mapping[Term, int]
    bounds: Mapping[Term, int]
    conflict: tuple[Rule, ...] = ()
    smallest: bool = True


class TooMany(Exception):
    """The phases leave a challenge more patterns of dates than can be looked at."""
