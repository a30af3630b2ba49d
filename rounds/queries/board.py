"""The matching board: every host and its challengers, why, and what the rules say to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from peerchallenge.shared import charts
from rounds.matching.checking import BrokenRule, broken_rules, unmatched
from rounds.matching.facts import RoundFacts
from rounds.matching.places import groups_of
from rounds.matching.problem import DIRECTED, GROUPS, PAIRS, PANEL
from rounds.matching.solution import IMPOSSIBLE, Solution
from rounds.matching.solving import solve
from rounds.matching.travel import time_said
from rounds.matching.weighing import Standing, problem_of, score_of
from rounds.models import Round, Scenario
from rounds.queries.groups import Group, alone_on, groups_on, meets_in_groups
from rounds.queries.impossible import Impossible, impossible
from rounds.queries.places import Place, Places, Row, points, row_of
from rounds.queries.proposals import Proposal, proposal_of

# In a round of more hosts a next best is looked for one by one, on the host's own page.
MOST_PRICED = 40
# With more the circles of the ring would cover each other.
MOST_DRAWN = 40


@dataclass(frozen=True)
class Pressed:
    """What a press of a button came to: the scenario now on the board, and what to say of it."""

    scenario: Scenario | None
    # The place that was pressed first, and waits for the other to swap with.
    chosen: str = ""
    notice: str = ""
    # The places that were chosen when somebody else changed the matches, as they were then.
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """Who challenges whom in a scenario, or as proposed while none is saved."""

    scenario: Scenario | None
    # What is known of everybody, for whatever else is asked of the same board.
    facts: RoundFacts
    rows: tuple[Row, ...]
    # Where authorities meet in pairs or groups, who meets whom.
    groups: tuple[Group, ...]
    topology: str
    # Who could take a challenge more, or is in no pair or group yet.
    free: tuple[Place, ...]
    broken: tuple[str, ...]
    overridden: int
    unmatched: int
    standing: Standing
    worst: str
    best: Solution
    impossible: Impossible | None
    ring: charts.Ring | None
    version: str

    @property
    def sent(self) -> int:
        return sum(row.sent for row in self.rows)

    @property
    def unknown(self) -> int:
        """How many areas for challenge the board does not know yet."""
        return len(self.rows) - self.sent

    @property
    def name(self) -> str:
        return self.scenario.name if self.scenario else "Proposed matches"

    @property
    def scenario_pk(self) -> int | str:
        return self.scenario.pk if self.scenario else ""

    @property
    def query(self) -> str:
        """What an address says so that it is about the scenario on the board."""
        return f"?scenario={self.scenario.pk}" if self.scenario else ""

    @property
    def to_tell(self) -> bool:
        return not (self.scenario and self.scenario.published_at)

    @property
    def legal(self) -> bool:
        return not self.broken and not self.unmatched

    def place(self, key: str) -> Place | None:
        found = [*self.free]
        if self.in_groups:
            found += [one.place for group in self.groups for one in group.members]
            found += [group.more for group in self.groups if group.more]
        else:
            found += [place for row in self.rows for place in row.places]
        return next((one for one in found if one.key == key), None)

    @property
    def in_groups(self) -> bool:
        return self.topology in (PAIRS, GROUPS)

    @property
    def how(self) -> str:
        """What two presses do here."""
        return {
            PAIRS: "Choose one of each of two pairs: the two change places.",
            GROUPS: "Choose two authorities of different groups: they change places. A group "
            "that is not full has a free place to move to.",
            PANEL: "Choose two to swap them: each then reads or moderates in the other’s place.",
        }.get(self.topology, "Choose two challengers to swap them.")

    @property
    def unmatched_said(self) -> str:
        one = self.unmatched == 1
        if self.topology == PANEL:
            return f"{self.unmatched} {'needs' if one else 'need'} a reader or moderator more."
        without = {PAIRS: "partner", GROUPS: "group"}.get(self.topology, "challenger")
        return f"{self.unmatched} {'has' if one else 'have'} no {without} yet."

    @property
    def cost(self) -> int | None:
        """Points below the best possible; None where not everybody can be matched."""
        return None if self.best.total is None else self.best.total - self.standing.total

    @property
    def standing_lines(self) -> list[str]:
        """What these matches come to, against the best possible, a sentence each."""
        standing, best = self.standing, self.best
        lines = [f"{standing.total:,} points in all."]
        if best.total is not None:
            lines = [_against(standing, best.total, best.worst or 0)]
        if self.worst:
            lines.append(f"Worst-off host: {self.worst}, {points(standing.worst_score)}.")
        if standing.travel_minutes is not None:
            lines.append(f"Mean travel: {time_said(standing.travel_minutes)} one way, an estimate.")
        return lines


def match_board(round: Round, scenario: Scenario | None) -> Board:
    """In a fixed number of queries; up to so many hosts with the price of each next best."""
    seen = proposal_of(round, scenario)
    priced = len(seen.members) <= MOST_PRICED and seen.facts.topology == DIRECTED
    known = None if priced or not seen.found else seen.found.solution
    found = known or solve(seen.problem, with_next_best=priced)
    broken = broken_rules(seen.problem, seen.pairs)
    places = Places(seen, found, broken)
    challenges = list(round.challenges.with_both_sides().order_by("pk"))
    rows = tuple(row_of(code, member, challenges, places) for code, member in seen.members.items())
    standing = score_of(seen.facts, seen.settings, seen.pairs)
    return Board(
        scenario=scenario,
        facts=seen.facts,
        rows=rows,
        groups=groups_on(places, rows),
        topology=seen.facts.topology,
        free=alone_on(places) if meets_in_groups(places) else tuple(places.free()),
        broken=tuple(_said(one, places) for one in broken),
        overridden=sum(place.overridden for row in rows for place in row.places),
        unmatched=len(unmatched(seen.problem, seen.pairs)),
        standing=standing,
        worst=seen.facts.sides[standing.worst].name if standing.worst else "",
        best=_best(seen, found),
        impossible=impossible(seen, found) if found.status == IMPOSSIBLE else None,
        ring=_ring(seen, broken) if _drawn(seen) else None,
        version=seen.version,
    )


def _said(rule: BrokenRule, places: Places) -> str:
    """What forbids a pair is known in more words than the solver has for it."""
    [pair, *more] = rule.pairs or [("", "")]
    return places.bars.get((pair, rule.rule), rule.text) if not more else rule.text


def _best(seen: Proposal, found: Solution) -> Solution:
    """The best possible under the rules, whatever the officer has fixed or ruled out."""
    settings = seen.settings
    if not (settings.locked or settings.excluded or settings.previous):
        return found
    free = replace(settings, locked=frozenset(), excluded=frozenset(), previous=())
    return solve(problem_of(seen.facts, free), with_next_best=False)


def _against(standing: Standing, best: int, worst: int) -> str:
    cost, total = best - standing.total, f"{standing.total:,}"
    if cost > 0:
        return f"{total} points in all: this costs {points(cost)} of {best:,}, the best possible."
    if standing.worst_score < worst:
        lost = points(worst - standing.worst_score)
        more = f"{points(-cost)} more than suggested" if cost else "as many as suggested"
        return f"{total} points in all, {more}, but the worst-off host has {lost} less."
    return f"{total} points in all{'' if cost else ', the best possible'}."


def _drawn(seen: Proposal) -> bool:
    """A ring in which each is challenged by three is a tangle."""
    return len(seen.members) <= MOST_DRAWN and seen.facts.topology != PANEL


def _ring(seen: Proposal, broken: Iterable[BrokenRule]) -> charts.Ring:
    troubled = {pair for rule in broken for pair in rule.pairs}
    nodes = [
        charts.Node(code, member.authority.code3, member.authority.name)
        for code, member in seen.members.items()
    ]
    if seen.facts.topology in (PAIRS, GROUPS):
        return charts.gathering(
            nodes, groups_of(seen.pairs), {who for one in troubled for who in one}
        )
    return charts.ring(
        nodes,
        [
            charts.Arrow(challenger, host, problem=(host, challenger) in troubled)
            for host, challenger in seen.pairs
            if host != challenger
        ],
    )
