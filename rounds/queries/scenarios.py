"""The scenarios of a round, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from peerchallenge.audit.models import Event
from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.problem import BEST_SCORE, DIRECTED, PANEL, Ids
from rounds.matching.scores import SCORES
from rounds.matching.weighing import Standing, score_of
from rounds.models import Exclusion, Participation, Round, Scenario, ScenarioMatch
from rounds.queries.rounds import Fact
from rounds.queries.weighing import facts_of

# What two scenarios come to is counted alike, whatever each of them weighs.
ALIKE = Settings()


@dataclass(frozen=True)
class Line:
    """One scenario in the list; `moved` from the one that the others are held against.

    `seats`: how many challengers there are to be in all, `worst_seats` those of the worst-off host.
    """

    scenario: Scenario
    changed: datetime
    by: str
    standing: Standing
    worst: str
    worst_seats: int
    seats: int
    hosts: int
    matched: int
    moved: int
    reference: bool

    @property
    def published(self) -> bool:
        return self.scenario.published_at is not None

    @property
    def score(self) -> str:
        return f"{self.standing.total:,}"

    @property
    def out_of(self) -> str:
        return f"{BEST_SCORE * self.seats:,}"

    @property
    def worst_score(self) -> str:
        return f"{self.standing.worst_score:,} of {BEST_SCORE * self.worst_seats:,}"


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
    facts, before = facts_of(round), set(pairs_drawn(reference))
    return [_line(one, facts, before, one == reference) for one in scenarios]


def _line(scenario: Scenario, facts: RoundFacts, before: set[Ids], reference: bool) -> Line:
    pairs = [pair for pair in pairs_drawn(scenario) if set(pair) <= set(facts.sides)]
    standing = score_of(facts, ALIKE, pairs)
    hosts = sum(side.hosts for side in facts.sides.values())
    each = facts.challengers_per_host if facts.topology in (DIRECTED, PANEL) else 1
    return Line(
        scenario,
        scenario.changed_at,
        scenario.by or scenario.created_by.name,  # type: ignore[attr-defined]
        standing,
        name_of(facts, standing.worst),
        max(each, sum(host == standing.worst for host, _ in pairs)),
        max(each * hosts, len(pairs)),
        hosts,
        len({host for host, _ in pairs}),
        len({host for host, _ in set(pairs) ^ before}),
        reference,
    )


@dataclass(frozen=True)
class Apart:
    """Two whom an officer keeps apart, and why."""

    host: Participation
    challenger: Participation
    reason: str


def kept_apart_in(scenario: Scenario) -> list[Apart]:
    rows = scenario.exclusions.select_related("host__authority", "challenger__authority")
    return [Apart(row.host, row.challenger, row.reason) for row in rows]


def saved_now(scenario: Scenario) -> list[Fact]:
    """What is saved, for whoever was about to save something else."""
    counts = Settings(weights=scenario.weights)
    return [
        Fact("Name", scenario.name),
        *(Fact(score.label, str(counts.weight(score.key))) for score in SCORES),
        Fact("Share a border", "Never matched" if counts.never("border") else "May be matched"),
        Fact("Worst-off host first", "Yes" if scenario.worst_first else "No"),
    ]


def ids_of(row: ScenarioMatch | Exclusion) -> Ids:
    return row.host.authority.dfe_code, row.challenger.authority.dfe_code


def pairs_drawn(scenario: Scenario) -> tuple[Ids, ...]:
    """As `pairs_in` has them, from rows that are here already."""
    return tuple(sorted(ids_of(row) for row in scenario.matches.all()))


def settings_drawn(scenario: Scenario) -> Settings:
    """All that a score or a bar asks of a scenario, from rows that are here already."""
    excluded = frozenset(ids_of(row) for row in scenario.exclusions.all())
    return Settings(weights=scenario.weights, excluded=excluded)


def name_of(facts: RoundFacts, who: str | None) -> str:
    side = facts.sides.get(who or "")
    return side.name if side else ""
