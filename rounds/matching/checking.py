"""What the rules say to pairs that somebody chose, whether or not they are the best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rounds.matching.places import PANEL_PARTS, groups_of
from rounds.matching.problem import GROUPS, PAIRS, PANEL, Ids, Problem
from rounds.matching.rules import blocked, challenges, is_host, listed, numbered, oneself


@dataclass(frozen=True)
class BrokenRule:
    """A rule that these pairs break, by (host, challenger), with its sentence."""

    rule: str
    pairs: frozenset[Ids]
    text: str

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(host for host, _ in self.pairs)


def broken_rules(problem: Problem, pairs: Collection[Ids]) -> list[BrokenRule]:
    """Every broken rule, in a fixed order; none when the pairs may stand.

    A pair that a rule forbids may stand when it is locked: that is the officer's own word.
    Hosts who have nobody yet are `unmatched`, which is no broken rule of those who have.
    """
    ordered = sorted(set(pairs))
    return [found for rule in RULES for found in rule(problem, ordered)]


def unmatched(problem: Problem, pairs: Collection[Ids]) -> list[str]:
    """Who still needs a challenger, or one more, in the order of the ids."""
    has = by_host(pairs)
    # Whoever sits in a group that is too small has not been left out.
    least = 1 if problem.topology == GROUPS else needed(problem)
    return [
        one.id
        for one in problem.by_id.values()
        if is_host(problem, one.id) and len(has[one.id]) < least
    ]


def needed(problem: Problem) -> int:
    """How many challengers each host has at least."""
    if problem.topology == PAIRS:
        return 1
    if problem.topology == GROUPS:
        return min(problem.group_sizes) - 1
    return len(PANEL_PARTS) if problem.topology == PANEL else problem.challengers_per_host


def by_host(pairs: Collection[Ids]) -> dict[str, list[str]]:
    """Each host's challengers, in the order of their ids; nobody for whoever has none."""
    has: dict[str, list[str]] = defaultdict(list)
    for host, challenger in sorted(pairs):
        has[host].append(challenger)
    return has


def not_oneself(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    return [
        BrokenRule(
            "oneself", frozenset([pair]), f"{problem.name(pair[0])} cannot challenge itself."
        )
        for pair in pairs
        if oneself(*pair)
    ]


def not_too_many(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    """An authority gives no more challenges than it can."""
    if problem.topology in (PAIRS, GROUPS):
        return []
    hosts: dict[str, list[str]] = defaultdict(list)
    for host, challenger in pairs:
        hosts[challenger].append(host)
    return [
        BrokenRule(
            "capacity",
            frozenset((host, who) for host in given),
            f"{problem.name(who)} is to challenge {listed([problem.name(one) for one in given])}: "
            f"it may give {challenges(problem.by_id[who].gives_most)}"
            f"{' only' if problem.by_id[who].gives_most else ''}.",
        )
        for who, given in sorted(hosts.items())
        if len(given) > problem.by_id[who].gives_most
    ]


def not_too_often(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    """A host is challenged by no more than the round gives each."""
    if problem.topology in (PAIRS, GROUPS):
        return []
    most = needed(problem)
    return [
        BrokenRule(
            "host_once",
            frozenset((host, one) for one in others),
            f"{problem.name(host)} is to be challenged by {numbered(len(others))} authorities: "
            f"in this round it is by {numbered(most)}.",
        )
        for host, others in by_host(pairs).items()
        if len(others) > most
    ]


def fitting_sizes(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    """Two make a pair; a group has one of the sizes of the round, and all challenge each other.

    A group that is too small is said here, and not that each of its members lacks somebody.
    """
    if problem.topology not in (PAIRS, GROUPS):
        return []
    sizes = (2,) if problem.topology == PAIRS else problem.group_sizes
    wanted = "two" if sizes == (2,) else listed([numbered(one) for one in sorted(sizes)], "or")
    what = "a pair is" if problem.topology == PAIRS else "a group has"
    chosen, broken = set(pairs), []
    for group in groups_of(pairs):
        names = listed([problem.name(who) for who in group])
        inside = frozenset((a, b) for a in group for b in group if a != b)
        if len(group) not in sizes:
            text = f"{names} are {numbered(len(group))} together: {what} {wanted}."
            broken.append(BrokenRule("size", inside & chosen, text))
        elif inside - chosen:
            text = f"{names} do not all challenge each other."
            broken.append(BrokenRule("whole", inside & chosen, text))
    return broken


def enough(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    """An authority gives at least what it must, once every host has its challengers."""
    if problem.topology in (PAIRS, GROUPS) or unmatched(problem, pairs):
        return []
    given = [challenger for _, challenger in pairs]
    return [
        BrokenRule(
            "least",
            frozenset(),
            f"{problem.name(one.id)} is to give {challenges(given.count(one.id))}: "
            f"it must give at least {numbered(one.gives_least)}.",
        )
        for one in problem.by_id.values()
        if given.count(one.id) < one.gives_least
    ]


def never_mutual(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    if problem.mutual_allowed or problem.topology in (PAIRS, GROUPS):
        return []
    chosen = set(pairs)
    return [
        BrokenRule(
            "mutual",
            frozenset([pair, pair[::-1]]),
            f"{problem.name(pair[0])} and {problem.name(pair[1])} would challenge each other.",
        )
        for pair in pairs
        if pair[0] < pair[1] and pair[::-1] in chosen
    ]


def not_forbidden(problem: Problem, pairs: Sequence[Ids]) -> list[BrokenRule]:
    """No pair that a rule forbids, unless the officer has locked it."""
    return [
        BrokenRule(rule, frozenset([pair]), f"{blocked(problem, *pair, rule)}.")
        for pair in pairs
        if pair in problem.by_pair and pair not in problem.locks
        for rule in problem.by_pair[pair].blocked_by
    ]


RULES: list[Callable[[Problem, Sequence[Ids]], list[BrokenRule]]] = [
    not_oneself,
    not_too_many,
    not_too_often,
    fitting_sizes,
    enough,
    never_mutual,
    not_forbidden,
]
