"""What is known of a round, weighed: the solver's problem, and each pair in words and numbers.

A pair's score is 0 to 1,000: each score has its share of the 1,000 by its weight, and a pair
takes of each share what it is worth there, rounded to whole points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rounds.matching.bars import RULES, Bar, barring
from rounds.matching.facts import RoundFacts, Settings, Side
from rounds.matching.problem import BEST_SCORE, Arc, Authority, Ids, Problem
from rounds.matching.scores import SCORES, short_travel
from rounds.matching.travel import minutes_between, time_said

NOTHING_KNOWN = "Nothing is known yet that tells challengers apart"
VALUES = {score.key: score.value for score in SCORES}


class Reason(NamedTuple):
    """What one score gives a pair, of what it could give, and why, as a sentence."""

    key: str
    label: str
    points: int
    out_of: int
    text: str


class Standing(NamedTuple):
    """What a set of pairs comes to, whether or not it is the best.

    `worst`: the host with the lowest score, by id; a host without a challenger has 0.
    `travel_minutes`: the mean of the pairs, one way, an estimate; `farthest_minutes` the most.
    `balance`: days between who would then have given most beyond what it received, and least.
    """

    total: int
    worst: str | None
    worst_score: int
    travel_minutes: int | None
    farthest_minutes: int | None
    balance: int

    @property
    def travel_said(self) -> str:
        return "" if self.travel_minutes is None else time_said(self.travel_minutes)


def shares(settings: Settings) -> dict[str, int]:
    """How many of the 1,000 points each score can give; they add up to 1,000, or all are 0."""
    weights = {score.key: settings.weight(score.key) for score in SCORES}
    whole = sum(weights.values())
    if not whole:
        return weights
    given = {key: BEST_SCORE * weight // whole for key, weight in weights.items()}
    left = BEST_SCORE - sum(given.values())
    by_rest = sorted(weights, key=lambda key: -(BEST_SCORE * weights[key] % whole))
    return {key: given[key] + (key in by_rest[:left]) for key in weights}


def parts_of(
    facts: RoundFacts, out_of: Mapping[str, int], host: Side, challenger: Side
) -> dict[str, int]:
    """Points by the key of each score that counts."""
    return {
        key: round(most * VALUES[key](facts, host, challenger))
        for key, most in out_of.items()
        if most
    }


def problem_of(facts: RoundFacts, settings: Settings) -> Problem:
    """What the solver is asked; locks and earlier pairs of whoever takes no part are left out."""
    ids, out_of = sorted(facts.sides), shares(settings)
    arcs = []
    for host_id in ids:
        host = facts.sides[host_id]
        for challenger_id in ids:
            if challenger_id == host_id:
                continue
            challenger = facts.sides[challenger_id]
            parts = parts_of(facts, out_of, host, challenger)
            blocked_by = [
                name for name, rule in RULES.items() if rule(facts, settings, host, challenger)
            ]
            arcs.append(
                Arc(host_id, challenger_id, sum(parts.values()), None, tuple(blocked_by), parts)
            )
    aims = ("worst", "total") if settings.worst_first else ("total",)
    previous = _known(facts, settings.previous)
    return Problem(
        topology=facts.topology,
        authorities=tuple(
            Authority(side.id, side.name, side.hosts, side.gives_least, side.gives_most)
            for side in (facts.sides[one] for one in ids)
        ),
        arcs=tuple(arcs),
        challengers_per_host=facts.challengers_per_host,
        group_sizes=facts.group_sizes,
        mutual_allowed=facts.mutual_allowed,
        objective=("moved", *aims) if previous else aims,
        locked=_known(facts, settings.locked),
        previous=previous,
    )


def _known(facts: RoundFacts, pairs: Iterable[Ids]) -> tuple[Ids, ...]:
    """In a fixed order, so that the same facts make the same problem."""
    return tuple(
        sorted({(a, b) for a, b in pairs if a in facts.sides and b in facts.sides and a != b})
    )


def reasons(facts: RoundFacts, settings: Settings, host: str, challenger: str) -> list[Reason]:
    """What speaks for the pair, score by score; those that do not count have 0 of 0."""
    one, other, out_of = facts.sides[host], facts.sides[challenger], shares(settings)
    parts = parts_of(facts, out_of, one, other)
    return [
        Reason(
            score.key,
            score.label,
            parts.get(score.key, 0),
            out_of[score.key],
            score.says(facts, one, other),
        )
        for score in SCORES
    ]


def bars(facts: RoundFacts, settings: Settings, host: str, challenger: str) -> list[Bar]:
    """Every rule that forbids the pair, in a fixed order; empty where it is allowed."""
    return barring(facts, settings, facts.sides[host], facts.sides[challenger])


def in_a_word(facts: RoundFacts, settings: Settings, host: str, challenger: str) -> str:
    """The two scores that give most, and the distance, in a line without a full stop.

    That two have not met is true of nearly all: it is said where nothing else is.
    """
    one, other, out_of = facts.sides[host], facts.sides[challenger], shares(settings)
    parts = parts_of(facts, out_of, one, other)
    by_points = sorted(SCORES, key=lambda score: -parts.get(score.key, 0))
    told = {
        score.key: text
        for score in by_points
        if score.key in parts and (text := score.short(facts, one, other))
    }
    fresh = told.pop("fresh", "")
    told.pop("travel", "")
    said = [*told.values()][:2] or [fresh]
    line = ", ".join(text for text in (*said, short_travel(facts, one, other)) if text)
    return line[:1].upper() + line[1:] or NOTHING_KNOWN


def score_of(facts: RoundFacts, settings: Settings, pairs: Iterable[Ids]) -> Standing:
    """What these pairs come to; those of whoever takes no part are left out."""
    chosen, out_of = _known(facts, pairs), shares(settings)
    by_host = {side.id: 0 for side in facts.sides.values() if side.hosts}
    owed = {side.id: side.given_days - side.received_days for side in facts.sides.values()}
    minutes = []
    for host, challenger in chosen:
        one, other = facts.sides[host], facts.sides[challenger]
        parts = parts_of(facts, out_of, one, other)
        by_host[host] = by_host.get(host, 0) + sum(parts.values())
        owed[challenger] += facts.visit_days
        owed[host] -= facts.visit_days
        away = minutes_between(one.place, other.place)
        if away is not None:
            minutes.append(away)
    worst = min(by_host, key=lambda host: (by_host[host], host), default=None)
    return Standing(
        total=sum(by_host.values()),
        worst=worst,
        worst_score=by_host[worst] if worst else 0,
        travel_minutes=round(sum(minutes) / len(minutes)) if minutes else None,
        farthest_minutes=max(minutes, default=None),
        balance=max(owed.values()) - min(owed.values()) if owed else 0,
    )
