"""Why a round has no answer: a smallest set of rules that cannot hold together, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rounds.matching import rules
from rounds.matching.highs import Clock, array, asked, has_answer, load, rows_of
from rounds.matching.model import Model, models, usable_pairs
from rounds.matching.problem import GROUPS, PAIRS, Arc, Problem
from rounds.matching.rules import Rule
from rounds.matching.solution import Broken, Relaxed

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

# So many tries to find a smallest set; then one of which no rule can be spared is given.
MOST_TRIES = 150
TRYING = 5.0
# A part with more rules than this is asked without its mutual ones first: there are too many.
MOST_RULES = 250
# Of so many rules in conflict at most it is said what each costs.
MOST_RELAXED = 40


class Conflict(NamedTuple):
    """Rules that cannot hold together; each could be relaxed."""

    rules: tuple[Rule, ...]

    def said(self, problem: Problem) -> tuple[Broken, ...]:
        return tuple(
            Broken(rule.name, rule.about, rules.said(problem, rule))
            for rule in rules.together(self.rules)
        )


def conflict(problem: Problem, clock: Clock) -> Conflict:
    """The smallest of the conflicts that the round's parts have."""
    if found := unlawful(problem):
        return Conflict(found)
    found_by_part = []
    for model in models(problem):
        if uneven := _uneven(problem, model):
            return Conflict((uneven,))
        smallest = _smallest(model, clock)
        if smallest:
            found_by_part.append(smallest)
    return Conflict(min(found_by_part, key=lambda found: (len(found), found)))


def unlawful(problem: Problem, without: frozenset[Rule] = frozenset()) -> tuple[Rule, ...]:
    """A lock on a pair that cannot be: the officer's word lifts a block, and no more."""
    for pair in sorted(problem.locks):
        if rules.usable(problem, *pair):
            continue
        if rules.oneself(*pair):
            why = rules.not_oneself(pair)
        elif not rules.is_host(problem, pair[0]):
            why = rules.not_hosting(pair)
        else:
            why = rules.unlisted(problem, pair)
        lock = rules.locked(problem, pair)
        if not {lock, why} & without:
            return lock, why
    return ()


def _uneven(problem: Problem, model: Model) -> Rule | None:
    """Authorities that meet nobody else, and that no sizes add up to."""
    sizes = {PAIRS: (2,), GROUPS: problem.group_sizes}.get(problem.topology, (1,))
    sums = {0}
    for count in range(1, len(model.ids) + 1):
        if any(count - size in sums for size in sizes):
            sums.add(count)
    if len(model.ids) in sums or len(model.ids) == 1:
        return None
    return rules.cannot_split(problem, model.ids)


class Elastic:
    """A model in which each rule may be broken, at a price, unless it is asked to hold."""

    def __init__(self, model: Model) -> None:
        self.rules: list[Rule] = sorted(
            {row.why_least for row in model.rows if row.why_least and row.least}
            | {r.why_most for r in model.rows if r.why_most and r.most < len(r.columns)}
            | {rule for _, _, rule in model.apart if rule}
        )
        first = len(model.columns)
        slack = {rule: first + place for place, rule in enumerate(self.rules)}
        infinite = float("inf")
        rows: list[tuple[list[int], list[float], float, float]] = []
        for row in model.rows:
            ones = [1.0] * len(row.columns)
            if row.least:
                spare, fill = (
                    ([slack[row.why_least]], [float(row.least)]) if row.why_least else ([], [])
                )
                rows.append((row.columns + spare, ones + fill, row.least, infinite))
            if row.most < len(row.columns):
                excess = float(row.most - len(row.columns))
                spare, fill = ([slack[row.why_most]], [excess]) if row.why_most else ([], [])
                rows.append((row.columns + spare, ones + fill, -infinite, row.most))
        for one, other, rule in model.apart:
            spare, fill = ([slack[rule]], [-1.0]) if rule else ([], [])
            rows.append(([one, other, *spare], [1.0, 1.0, *fill], -infinite, 1))
        self.columns, self.count = first, first + len(self.rules)
        self.rows = rows_of(
            [columns for columns, _, _, _ in rows],
            [least for _, _, least, _ in rows],
            [most for _, _, _, most in rows],
            [factors for _, factors, _, _ in rows],
        )

    def broken(self, held: Iterable[int]) -> list[int] | None:
        """The fewest rules to break; None where `held` cannot all hold."""
        import numpy  # slow, and the web process needs it only here

        values = numpy.zeros(self.count)
        values[self.columns :] = -1
        x = self._answer(values, held)
        if x is None:
            return None
        return [rule for rule in range(len(self.rules)) if x[self.columns + rule] > 0.5]

    def hold(self, held: Iterable[int]) -> bool:
        """Whether these rules can all hold, whatever the others do."""
        import numpy  # slow, see above

        return self._answer(numpy.zeros(self.count), held) is not None

    def _answer(self, values: Floats, held: Iterable[int]) -> Floats | None:
        import numpy  # slow, see above

        most = numpy.ones(self.count)
        most[[self.columns + rule for rule in held]] = 0
        solver = asked()
        load(solver, values, self.rows, most, whole=True)
        solver.run()
        return array(solver.getSolution().col_value) if has_answer(solver) else None


