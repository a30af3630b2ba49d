"""Two authorities as host and challenger, and what an officer can do about them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rounds.matching.bars import Bar
from rounds.matching.pricing import Pricing
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


@dataclass(frozen=True)
class Pair:
    """`rules`: what forbids it beside the officer’s own word, which is `excluded`.

    `fixed`: the host has somebody else, who is locked.
    """

    seen: Proposal
    host: Participation
    challenger: Participation
    candidate: Candidate
    parts: list[Part]
    rules: list[Bar]
    locked: bool
    reason: str
    underway: bool
    fixed: bool
    excluded: bool
    kept_apart_because: str

    @property
    def stands(self) -> bool:
        return self.candidate.stands

    @property
    def impossible(self) -> bool:
        """No whole answer has it."""
        return bool(self.candidate.cost and self.candidate.cost.price.refused)

    @property
    def asks(self) -> set[str]:
        """Which presses have a box for a reason on the page."""
        word = {"lock" if self.stands else "choose"} if self.rules else set()
        return {*word, "exclude"}


def pair_of(
    round: Round, scenario: Scenario | None, host: Participation, challenger: Participation
) -> Pair:
    """Part by part, with what it costs, even where a rule forbids it."""
    seen = proposal_of(round, scenario)
    ids = host.authority.dfe_code, challenger.authority.dfe_code
    pricing, found = Pricing(seen.facts, seen.settings, seen.pairs, ids[0]), candidate_of(seen, ids)
    if not found.stands and pricing.possible:
        found = priced(pricing, found)
    row = match_row(seen, ids)
    apart = scenario and scenario.exclusions.filter(host=host, challenger=challenger).first()
    return Pair(
        seen,
        host,
        challenger,
        found,
        parts_between(seen, ids),
        rules=bars(seen.facts, replace(seen.settings, excluded=frozenset()), *ids),
        locked=ids in seen.settings.locked,
        reason=row.reason if row else "",
        underway=ids in seen.underway,
        fixed=host_is_fixed(seen, ids[0]),
        excluded=apart is not None,
        kept_apart_because=apart.reason if apart else "",
    )
