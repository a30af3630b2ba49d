"""A host's several challengers, as one challenge: the first of them, then its fellows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

CHALLENGER, READER, MODERATOR = "challenger", "reader", "moderator"
Key = TypeVar("Key", int, str)


class Given(NamedTuple, Generic[Key]):
    """A host, one that challenges it, and what that one does there."""

    host: Key
    challenger: Key
    part: str = CHALLENGER


class Hosted(NamedTuple, Generic[Key]):
    """One host's challenge: `first` names who leads; `fellows` are challengers with their parts."""

    host: Key
    first: Key
    fellows: tuple[tuple[Key, str], ...] = ()


def challenges_from(
    pairs: Iterable[Given[Key]], firsts: Mapping[Key, Key] | None = None
) -> list[Hosted[Key]]:
    """One challenge for each host, by host; the same for the same pairs in any order.

    As far as it can be nobody is first for two hosts, so that in a group each is first once:
    the first of a host is whoever follows it in the order of the keys, round to the start. A
    moderator is never first. `firsts`, host to its first so far, are kept where they still
    challenge that host.
    """
    parts: dict[Key, dict[Key, str]] = defaultdict(dict)
    for host, challenger, part in pairs:
        parts[host][challenger] = part
    chosen = distinct({host: _in_turn(host, parts[host]) for host in sorted(parts)}, firsts or {})
    return [
        Hosted(
            host,
            chosen[host],
            tuple(
                (one, parts[host][one])
                for one in sorted(parts[host], key=lambda one: (parts[host][one] == MODERATOR, one))
                if one != chosen[host]
            ),
        )
        for host in sorted(parts)
    ]


def _in_turn(host: Key, parts: Mapping[Key, str]) -> list[Key]:
    """Who may be first, whoever follows the host before whoever comes before it."""
    readers = [one for one in parts if parts[one] != MODERATOR]
    return sorted(readers or parts, key=lambda one: (one < host, one))


def distinct(wanted: Mapping[Key, list[Key]], before: Mapping[Key, Key]) -> dict[Key, Key]:
    """One for each host out of those it may have, the first of them that nobody else needs.

    As many different ones as there can be; `before` are kept where the host may have them.
    """
    taken: dict[Key, Key] = {}
    for host, one in sorted(before.items()):
        if one in wanted.get(host, ()) and one not in taken:
            taken[one] = host
    fixed = frozenset(taken)
    for host in wanted:
        if host not in taken.values():
            _place(host, wanted, taken, fixed, set())
    # Where there are too few of them, somebody is taken twice.
    again = {
        host: before[host] if before.get(host) in one else one[0] for host, one in wanted.items()
    }
    return again | {host: one for one, host in taken.items()}


def _place(
    host: Key,
    wanted: Mapping[Key, list[Key]],
    taken: dict[Key, Key],
    fixed: frozenset[Any],
    tried: set[Any],
) -> bool:
    """Find this host one that is free, or whose host can have another."""
    for one in wanted[host]:
        if one in tried or one in fixed:
            continue
        tried.add(one)
        if one not in taken or _place(taken[one], wanted, taken, fixed, tried):
            taken[one] = host
            return True
    return False
