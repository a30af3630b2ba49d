"""What stands on each place of the matching board: a host's challengers, and who is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rounds.matching.challenges import MODERATOR
from rounds.matching.checking import BrokenRule, by_host, needed
from rounds.matching.places import PANEL_PARTS
from rounds.matching.problem import PANEL, Ids
from rounds.matching.solution import NextBest, Solution
from rounds.matching.weighing import bars, in_a_word
from rounds.models import Challenge, Participation
from rounds.queries.proposals import Proposal
from rounds.queries.publishing import MOVABLE
from rounds.states import LIVE, SENT, ChallengeState

NOTES = {
    "oneself": "It would challenge itself",
    "capacity": "Chosen more often than it may challenge",
    "mutual": "They would challenge each other",
}


def said(host: str, challenger: str) -> str:
    """A place in a sentence: “Dorset, challenger of Bath”."""
    if not challenger:
        return f"{host}, who has nobody"
    return f"{challenger}, challenger of {host}" if host else challenger


@dataclass(frozen=True)
class Place:
    """A host's challenger on the board, or that it has nobody, or somebody who has no host.

    `key`: what a press sends, by who is there; `at`: the place itself, whoever is there.
    """

    key: str
    at: str
    host: int | None
    host_name: str
    challenger: int | None
    name: str
    # Why these two, in a line, and whom the solver would take instead.
    word: str = ""
    instead: str = ""
    points: int | None = None
    # Fixed by the officer, with the reason where a rule forbids the pair; or under way already.
    locked: bool = False
    reason: str = ""
    underway: bool = False
    # What is wrong with it, short; and why a rule forbids it, in sentences.
    notes: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    # In a panel, whether a reader or the moderator sits here, as the format calls them.
    part: str = ""

    @property
    def overridden(self) -> bool:
        """A rule forbids the pair, and it stands by the officer's word."""
        return self.locked and bool(self.bars)

    @property
    def said(self) -> str:
        return said(self.host_name, self.name)

    @property
    def movable(self) -> bool:
        return not (self.locked or self.underway)


@dataclass(frozen=True)
class Row:
    """One host; in some formats it has several challengers, each in its place."""

    host: int
    name: str
    # Known to the board once the self-assessment has been sent.
    area: str
    sent: bool
    places: tuple[Place, ...]
    # What became of the offer that is out.
    offer: str = ""
    take_back: int | None = None
    # Why an earlier offer of this host was declined, with the challenger's name.
    declined: tuple[str, ...] = ()


