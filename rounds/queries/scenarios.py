"""The scenarios of a round beside each other: what each comes to, and what two do differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from peerchallenge.audit.models import Event
from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.problem import BEST_SCORE, Ids
from rounds.matching.weighing import Standing, bars, score_of
from rounds.models import Exclusion, Round, Scenario, ScenarioMatch
from rounds.queries.weighing import facts_of

# What two scenarios come to is counted alike, whatever each of them weighs.
ALIKE = Settings()


@dataclass(frozen=True)
class Line:
    """One scenario in the list; `moved` from the one that the others are held against."""

    scenario: Scenario
    changed: datetime
    by: str
    standing: Standing
    worst: str
    hosts: int
    matched: int
    moved: int
    reference: bool

    @property
    def published(self) -> bool:
        return self.scenario.published_at is not None

    @property
    def out_of(self) -> int:
        return BEST_SCORE * self.hosts


def scenarios_of(round: Round) -> list[Scenario]:
    """In the order in which they were made, with who changed each last; three queries."""
    last = Event.objects.filter(
        subject_type=Scenario._meta.label_lower, subject_id=OuterRef("pk")
    ).order_by("-at", "-pk")
    rows = round.scenarios.select_related("created_by").annotate(
        by=Subquery(last.values("by_user__name")[:1])
    )
    found = list(
        rows.prefetch_related(
            "matches__host__authority",
            "matches__challenger__authority",
            "exclusions__host__authority",
            "exclusions__challenger__authority",
        )
    )
    for one in found:
        one.round = round
    return found


def reference_of(scenarios: Iterable[Scenario]) -> Scenario | None:
    """The published one, or the first: what the others are held against."""
    every = list(scenarios)
    return next((one for one in every if one.published_at), every[0] if every else None)


def scenario_lines(round: Round) -> list[Line]:
    """What each scenario comes to, counted alike; a fixed number of queries."""
    scenarios = scenarios_of(round)
    reference = reference_of(scenarios)
    if reference is None:
        return []
    facts, before = facts_of(round), set(_pairs(reference))
    return [_line(one, facts, before, one == reference) for one in scenarios]


def _line(scenario: Scenario, facts: RoundFacts, before: set[Ids], reference: bool) -> Line:
    pairs = _pairs(scenario)
    standing = score_of(facts, ALIKE, pairs)
    return Line(
        scenario,
        scenario.changed_at,
        scenario.by or scenario.created_by.name,  # type: ignore[attr-defined]
        standing,
        _name(facts, standing.worst),
        sum(side.hosts for side in facts.sides.values()),
        len({host for host, _ in pairs}),
        len({host for host, _ in set(pairs) ^ before}),
        reference,
    )


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
    pairs = [_pairs(one), _pairs(other)]
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
    settings = _settings(scenario)
    locked = {_ids(row): row.reason for row in scenario.matches.all() if row.locked}
    return [
        f"{bar.text} Your reason: {reason}" if reason else bar.text
        for pair, reason in sorted(locked.items())
        if set(pair) <= set(facts.sides)
        for bar in bars(facts, settings, *pair)
    ]


def _ids(row: ScenarioMatch | Exclusion) -> Ids:
    return row.host.authority.dfe_code, row.challenger.authority.dfe_code


def _pairs(scenario: Scenario) -> tuple[Ids, ...]:
    """As `pairs_in` has them, from rows that are here already."""
    return tuple(sorted(_ids(row) for row in scenario.matches.all()))


def _settings(scenario: Scenario) -> Settings:
    """All that a score or a bar asks of a scenario, from rows that are here already."""
    excluded = frozenset(_ids(row) for row in scenario.exclusions.all())
    return Settings(weights=scenario.weights, excluded=excluded)


def _own(facts: RoundFacts, scenario: Scenario) -> Standing:
    return score_of(facts, _settings(scenario), _pairs(scenario))


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
        Measure(
            "Score by its own weights",
            f"{own[0].total:,}",
            f"{own[1].total:,}",
            "Each counts in its own way",
        ),
        Measure(
            "Worst-off host",
            f"{_name(facts, here.worst)}, {here.worst_score:,}",
            f"{_name(facts, there.worst)}, {there.worst_score:,}",
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


def _move(facts: RoundFacts, host: str, one: list[str], other: list[str]) -> Move:
    return Move(
        facts.sides[host].name,
        _named(facts, one),
        _named(facts, other),
        one == other,
        *(score_of(facts, ALIKE, [(host, who) for who in each]).total for each in (one, other)),
    )


def _named(facts: RoundFacts, challengers: list[str]) -> str:
    names = (_name(facts, one) for one in challengers)
    return ", ".join(name for name in names if name) or "Nobody yet"


def _name(facts: RoundFacts, who: str | None) -> str:
    side = facts.sides.get(who or "")
    return side.name if side else ""


def _minutes(number: int | None) -> str:
    return "Not known" if number is None else f"{number} minutes"


def _between(one: int | None, other: int | None) -> str:
    return "Not known" if one is None or other is None else _more(other - one, "minute")


def _more(difference: int, noun: str) -> str:
    """What the second has more or less of than the first."""
    if not difference:
        return "The same"
    size = abs(difference)
    return f"{size:,} {noun}{'' if size == 1 else 's'} {'more' if difference > 0 else 'fewer'}"
