"""What it costs the whole round that a host gets a certain challenger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.problem import Ids, Problem
from rounds.matching.solution import IMPOSSIBLE
from rounds.matching.solving import solve
from rounds.matching.weighing import Standing, problem_of, score_of


@dataclass(frozen=True)
class Price:
    """What changes in the round; less than now is negative.

    `points`: of all pairs together. `worst`: of the worst-off host, who is `worst_host` then.
    `moved`: the other hosts that get somebody else. `refused`: why no whole answer has the pair,
    a sentence each.
    """

    points: int = 0
    worst: int = 0
    worst_host: str | None = None
    moved: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Pricing:
    """Prices against the pairs that stand now, whether or not these are the best."""

    def __init__(self, facts: RoundFacts, settings: Settings, pairs: Iterable[Ids]) -> None:
        self.facts, self.settings, self.pairs = facts, settings, tuple(sorted(pairs))
        self.now: Standing = score_of(facts, settings, self.pairs)
        self._whole = problem_of(facts, replace(settings, previous=()))

    def price(self, pair: Ids, *, anew: bool = False) -> Price:
        """With this pair, moving as few others as can be; `anew`: all the others matched again.

        What is locked stays, but for the host’s own.
        """
        found = solve(self._with(pair, anew=anew), with_next_best=False)
        if found.status == IMPOSSIBLE:
            return Price(refused=tuple(f"{broken.text}." for broken in found.conflict))
        then = tuple((one.host, one.challenger) for one in found.pairs)
        standing = score_of(self.facts, self.settings, then)
        changed = {host for host, _ in set(then) ^ set(self.pairs)} - {pair[0]}
        return Price(
            points=standing.total - self.now.total,
            worst=standing.worst_score - self.now.worst_score,
            worst_host=standing.worst,
            moved=tuple(sorted(changed)),
        )

    def possible(self) -> bool:
        """Whether the round has a whole answer at all, as its rules and locks are."""
        return solve(self._whole, with_next_best=False).status != IMPOSSIBLE

    def _with(self, pair: Ids, *, anew: bool) -> Problem:
        kept = {one for one in self._whole.locked if one[0] != pair[0]}
        aims = tuple(aim for aim in self._whole.objective if aim != "moved")
        return replace(
            self._whole,
            locked=tuple(sorted(kept | {pair})),
            previous=() if anew else self.pairs,
            objective=aims if anew else ("moved", *aims),
        )
