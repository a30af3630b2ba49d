"""What it costs the whole round that a host gets a certain challenger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.highs import Clock
from rounds.matching.problem import DIRECTED, PANEL, Ids, Problem
from rounds.matching.rules import NAMED
from rounds.matching.solution import IMPOSSIBLE, Solution
from rounds.matching.solving import TIME_LIMIT, Parts, solve
from rounds.matching.weighing import Standing, problem_of, score_of

Pairs = tuple[Ids, ...]


@dataclass(frozen=True)
class Price:
    """What changes in the round; a loss is negative.

    `points`: of all pairs together. `worst`: of the worst-off host, who is `worst_host` then.
    `moved`: the other hosts that get somebody else. `refused`: why no whole answer has the pair,
    a sentence each; what is asked of everybody only where nothing else is said.
    """

    points: int = 0
    worst: int = 0
    worst_host: str | None = None
    moved: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Pricing:
    """Prices of a host's challengers: against the best answer, and against the pairs that stand.

    What is locked stays, but for the host's own. The round is put to the solver once for all
    challengers that it may choose among.
    """

    def __init__(
        self, facts: RoundFacts, settings: Settings, pairs: Iterable[Ids], host: str
    ) -> None:
        self.facts, self.settings, self.pairs = facts, settings, tuple(sorted(pairs))
        self.host = host
        self.now: Standing = score_of(facts, settings, self.pairs)
        whole = problem_of(facts, replace(settings, previous=()))
        locked = tuple(pair for pair in whole.locked if pair[0] != host)
        self._anew = replace(whole, locked=locked)
        self._near = replace(
            self._anew, previous=self.pairs, objective=("moved", *self._anew.objective)
        )

    @cached_property
    def best(self) -> Standing | None:
        """What the best answer comes to; None where no answer is whole."""
        answer = self._parts_anew.best()
        return answer and score_of(self.facts, self.settings, self._parts_anew.chosen(answer))

    @property
    def possible(self) -> bool:
        return self.best is not None

    def price(self, challenger: str, *, anew: bool = False) -> Price:
        """With this challenger, moving as few others as can be, against the pairs that stand.

        `anew`: all others matched again, against the best answer.
        """
        pair = (self.host, challenger)
        then = self._among(self._parts_anew if anew else self._parts_near, pair)
        if then is None:
            found = solve(_locking(self._anew if anew else self._near, pair), with_next_best=False)
            if found.status == IMPOSSIBLE:
                return Price(refused=_refused(found, pair))
            then = tuple((one.host, one.challenger) for one in found.pairs)
        standing = score_of(self.facts, self.settings, then)
        before = self.best if anew and self.best else self.now
        changed = {host for host, _ in set(then) ^ set(self.pairs)} - {self.host}
        return Price(
            points=standing.total - before.total,
            worst=standing.worst_score - before.worst_score,
            worst_host=standing.worst,
            moved=tuple(sorted(changed)),
        )

    @cached_property
    def _parts_anew(self) -> Parts:
        return Parts(self._anew, Clock(TIME_LIMIT))

    @cached_property
    def _parts_near(self) -> Parts:
        return Parts(self._near, Clock(TIME_LIMIT))

    def _among(self, round: Parts, pair: Ids) -> Pairs | None:
        """The best answer with the pair; None where it has to be asked for in another way.

        A host with one challenger, one partner or one group takes the pair by losing all its other
        choices. One with several could lose the others with them.
        """
        several = self.facts.topology == PANEL or self.facts.challengers_per_host > 1
        if self.facts.topology in (DIRECTED, PANEL) and several:
            return None
        for place, part in enumerate(round.parts):
            own = part.shares[self.host][0] if self.host in part.shares else []
            wanted = {
                column
                for column in own
                if any(seat.arc[:2] == pair for seat in part.model.columns[column])
            }
            if wanted:
                answer = round.best((place, frozenset(own) - wanted))
                return answer and round.chosen(answer)
        return None


def _locking(problem: Problem, pair: Ids) -> Problem:
    return replace(problem, locked=tuple(sorted({*problem.locked, pair})))


def _refused(found: Solution, pair: Ids) -> tuple[str, ...]:
    """The conflict without the question itself."""
    asked = [one for one in found.conflict if (one.rule, one.about) != ("locked", pair)]
    telling = [one for one in asked if len(one.about) <= NAMED] or asked
    return tuple(f"{one.text}." for one in telling)
