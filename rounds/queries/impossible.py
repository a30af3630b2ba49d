"""Why a round cannot be matched whole, what would help, and where to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from rounds.matching.solution import Broken, Relaxed, Solution
from rounds.matching.weighing import bars
from rounds.queries.proposals import Proposal

MOST_LINKS = 6


@dataclass(frozen=True)
class Link:
    """Where an officer can change what stands in the way."""

    text: str
    url: str


@dataclass(frozen=True)
class Rule:
    text: str
    links: list[Link]


@dataclass(frozen=True)
class WayOut:
    """One rule relaxed; without points another conflict remains."""

    text: str
    points: str


@dataclass(frozen=True)
class Impossible:
    """The smallest set of rules that cannot hold together."""

    rules: list[Rule]
    ways: list[WayOut]

    @property
    def out(self) -> list[WayOut]:
        """Those that are enough by themselves."""
        return [way for way in self.ways if way.points]


def impossible(seen: Proposal, found: Solution) -> Impossible:
    """The solver's conflict, in words and with links; the best way out first."""
    ways = sorted(found.relaxed, key=lambda one: (one.total is None, -(one.total or 0), one.text))
    return Impossible(
        [Rule(f"{one.text}.", _links(seen, one)) for one in found.conflict],
        [_way(one) for one in ways],
    )


def _way(one: Relaxed) -> WayOut:
    return WayOut(f"{one.text}.", "" if one.total is None else f"{one.total:,} points")


def _links(seen: Proposal, rule: Broken) -> list[Link]:
    """Each once, in the order of those it is about; rules of the format itself have none."""
    where = WHERE.get(rule.rule)
    if where is None:
        return []
    known = [who for who in rule.about if who in seen.members]
    found = {link.url: link for who in known for link in where(seen, who)}
    return list(found.values())[:MOST_LINKS]


def _gives(seen: Proposal, who: str) -> Iterator[Link]:
    url = reverse("round_offer", args=[seen.round.pk, seen.members[who].pk])
    yield Link(f"What {seen.facts.sides[who].name} can give", url)


def _locks(seen: Proposal, who: str) -> Iterator[Link]:
    """The host is the first of the two; its own page has the lock."""
    if any(pair[0] == who for pair in seen.settings.locked):
        yield _host(seen, who, "Unlock the match of {name}")


def _choices(seen: Proposal, who: str) -> Iterator[Link]:
    """Whatever keeps challengers from this host, where that is changed; then its own page."""
    forbidden = {
        bar.rule
        for other in seen.facts.sides
        if other != who
        for bar in bars(seen.facts, seen.settings, who, other)
    }
    if "conflict" in forbidden:
        yield Link("Conflicts of interest", reverse("conflicts"))
    if "intervention" in forbidden:
        url = reverse("round_interventions", args=[seen.round.pk])
        yield Link("Who is in intervention", url)
    if forbidden & {"excluded", "neighbour"} and seen.scenario:
        url = reverse("scenario_settings", args=[seen.round.pk, seen.scenario.pk])
        yield Link("Whom this scenario keeps apart", url)
    if "unavailable" in forbidden:
        yield from _gives(seen, who)
    yield _host(seen, who, "Who may challenge {name}, and who may not")


def _host(seen: Proposal, who: str, text: str) -> Link:
    url = reverse("match_why", args=[seen.round.pk, seen.members[who].pk])
    query = f"?scenario={seen.scenario.pk}" if seen.scenario else ""
    return Link(text.format(name=seen.facts.sides[who].name), url + query)


WHERE: dict[str, Callable[[Proposal, str], Iterator[Link]]] = {
    "capacity": _gives,
    "least": _gives,
    "locked": _locks,
    "unlisted": _locks,
    "choice": _choices,
}
