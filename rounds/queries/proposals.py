"""Which pairs are on the board: a scenario's, or those proposed afresh while none is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from authorities.models import User
from peerchallenge.audit.actions import history_of
from peerchallenge.shared.marks import mark_of
from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.partial import Suggested, suggested
from rounds.matching.places import parted
from rounds.matching.problem import Ids, Problem
from rounds.matching.weighing import problem_of
from rounds.models import Participation, Round, Scenario
from rounds.queries.weighing import facts_of, members_by_id, settings_of

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


@dataclass(frozen=True)
class Proposal:
    """Pairs of a round, what they are chosen by, and a mark that differs once they change.

    `parts`: what the challenger of each pair does, which only a panel tells apart. `found` is the
    solver's answer, where the pairs are not saved yet.
    """

    round: Round
    scenario: Scenario | None
    members: dict[str, Participation]
    facts: RoundFacts
    settings: Settings
    parts: Mapping[Ids, str]
    version: str
    found: Suggested | None = None

    @cached_property
    def pairs(self) -> tuple[Ids, ...]:
        return tuple(self.parts)

    @cached_property
    def underway(self) -> frozenset[Ids]:
        """Challenges that matching no longer moves."""
        return settings_of(None, self.round).locked

    @cached_property
    def problem(self) -> Problem:
        return self.found.problem if self.found else problem_of(self.facts, self.settings)


def proposal_of(round: Round, scenario: Scenario | None) -> Proposal:
    """The pairs of a scenario; without one the best there are now, which nobody has saved."""
    facts, members = facts_of(round), members_by_id(round)
    settings = settings_of(scenario, round)
    if scenario is not None:
        parts = {pair: part for pair, part in parts_in(scenario) if members.keys() >= {*pair}}
        return Proposal(round, scenario, members, facts, settings, parts, str(scenario.version))
    found = suggested(problem_of(facts, settings))
    parts = parted(found.problem, found.pairs)
    return Proposal(
        round, None, members, facts, settings, parts, f"new-{_mark(found.pairs)}", found
    )


def version_of(round: Round, scenario: Scenario | None) -> str:
    """The mark of what is on the board now."""
    return str(scenario.version) if scenario else proposal_of(round, None).version


def scenario_on_board(round: Round, pk: int | None = None) -> Scenario | None:
    """The one asked for; without a word the published one, else the one changed last."""
    scenarios = round.scenarios.all()
    found = scenarios.filter(pk=pk).first() if pk else None
    found = found or scenarios.filter(published_at__isnull=False).first()
    found = found or scenarios.order_by("-changed_at", "-pk").first()
    if found:
        found.round = round
    return found


def who_changed_last(scenario: Scenario) -> User | None:
    last = history_of(scenario).first()
    return last.by_user if last else None


def next_name(round: Round) -> str:
    """“First proposal”, “Second proposal” and so on, whichever is free."""
    taken = {name.casefold() for name in round.scenarios.values_list("name", flat=True)}
    names = (
        f"{ORDINALS[at] if at < len(ORDINALS) else f'{at + 1}th'} proposal" for at in range(99)
    )
    return next(name for name in names if name.casefold() not in taken)


def parts_in(scenario: Scenario) -> list[tuple[Ids, str]]:
    """Host and challenger of every match with its part, in the order of their ids."""
    rows = scenario.matches.values_list(
        "host__authority__dfe_code", "challenger__authority__dfe_code", "part"
    )
    return sorted(((host, one), part) for host, one, part in rows)


def _mark(pairs: Iterable[Ids]) -> str:
    return mark_of(*sorted(pairs))
