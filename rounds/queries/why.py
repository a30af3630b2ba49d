"""Why a host has its challenger, what another would cost the round, and who may not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from peerchallenge.audit.actions import history_of
from rounds.matching.bars import Bar
from rounds.matching.pricing import Pricing
from rounds.matching.problem import Ids
from rounds.matching.weighing import bars
from rounds.models import Participation, Round, Scenario
from rounds.queries.candidates import (
    Candidate,
    Part,
    candidate_of,
    host_is_fixed,
    match_row,
    parts_between,
    priced,
)
from rounds.queries.proposals import Proposal, proposal_of

# In a larger round so many are listed and so many priced; any other is priced on its own page,
# and so is what it costs with the fewest moves.
ALL, SOME = 24, 60
LISTED, PRICED = 12, 4
MOST_FORBIDDEN = 40


@dataclass(frozen=True)
class Standing:
    """A challenger that the host has now, and what speaks for it, part by part."""

    member: Participation
    name: str
    score: int
    line: str
    parts: list[Part]
    bars: list[Bar]
    locked: bool
    reason: str
    underway: bool


@dataclass(frozen=True)
class Why:
    """All that an officer asks about a host’s challengers."""

    seen: Proposal
    host: Participation
    name: str
    area: str
    standing: list[Standing]
    allowed: list[Candidate]
    forbidden: list[Candidate]
    unpriced: list[Candidate]
    wishes: list[Candidate]
    # Whether the round has a whole answer, without which nothing can be priced.
    possible: bool
    fixed: bool

    @property
    def underway(self) -> bool:
        return any(one.underway for one in self.standing)

    @property
    def next_best(self) -> Candidate | None:
        """Who costs the round least, everybody matched again; of several who suits it best."""
        return next((one for one in self.allowed if one.cost), None)

    @property
    def favourite(self) -> Candidate | None:
        """The host’s first wish, where somebody else stands instead."""
        return next((one for one in self.wishes[:1] if not one.stands), None)


def why(round: Round, scenario: Scenario | None, host: Participation) -> Why:
    """The host’s challengers and everybody else; the rest is solved again for each price.

    Once a visit is being prepared nobody else is looked for.
    """
    seen = proposal_of(round, scenario)
    facts, code = seen.facts, host.authority.dfe_code
    pricing, size = Pricing(facts, seen.settings, seen.pairs, code), len(facts.sides)
    everybody = [candidate_of(seen, (code, one)) for one in facts.sides if one != code]
    standing = [_standing(seen, pair) for pair in seen.pairs if pair[0] == code]
    others = [] if any(one.underway for one in standing) else everybody
    others = sorted((one for one in others if not one.stands), key=_wishes_first)
    free = [one for one in others if one.allowed]
    listed = free if size <= ALL else free[:LISTED]
    asked = listed if size <= SOME else listed[:PRICED]
    possible = not others or pricing.possible
    known = [priced(pricing, one, near=size <= SOME) for one in asked] if possible else []
    listed = [*known, *listed[len(known) :]]
    forbidden = [one for one in (*others, *known) if not one.allowed]
    return Why(
        seen,
        host,
        facts.sides[code].name,
        facts.sides[code].area,
        standing,
        sorted((one for one in listed if one.allowed), key=_cheapest_first(seen)),
        sorted(forbidden, key=_wishes_first)[:MOST_FORBIDDEN],
        sorted(free[len(listed) :], key=lambda one: one.name),
        _wished([*everybody, *known]),
        possible,
        host_is_fixed(seen, code),
    )


def also_moved(scenario: Scenario, host: Participation) -> list[str]:
    """Who else got another challenger with the last change, by name."""
    last = history_of(scenario).first()
    new = last.details.get("new", []) if last else []
    others = {pair[0] for pair in new} - {host.pk}
    rows = Participation.objects.filter(pk__in=others).order_by("authority__name")
    return list(rows.values_list("authority__name", flat=True))


def _standing(seen: Proposal, ids: Ids) -> Standing:
    row, found = match_row(seen, ids), candidate_of(seen, ids)
    return Standing(
        found.member,
        found.name,
        found.score,
        found.line,
        parts_between(seen, ids),
        bars(seen.facts, seen.settings, *ids),
        ids in seen.settings.locked,
        row.reason if row else "",
        ids in seen.underway,
    )


def _wished(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The host’s wishes in its order, each as the last of `candidates` knows it."""
    by_wish = {one.wish: one for one in candidates if one.wish}
    return [by_wish[place] for place in sorted(by_wish)]


def _wishes_first(one: Candidate) -> tuple[bool, int, int, str]:
    return one.wish is None, one.wish or 0, -one.score, one.name


def _cheapest_first(seen: Proposal) -> Callable[[Candidate], tuple[object, ...]]:
    """As the scenario weighs its answers; those without a price last."""

    def cost(one: Candidate) -> tuple[object, ...]:
        if one.cost is None:
            return True, 0, 0, -one.score, one.name
        price = one.cost.price
        worst = -price.worst if seen.settings.worst_first else 0
        return False, worst, -price.points, -one.score, one.name

    return cost
