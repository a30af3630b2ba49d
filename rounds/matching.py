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
class Problem:
    """A rule that these hosts' pairs break."""

    rule: str
    hosts: frozenset[int]
    text: str


def not_oneself(pairs: Sequence[Pair], names: Names) -> list[Problem]:
    return [
        Problem("oneself", frozenset({host}), f"{names[host]} cannot challenge itself.")
        for host, challenger in pairs
        if host == challenger
    ]


def challenges_once(pairs: Sequence[Pair], names: Names) -> list[Problem]:
    given = Counter(challenger for _, challenger in pairs)
    return [
        Problem(
            "capacity",
            frozenset(host for host, by in pairs if by == challenger),
            f"{names[challenger]} is to challenge {times} authorities: it may give one challenge.",
        )
        for challenger, times in given.items()
        if times > 1
    ]


def challenged_once(pairs: Sequence[Pair], names: Names) -> list[Problem]:
    hosted = Counter(host for host, _ in pairs)
    return [
        Problem("host_once", frozenset({host}), f"{names[host]} is to be challenged {times} times.")
        for host, times in hosted.items()
        if times > 1
    ]


def never_mutual(pairs: Sequence[Pair], names: Names) -> list[Problem]:
    chosen = set(pairs)
    return [
        Problem(
            "mutual",
            frozenset({host, challenger}),
            f"{names[host]} and {names[challenger]} would challenge each other.",
        )
        for host, challenger in sorted(chosen)
        if host < challenger and (challenger, host) in chosen
    ]


RULES: list[Callable[[Sequence[Pair], Names], list[Problem]]] = [
    not_oneself,
    challenges_once,
    challenged_once,
]


def problems(pairs: Sequence[Pair], names: Names, *, mutual_allowed: bool = False) -> list[Problem]:
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
