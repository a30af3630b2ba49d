"""An authority as challenger of a host: its score, its price and its obstacles, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from peerchallenge.shared import charts
from rounds.matching.facts import RoundFacts
from rounds.matching.pricing import Price, Pricing
from rounds.matching.problem import BEST_SCORE, DIRECTED, PANEL, Ids
from rounds.matching.rules import challenges, listed, numbered
from rounds.matching.weighing import bars, in_a_word, reasons, score_of
from rounds.models import Participation, ScenarioMatch
from rounds.queries.proposals import Proposal


@dataclass(frozen=True)
class Part:
    """What one score gives a pair, in words, in points and as a bar."""

    label: str
    points: int
    out_of: int
    text: str
    bar: charts.PointsBar


@dataclass(frozen=True)
class Cost:
    """A price in words: “41 points”, “Two other hosts move”, whose they are, and the worst-off."""

    price: Price
    said: str
    others: str
    names: str
    worst: str

    @property
    def loses(self) -> bool:
        return self.price.points < 0


@dataclass(frozen=True)
class Candidate:
    """`wish`: its place among the host’s wishes. `why_not`: what forbids it, a sentence each.

    `cost`: to the best answer, everybody else matched again. `near`: to the matches that stand, as
    few others moved as can be, which is what choosing it does.
    """

    member: Participation
    name: str
    score: int
    line: str
    wish: int | None
    why_not: list[str]
    stands: bool
    bar: charts.PointsBar
    cost: Cost | None = None
    near: Cost | None = None

    @property
    def allowed(self) -> bool:
        return not self.why_not


def candidate_of(seen: Proposal, ids: Ids) -> Candidate:
    facts, settings = seen.facts, seen.settings
    host, other = facts.sides[ids[0]], facts.sides[ids[1]]
    score = score_of(facts, settings, [ids]).total
    why_not = [bar.text for bar in bars(facts, settings, *ids)]
    if not other.gives_most and facts.topology in (DIRECTED, PANEL):
        why_not.append(f"{other.name} gives {challenges(0)} in this round.")
    return Candidate(
        seen.members[ids[1]],
        other.name,
        score,
        in_a_word(facts, settings, *ids),
        host.wishes.index(other.id) + 1 if other.id in host.wishes else None,
        why_not,
        ids in seen.pairs,
        charts.points_bar(score, BEST_SCORE, BEST_SCORE),
    )


def priced(pricing: Pricing, one: Candidate, *, near: bool = True) -> Candidate:
    """With what it costs; where no whole answer has it, with what stands in its way."""
    code = one.member.authority.dfe_code
    price = pricing.price(code, anew=True)
    if price.refused:
        more = [text for text in price.refused if text not in one.why_not]
        return replace(one, cost=cost_of(pricing.facts, price), why_not=[*one.why_not, *more])
    fewest = cost_of(pricing.facts, pricing.price(code)) if near else None
    return replace(one, cost=cost_of(pricing.facts, price), near=fewest)


def cost_of(facts: RoundFacts, price: Price) -> Cost:
    names = listed([facts.sides[one].name for one in price.moved])
    return Cost(price, _points(price), _others(price), names, _worst(facts, price))


def _points(price: Price) -> str:
    size = f"{abs(price.points):,} point{'' if abs(price.points) == 1 else 's'}"
    if price.points > 0:
        return f"Nothing: it gains {size}"
    return size if price.points else "Nothing"


def _others(price: Price) -> str:
    count = len(price.moved)
    if not count:
        return "Nobody else moves"
    return f"{numbered(count).capitalize()} other host{' moves' if count == 1 else 's move'}"


def _worst(facts: RoundFacts, price: Price) -> str:
    if not price.worst or price.worst_host is None:
        return "The lowest score of a host stays."
    how = "rises" if price.worst > 0 else "falls"
    points = f"{abs(price.worst):,} point{'' if abs(price.worst) == 1 else 's'}"
    return f"The lowest score of a host {how} by {points}: {facts.sides[price.worst_host].name}’s."


def parts_between(seen: Proposal, ids: Ids) -> list[Part]:
    """All that can count, score by score; the longest bar is that of what counts most."""
    found = reasons(seen.facts, seen.settings, *ids)
    most = max((reason.out_of for reason in found), default=1)
    return [
        Part(
            reason.label,
            reason.points,
            reason.out_of,
            reason.text,
            charts.points_bar(reason.points, reason.out_of, most),
        )
        for reason in found
    ]


def match_row(seen: Proposal, ids: Ids) -> ScenarioMatch | None:
    """The pair as it is saved, where it is."""
    if seen.scenario is None:
        return None
    host, challenger = seen.members[ids[0]], seen.members[ids[1]]
    return seen.scenario.matches.filter(host=host, challenger=challenger).first()


def host_is_fixed(seen: Proposal, host: str) -> bool:
    """Nobody else can be chosen until a lock is opened."""
    held = [pair for pair in seen.pairs if pair[0] == host and pair in seen.settings.locked]
    return len(held) >= seen.facts.challengers_per_host
