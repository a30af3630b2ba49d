"""Which pairs are on the board: a scenario's, or those proposed afresh while none is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.partial import Suggested, suggested
from rounds.matching.problem import Ids, Problem
from rounds.matching.weighing import problem_of
from rounds.models import Participation, Round, Scenario
from rounds.queries.weighing import facts_of, members_by_id, pairs_in, settings_of

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


@dataclass(frozen=True)
class Proposal:
    """Pairs of a round, what they are chosen by, and a mark that differs once they change.

    `found` is the solver's answer, where the pairs are not saved yet.
    """

    round: Round
    scenario: Scenario | None
    members: dict[str, Participation]
    facts: RoundFacts
    settings: Settings
    pairs: tuple[Ids, ...]
    version: str
    found: Suggested | None = None

    @cached_property
    def underway(self) -> frozenset[Ids]:
        """Challenges that matching no longer moves."""
        return settings_of(None, self.round).locked

    @cached_property
    def problem(self) -> Problem:
        return problem_of(self.facts, self.settings)


def proposal_of(round: Round, scenario: Scenario | None) -> Proposal:
    """The pairs of a scenario; without one the best there are now, which nobody has saved."""
    facts, members = facts_of(round), members_by_id(round)
    settings = settings_of(scenario, round)
    if scenario is not None:
        pairs = tuple(pair for pair in pairs_in(scenario) if pair[0] in members)
        pairs = tuple(pair for pair in pairs if pair[1] in members)
        return Proposal(round, scenario, members, facts, settings, pairs, str(scenario.version))
    found = suggested(problem_of(facts, settings))
    mark = f"new-{_mark(found.pairs)}"
    return Proposal(round, None, members, facts, settings, found.pairs, mark, found)


def scenario_on_board(round: Round, pk: int | None = None) -> Scenario | None:
    """The one asked for; without a word the published one, else the one changed last."""
    scenarios = round.scenarios.all()
    found = scenarios.filter(pk=pk).first() if pk else None
    found = found or scenarios.filter(published_at__isnull=False).first()
    found = found or scenarios.order_by("-changed_at", "-pk").first()
    if found:
        found.round = round
    return found


def next_name(round: Round) -> str:
    """“First proposal”, “Second proposal” and so on, whichever is free."""
    taken = {name.casefold() for name in round.scenarios.values_list("name", flat=True)}
    names = (
        f"{ORDINALS[at] if at < len(ORDINALS) else f'{at + 1}th'} proposal" for at in range(99)
    )
    return next(name for name in names if name.casefold() not in taken)


def _mark(pairs: Iterable[Ids]) -> str:
    text = ";".join(f"{host},{challenger}" for host, challenger in sorted(pairs))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
