"""What stands in the way of publishing a scenario, and what an officer set aside in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from rounds.matching.checking import broken_rules, unmatched
from rounds.matching.facts import RoundFacts
from rounds.matching.problem import Ids
from rounds.matching.weighing import bars, problem_of
from rounds.models import Challenge, Scenario, ScenarioMatch
from rounds.queries.publishing import MOVABLE, drawn_in, standing_offers
from rounds.queries.weighing import BEYOND, facts_of, settings_of


@dataclass(frozen=True)
class Overridden:
    """A pair that rules forbid and that an officer locked all the same, and why."""

    host: str
    challenger: str
    rules: list[str]
    reason: str


@dataclass(frozen=True)
class Verdict:
    """`obstacles`: a sentence each; none when the scenario may be published."""

    obstacles: list[str]
    overridden: list[Overridden]


def verdict_on(scenario: Scenario) -> Verdict:
    """What the rules, the conflicts and everybody's capacity say as they are now."""
    round = scenario.round
    facts, settings = facts_of(round), settings_of(scenario, round)
    rows = {ids_of(row): row for drawn in drawn_in(scenario).values() for row in drawn.rows}
    live = [(ids, offer) for offer in standing_offers(round) for ids in pairs_of(offer)]
    begun = {ids: offer for ids, offer in live if offer.state not in MOVABLE}
    # What is on its way is the officer's to end: it does not hold up the others.
    on_its_way = {ids for ids, offer in live if offer.state in BEYOND}
    here = {ids for ids in rows if set(ids) <= facts.sides.keys()}
    hosts = {host for host, _ in here}
    standing = {*here, *(ids for ids in begun if ids[0] not in hosts)}
    # What a rule forbids is said in the round's own words, below.
    problem = problem_of(facts, replace(settings, locked=frozenset(standing)))
    barred = {ids: bars(facts, settings, *ids) for ids in sorted(here - on_its_way)}
    excused = {ids for ids in here if rows[ids].locked and rows[ids].reason}
    obstacles = [
        *_gone(rows.values(), facts),
        *_begun(begun, here),
        *(broken.text for broken in broken_rules(problem, standing)),
        *(
            f"{bar.text} To keep the pair all the same, lock it with a reason."
            for ids, found in barred.items()
            for bar in found
            if ids not in excused
        ),
        *(
            f"{facts.sides[host].name} has no challenger yet."
            for host in unmatched(problem, standing)
        ),
    ]
    return Verdict(
        obstacles,
        [
            Overridden(
                facts.sides[ids[0]].name,
                facts.sides[ids[1]].name,
                [bar.text for bar in found],
                rows[ids].reason,
            )
            for ids, found in barred.items()
            if found and ids in excused
        ],
    )


def obstacles_to(scenario: Scenario) -> list[str]:
    return verdict_on(scenario).obstacles


def ids_of(row: ScenarioMatch) -> Ids:
    return row.host.authority.dfe_code, row.challenger.authority.dfe_code


def pairs_of(challenge: Challenge) -> list[Ids]:
    """Its host with each of its challengers."""
    host = challenge.host_authority.dfe_code
    return [(host, one.dfe_code) for one in challenge.challengers]


def _gone(rows: Iterable[ScenarioMatch], facts: RoundFacts) -> list[str]:
    parts = {part.pk: part.authority for row in rows for part in (row.host, row.challenger)}
    gone = {one.name for one in parts.values() if one.dfe_code not in facts.sides}
    return [f"{name} has left the round." for name in sorted(gone)]


def _begun(begun: dict[Ids, Challenge], chosen: Collection[Ids]) -> Iterator[str]:
    """Who is being visited keeps its challenger."""
    moved = {offer.pk: offer for ids, offer in begun.items() if ids not in chosen}
    hosts = {host for host, _ in chosen}
    for offer in moved.values():
        if offer.host_authority.dfe_code in hosts:
            yield (
                f"The visit to {offer.host_authority} has begun or is over: "
                f"{offer.challengers_said} cannot be replaced."
            )
