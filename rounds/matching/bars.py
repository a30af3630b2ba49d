"""What forbids a challenger to a host, rule by rule, each with a sentence.

Nobody challenges itself, capacity and mutual challenges are the solver's own rules. An officer
lifts one of these by locking the pair, with a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rounds.matching.dates import fit
from rounds.matching.facts import RoundFacts, Settings, Side

Rule = Callable[[RoundFacts, Settings, Side, Side], str]


class Bar(NamedTuple):
    """A rule that forbids the pair, and why, as a sentence."""

    rule: str
    text: str


def conflict(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """A declared conflict of interest of the two, whichever hosts."""
    kind = facts.conflicts.get((host.id, challenger.id))
    if kind is None:
        return ""
    why = f": {kind[:1].lower()}{kind[1:]}" if kind else ""
    return f"{challenger.name} has a declared conflict of interest with {host.name}{why}."


def declined(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """One of the two said no to this very match in this round."""
    if (host.id, challenger.id) not in facts.declined:
        return ""
    return f"{challenger.name} challenging {host.name} was declined in this round."


def intervention(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """Who is in intervention challenges nobody without the officer's word."""
    if not challenger.in_intervention or challenger.despite_intervention:
        return ""
    return f"{challenger.name} is in intervention and may not challenge without your word."


def merged(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """One was a part of the other: a merged authority is one with its past."""
    if (host.id, challenger.id) not in facts.one_past:
        return ""
    return f"{challenger.name} and {host.name} were one authority."


def unavailable(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """The visits fit into no days of the round's window on which both can."""
    if host.free_days is None or challenger.free_days is None:
        return ""
    if fit(host.free_days & challenger.free_days, facts.stays):
        return ""
    return f"There are no dates for visits on which {challenger.name} and {host.name} both can."


def neighbour(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """They share a border, where the scenario says never."""
    if not settings.never("border") or (host.id, challenger.id) not in facts.borders:
        return ""
    return f"{challenger.name} borders {host.name}, and this scenario keeps neighbours apart."


def excluded(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> str:
    """The officer's word in this scenario."""
    if (host.id, challenger.id) not in settings.excluded:
        return ""
    return f"You excluded {challenger.name} as {host.name}’s challenger in this scenario."


RULES: dict[str, Rule] = {
    "conflict": conflict,
    "declined": declined,
    "intervention": intervention,
    "merged": merged,
    "unavailable": unavailable,
    "neighbour": neighbour,
    "excluded": excluded,
}


def barring(facts: RoundFacts, settings: Settings, host: Side, challenger: Side) -> list[Bar]:
    """Every rule that forbids the pair, in a fixed order."""
    found = ((name, rule(facts, settings, host, challenger)) for name, rule in RULES.items())
    return [Bar(name, text) for name, text in found if text]