class Places:
    """Draws what stands on each place of the board."""

    def __init__(self, seen: Proposal, found: Solution, broken: Iterable[BrokenRule]) -> None:
        self.seen, self.facts = seen, seen.facts
        self.has = by_host(seen.pairs)
        self.names = {code: side.name for code, side in seen.facts.sides.items()}
        self.best: dict[Ids, NextBest | None] = {
            (one.host, one.challenger): one.next_best for one in found.pairs
        }
        self.suggested = by_host(self.best)
        self.broken = list(broken)
        self.bars = {
            (pair, bar.rule): bar.text
            for pair in seen.pairs
            for bar in bars(seen.facts, seen.settings, *pair)
        }
        self.reasons = _reasons(seen)
        self.underway = seen.underway

    def of(self, host: str) -> list[Place]:
        """The host's challengers, and empty places up to as many as it should have."""
        parts = self.seen.parts
        has = sorted(self.has.get(host, []), key=lambda one: parts[host, one] == MODERATOR)
        missing = list(PANEL_PARTS) if self.facts.topology == PANEL else []
        for one in has:
            if parts[host, one] in missing:
                missing.remove(parts[host, one])
        missing += [""] * (needed(self.seen.problem) - len(has) - len(missing))
        places = [self._taken((host, one), at) for at, one in enumerate(has)]
        return places + [
            self._empty(host, at, part) for at, part in enumerate(missing, start=len(has))
        ]

    def _part(self, part: str) -> str:
        if self.facts.topology != PANEL:
            return ""
        return self.seen.round.format.label(MODERATOR if part == MODERATOR else "challenger")

    def free(self) -> Iterable[Place]:
        given = Counter(challenger for _, challenger in self.seen.pairs)
        for code, member in self.seen.members.items():
            if given[code] < self.facts.sides[code].gives_most:
                yield Place(
                    key=f"0-{member.pk}",
                    at=str(member.pk),
                    host=None,
                    host_name="",
                    challenger=member.pk,
                    name=self.names[code],
                )

    def _empty(self, host: str, at: int, part: str) -> Place:
        pk = self.seen.members[host].pk
        return Place(
            key=f"{pk}-0",
            at=f"{pk}-{at}",
            host=pk,
            host_name=self.names[host],
            challenger=None,
            name="",
            instead=_suggested([self.names[one] for one in self.suggested.get(host, [])]),
            part=self._part(part),
        )

    def _taken(self, pair: Ids, at: int) -> Place:
        host, challenger = (self.seen.members[one].pk for one in pair)
        barred = [text for (one, _), text in self.bars.items() if one == pair]
        locked = pair in self.reasons
        return Place(
            key=f"{host}-{challenger}",
            at=f"{host}-{at}",
            host=host,
            host_name=self.names[pair[0]],
            challenger=challenger,
            name=self.names[pair[1]],
            word=in_a_word(self.facts, self.seen.settings, *pair),
            instead=self._instead(pair),
            points=self.seen.problem.by_pair[pair].score,
            locked=locked,
            reason=self.reasons.get(pair, ""),
            underway=pair in self.underway,
            notes=tuple(self._notes(pair, [] if locked else barred)),
            bars=tuple(barred),
            part=self._part(self.seen.parts[pair]),
        )

    def _notes(self, pair: Ids, barred: Iterable[str]) -> Iterable[str]:
        for rule in self.broken:
            if pair in rule.pairs and rule.rule in NOTES:
                yield NOTES[rule.rule]
        for text in barred:
            yield text.removesuffix(".")

    def _instead(self, pair: Ids) -> str:
        """What the next best would cost, or who is better where this is not the best."""
        if pair in self.best:
            priced = self.best[pair]
            return _priced(self.names[priced.challenger], priced) if priced else ""
        taken = self.has[pair[0]]
        better = [one for one in self.suggested.get(pair[0], []) if one not in taken]
        return _suggested([self.names[one] for one in better])


def _priced(name: str, price: NextBest) -> str:
    cost, worst = price.cost, price.falls.get("worst", 0)
    if cost > 0:
        return f"Next best: {name}, {points(cost)} less"
    if worst > 0:
        return f"Next best: {name}, {points(worst)} less for the worst-off host"
    return f"Next best: {name}, just as good"


def points(count: int) -> str:
    return "1 point" if count == 1 else f"{count:,} points"


def _suggested(names: list[str]) -> str:
    return f"Suggested: {', '.join(names)}" if names else ""


def _reasons(seen: Proposal) -> dict[Ids, str]:
    """Every pair that the officer has locked, with the reason if it has one."""
    if seen.scenario is None:
        return {}
    codes = ("host__authority__dfe_code", "challenger__authority__dfe_code", "reason")
    rows = seen.scenario.matches.filter(locked=True).values_list(*codes)
    return {(host, challenger): reason for host, challenger, reason in rows}


def row_of(code: str, member: Participation, challenges: list[Challenge], places: Places) -> Row:
    sent = member.self_assessment.state in SENT
    own = [one for one in challenges if one.host_id == member.pk]
    offer = next((one for one in own if one.state in LIVE), None)
    found = places.of(code)
    return Row(
        host=member.pk,
        name=member.authority.name,
        area=member.self_assessment.area_name if sent else "",
        sent=sent,
        places=tuple(found),
        offer=_answer(offer, found) if offer else "",
        take_back=offer.pk if offer and offer.state in MOVABLE else None,
        declined=tuple(
            f"The match with {one.challengers_said} was declined: “{one.objection}”"
            for one in own
            if one.state == ChallengeState.DECLINED
        ),
    )


def _answer(offer: Challenge, places: Iterable[Place]) -> str:
    """With the challengers' names only where the scenario on the board has others by now."""
    if {one.name for one in offer.challengers} == {place.name for place in places}:
        return offer.get_state_display()
    waits = offer.state == ChallengeState.OFFERED
    return f"{'Offered to' if waits else 'Agreed with'} {offer.challengers_said}"