def _smallest(model: Model, clock: Clock) -> tuple[Rule, ...]:
    """A smallest set of rules that cannot hold together; empty where all hold.

    Each set of rules that suffices to break shares a rule with every conflict. So a smallest set
    that meets all those known is either a conflict itself, and then a smallest one, or it holds
    while others break: one more set to meet.
    """
    for row in model.rows:
        if row.why_least and len(row.columns) < row.least:
            return (row.why_least,)
    elastic = Elastic(model)
    if len(elastic.rules) > MOST_RULES:
        without = Elastic(replace(model, apart=[one for one in model.apart if one[2] is None]))
        elastic = without if without.broken(()) else elastic
    if not elastic.rules or not elastic.broken(()):
        return ()
    trying = Clock(min(TRYING, clock.left / 2))
    to_meet: list[list[int]] = []
    for _ in range(MOST_TRIES):
        meeting = _fewest_meeting(to_meet, len(elastic.rules))
        broken = elastic.broken(meeting)
        if broken is None:
            return tuple(elastic.rules[rule] for rule in meeting)
        to_meet.append(broken)
        if not trying.left:
            break
    return _none_to_spare(elastic, clock)


def _fewest_meeting(sets: Sequence[Sequence[int]], count: int) -> list[int]:
    """The fewest rules that share one with each set."""
    if not sets:
        return []
    import numpy  # slow, see above

    solver = asked()
    infinite = [float("inf")] * len(sets)
    rows = rows_of(sets, [1.0] * len(sets), infinite)
    load(solver, -numpy.ones(count), rows, numpy.ones(count), whole=True)
    solver.run()
    x = numpy.asarray(solver.getSolution().col_value)
    return [rule for rule in range(count) if x[rule] > 0.5]


def _none_to_spare(elastic: Elastic, clock: Clock) -> tuple[Rule, ...]:
    """A conflict of which no rule can be left out; when time is out, the rest stay in unasked."""
    held = list(range(len(elastic.rules)))
    size = len(held)
    while size > 1 and clock.left:
        # Many at once to begin with: most rules have nothing to do with the conflict.
        size = (size + 1) // 2
        start = 0
        while start < len(held) and clock.left:
            fewer = held[:start] + held[start + size :]
            if elastic.hold(fewer):
                start += size
            else:
                held = fewer
    return tuple(elastic.rules[rule] for rule in held)


def relaxed(
    problem: Problem,
    found: Conflict,
    total: Total,
    clock: Clock,
) -> tuple[Relaxed, ...]:
    """What the round would come to without each of the rules in conflict, while time allows."""
    return tuple(
        one
        for rule in found.rules[:MOST_RELAXED]
        if rule.name not in FACTS and clock.left
        for one in [_without(problem, rule, total)]
    )


# What no officer's decision changes.
FACTS = ("unlisted", "oneself", "hosts")
Total = Callable[[Problem, frozenset[Rule]], int | None]


def _without(problem: Problem, rule: Rule, total: Total) -> Relaxed:
    """Blocks are lifted first; a host is left out, or one of too many, where that is not enough."""
    if rule.name in ("odd", "sizes"):
        left_out = [
            (came, who)
            for who in rule.about
            if (came := total(problem, frozenset({_choice(problem, who)}))) is not None
        ]
        came, who = max(left_out, default=(None, ""), key=lambda one: one[0])
        text = f"Without {problem.name(who)}" if who else "Without one of them"
        return Relaxed(rule.name, rule.about, text, came)
    if rule.name == "choice" and (blocks := _blocks(problem, rule.about[0])):
        arcs = tuple(arc._replace(blocked_by=()) if arc in blocks else arc for arc in problem.arcs)
        came = total(replace(problem, arcs=arcs), frozenset())
        if came is not None:
            reasons = [
                rules.blocked(problem, arc.host, arc.challenger, name)
                for arc in blocks
                for name in arc.blocked_by
            ]
            return Relaxed(
                rule.name, rule.about, f"If it did not count: {'; '.join(reasons)}", came
            )
    came = total(problem, frozenset({rule}))
    left = f"If {problem.name(rule.about[0])} is left out"
    text = left if rule.name == "choice" else f"If it did not count: {rules.said(problem, rule)}"
    return Relaxed(rule.name, rule.about, text, came)


def _choice(problem: Problem, who: str) -> Rule:
    others = [one for host, one in usable_pairs(problem) if host == who]
    return rules.choice(problem, who, others)


def _blocks(problem: Problem, who: str) -> list[Arc]:
    """The blocked arcs by which this host could have more challengers."""
    ends = (0, 1) if problem.topology in (PAIRS, GROUPS) else (0,)
    return [
        arc
        for pair, arc in problem.by_pair.items()
        if arc.blocked_by and pair not in problem.locks and who in [pair[end] for end in ends]
    ]
