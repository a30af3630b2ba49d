"""Two scenarios side by side: what each comes to, and whom a host has here and there."""

from __future__ import annotations

from dataclasses import dataclass

from rounds.matching.facts import RoundFacts
from rounds.matching.travel import time_said
from rounds.matching.weighing import Standing, bars, score_of
from rounds.models import Round, Scenario
from rounds.queries.scenarios import ALIKE, ids_of, name_of, pairs_drawn, settings_drawn
from rounds.queries.weighing import facts_of


@dataclass(frozen=True)
class Measure:
    """One thing that both scenarios come to, and in words what lies between them."""

    label: str
    one: str
    other: str
    between: str


@dataclass(frozen=True)
class Move:
    """A host and its challengers here and there; a pair that a rule forbids is named as such."""

    host: str
    one: str
    other: str
    same: bool
    one_score: int
    other_score: int


@dataclass(frozen=True)
class Comparison:
    one: Scenario
    other: Scenario
    measures: list[Measure]
    moves: list[Move]
    overridden: list[tuple[str, list[str]]]

    @property
    def differing(self) -> list[Move]:
        return [move for move in self.moves if not move.same]

    @property
    def alike(self) -> list[Move]:
        return [move for move in self.moves if move.same]


def comparison_of(round: Round, one: Scenario, other: Scenario) -> Comparison:
    """Two scenarios side by side, counted alike."""
    facts = facts_of(round)
    pairs = [pairs_drawn(one), pairs_drawn(other)]
    here, there = (score_of(facts, ALIKE, each) for each in pairs)
    moves = [
        _move(facts, host, *(sorted(who for at, who in each if at == host) for each in pairs))
        for host in sorted(facts.sides, key=lambda key: facts.sides[key].name)
        if facts.sides[host].hosts
    ]
    return Comparison(
        one,
        other,
        _measures(facts, here, there, [_own(facts, each) for each in (one, other)]),
        moves,
        [(each.name, overridden_in(facts, each)) for each in (one, other)],
    )


def overridden_in(facts: RoundFacts, scenario: Scenario) -> list[str]:
    """Every rule that the officer set aside by locking a pair, with the reason given."""
    settings = settings_drawn(scenario)
    locked = {ids_of(row): row.reason for row in scenario.matches.all() if row.locked}
    return [
        f"{bar.text} The reason given: {reason}" if reason else bar.text
        for pair, reason in sorted(locked.items())
        if set(pair) <= set(facts.sides)
        for bar in bars(facts, settings, *pair)
    ]


def _own(facts: RoundFacts, scenario: Scenario) -> Standing:
    return score_of(facts, settings_drawn(scenario), pairs_drawn(scenario))


def _measures(
    facts: RoundFacts, here: Standing, there: Standing, own: list[Standing]
) -> list[Measure]:
    return [
        Measure(
            "Score of the whole round",
            f"{here.total:,}",
            f"{there.total:,}",
            _more(there.total - here.total, "point"),
        ),
        *_by_own_weights(own, [here, there]),
        Measure(
            "Worst-off host",
            f"{name_of(facts, here.worst)}, {here.worst_score:,}",
            f"{name_of(facts, there.worst)}, {there.worst_score:,}",
            _more(there.worst_score - here.worst_score, "point"),
        ),
        Measure(
            "Mean journey, one way",
            _minutes(here.travel_minutes),
            _minutes(there.travel_minutes),
            _between(here.travel_minutes, there.travel_minutes),
        ),
        Measure(
            "Longest journey, one way",
            _minutes(here.farthest_minutes),
            _minutes(there.farthest_minutes),
            _between(here.farthest_minutes, there.farthest_minutes),
        ),
        Measure(
            "Days between who will have given most and least",
            str(here.balance),
            str(there.balance),
            _more(there.balance - here.balance, "day"),
        ),
    ]


def _by_own_weights(own: list[Standing], alike: list[Standing]) -> list[Measure]:
    """Only where one of the two weighs otherwise than all are counted."""
    if own == alike:
        return []
    return [
        Measure(
            "Score by its own weights",
            f"{own[0].total:,}",
            f"{own[1].total:,}",
            "Each counts in its own way",
        )
    ]


def _move(facts: RoundFacts, host: str, one: list[str], other: list[str]) -> Move:
    return Move(
        facts.sides[host].name,
        _named(facts, one),
        _named(facts, other),
        one == other,
        *(score_of(facts, ALIKE, [(host, who) for who in each]).total for each in (one, other)),
    )


def _named(facts: RoundFacts, challengers: list[str]) -> str:
    names = (name_of(facts, one) for one in challengers)
    return ", ".join(name for name in names if name) or "Nobody yet"


def _minutes(number: int | None) -> str:
    return "Not known" if number is None else time_said(number)


def _between(one: int | None, other: int | None) -> str:
    if one is None or other is None:
        return "Not known"
    if one == other:
        return "The same"
    return f"{time_said(abs(other - one))} {'longer' if other > one else 'shorter'}"


def _more(difference: int, noun: str) -> str:
    """What the second has more or less of than the first."""
    if not difference:
        return "The same"
    size = abs(difference)
    return f"{size:,} {noun}{'' if size == 1 else 's'} {'more' if difference > 0 else 'fewer'}"
