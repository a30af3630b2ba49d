"""The rules a set of pairs must keep, each by name and with a sentence.

A pair is (host, challenger), as ids. Rules from the South West's round of 2012-13: each
authority is challenged once and challenges once, and no two challenge each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
Names = Mapping[int, str]


@dataclass(frozen=True)
class BrokenRule:
    """A rule that these hosts' pairs break."""

    rule: str
    hosts: frozenset[int]
    text: str


def not_oneself(pairs: Sequence[Pair], names: Names) -> list[BrokenRule]:
    return [
        BrokenRule("oneself", frozenset({host}), f"{names[host]} cannot challenge itself.")
        for host, challenger in pairs
        if host == challenger
    ]


def challenges_once(pairs: Sequence[Pair], names: Names) -> list[BrokenRule]:
    given = Counter(challenger for _, challenger in pairs)
    return [
        BrokenRule(
            "capacity",
            frozenset(host for host, by in pairs if by == challenger),
            f"{names[challenger]} is to challenge {times} authorities: it may give one challenge.",
        )
        for challenger, times in given.items()
        if times > 1
    ]


def challenged_once(pairs: Sequence[Pair], names: Names) -> list[BrokenRule]:
    hosted = Counter(host for host, _ in pairs)
    return [
        BrokenRule(
            "host_once", frozenset({host}), f"{names[host]} is to be challenged {times} times."
        )
        for host, times in hosted.items()
        if times > 1
    ]


def never_mutual(pairs: Sequence[Pair], names: Names) -> list[BrokenRule]:
    chosen = set(pairs)
    return [
        BrokenRule(
            "mutual",
            frozenset({host, challenger}),
            f"{names[host]} and {names[challenger]} would challenge each other.",
        )
        for host, challenger in sorted(chosen)
        if host < challenger and (challenger, host) in chosen
    ]


RULES: list[Callable[[Sequence[Pair], Names], list[BrokenRule]]] = [
    not_oneself,
    challenges_once,
    challenged_once,
]


def problems(
    pairs: Sequence[Pair], names: Names, *, mutual_allowed: bool = False
) -> list[BrokenRule]:
    """Every broken rule, in a fixed order; an empty list when the pairs may stand.

    `pairs`: (host, challenger) by id. `names`: what to call each id in a sentence; a
    missing name raises KeyError.
    """
    rules = RULES if mutual_allowed else [*RULES, never_mutual]
    return [problem for rule in rules for problem in rule(pairs, names)]


def unmatched(pairs: Sequence[Pair], everybody: Sequence[int]) -> list[int]:
    """Who has no challenger yet, in the order given."""
    hosts = {host for host, _ in pairs}
    return [one for one in everybody if one not in hosts]


Draft = Mapping[int, int | None]

# A search this long has met a draft that allows no full answer.
MOST_STEPS = 20_000


def swapped(draft: Draft, one: int, other: int) -> dict[int, int | None]:
    """The draft, host to challenger, with the challengers of two hosts exchanged."""
    return {**draft, one: draft.get(other), other: draft.get(one)}


def filled(draft: Draft, *, mutual_allowed: bool = False) -> dict[int, int | None]:
    """The draft with a challenger for each host that has none, in the order of its keys.

    Each empty host takes the first free authority after it, round to the start, so that an
    empty draft becomes one ring. Pairs already there are kept. Nobody is made to challenge
    itself, to challenge twice or, unless that is allowed, to challenge its own challenger;
    where that leaves no full answer, some hosts stay empty.
    """
    empty = [host for host, challenger in draft.items() if challenger is None]
    trial = dict(draft)
    if not _complete(trial, empty, mutual_allowed, [MOST_STEPS]):
        for host in empty:
            trial[host] = next(iter(_free_for(host, trial, mutual_allowed)), None)
    return trial


def _complete(
    trial: dict[int, int | None], empty: list[int], mutual_allowed: bool, steps_left: list[int]
) -> bool:
    """Fill the empty hosts one by one, going back where one finds nobody."""
    if not empty:
        return True
    steps_left[0] -= 1
    for challenger in _free_for(empty[0], trial, mutual_allowed):
        if steps_left[0] < 0:
            break
        trial[empty[0]] = challenger
        if _complete(trial, empty[1:], mutual_allowed, steps_left):
            return True
    trial[empty[0]] = None
    return False


def _free_for(host: int, draft: Draft, mutual_allowed: bool) -> list[int]:
    """Who may still challenge this host: whoever follows it first, round to the start."""
    everybody = list(draft)
    busy = set(draft.values())
    after = everybody.index(host) + 1
    return [
        one
        for one in everybody[after:] + everybody[: after - 1]
        if one not in busy and (mutual_allowed or draft.get(one) != host)
    ]
