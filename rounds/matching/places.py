"""Who sits where in a draft of a round: what two places exchanged make, and who does which part.

A draft is its pairs, (host, challenger), each with its part. In pairs and groups a place is a
member and somebody it sits with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import permutations
from typing import NamedTuple

from rounds.matching.challenges import CHALLENGER, MODERATOR, READER, distinct
from rounds.matching.problem import GROUPS, PAIRS, PANEL, Ids, Problem
from rounds.matching.rules import listed

# What each challenger of a host in a panel does, in this order.
PANEL_PARTS = (READER, READER, MODERATOR)
Parts = dict[Ids, str]


class Seat(NamedTuple):
    """A place on the board: a host and its challenger, where either may be nobody.

    In pairs and groups the challenger is the member that sits here, the host anybody it sits with.
    """

    host: str | None
    challenger: str | None


class NotSwapped(ValueError):
    """Why these two places are not exchanged, as a sentence for the officer."""


def swapped(problem: Problem, parts: Mapping[Ids, str], one: Seat, other: Seat) -> Parts:
    """The draft with who sits on two places exchanged; NotSwapped where that makes no sense.

    Either place may be empty: then one of the two moves. What each place asks of whoever sits
    there stays with the place.
    """
    if problem.topology in (PAIRS, GROUPS):
        return together(_members_exchanged(problem, groups_of(parts), one, other))
    if one.challenger is None and other.challenger is None:
        raise NotSwapped("Not swapped: nobody sits on either place. Choose a challenger.")
    if one.host is None and other.host is None:
        raise NotSwapped("Not swapped: neither challenges anybody yet. Choose a host’s place.")
    rest = {pair: part for pair, part in parts.items() if pair not in (one, other)}
    for seat, newcomer in ((one, other.challenger), (other, one.challenger)):
        if seat.host is None or newcomer is None:
            continue
        if seat.host == newcomer:
            raise NotSwapped("Not swapped: one of the two would challenge itself. Choose another.")
        if (seat.host, newcomer) in rest:
            name, host = problem.name(newcomer), problem.name(seat.host)
            raise NotSwapped(f"Not swapped: {name} challenges {host} already.")
        part = parts.get((seat.host, seat.challenger or ""))
        rest[seat.host, newcomer] = part or _wanted(problem, rest, seat.host)
    return rest


def _wanted(problem: Problem, parts: Mapping[Ids, str], host: str) -> str:
    """The first part that nobody does for this host yet."""
    missing = list(PANEL_PARTS if problem.topology == PANEL else ())
    for pair, part in parts.items():
        if pair[0] == host and part in missing:
            missing.remove(part)
    return missing[0] if missing else CHALLENGER


def _members_exchanged(
    problem: Problem, groups: list[tuple[str, ...]], one: Seat, other: Seat
) -> list[tuple[str, ...]]:
    found = [set(group) for group in groups]
    at = []
    for seat in (one, other):
        known = [group for group in found if group & {seat.host, seat.challenger}]
        at.append(known[0] if known else {seat.challenger or ""})
    if at[0] is at[1] or not (one.challenger or other.challenger):
        names = listed([problem.name(who) for who in sorted(at[0])])
        raise NotSwapped(f"Not swapped: {names} are together already. Choose from two of them.")
    for group, leaves, comes in zip(
        at, (one.challenger, other.challenger), (other.challenger, one.challenger), strict=True
    ):
        group.discard(leaves or "")
        group.update({comes} if comes else ())
    return [tuple(sorted(group)) for group in found if len(group) > 1]


def groups_of(pairs: Iterable[Ids]) -> list[tuple[str, ...]]:
    """Who sits together, each in the order of the ids; whoever is alone is in none."""
    found: dict[str, set[str]] = {}
    for one, other in sorted(pairs):
        joined = found.get(one, {one}) | found.get(other, {other})
        found |= dict.fromkeys(joined, joined)
    return sorted({tuple(sorted(group)) for group in found.values()})


def together(groups: Iterable[Collection[str]]) -> Parts:
    """All in a group challenge each other."""
    return {pair: CHALLENGER for group in groups for pair in permutations(sorted(group), 2)}


def parted(
    problem: Problem, pairs: Iterable[Ids], before: Mapping[Ids, str] | None = None
) -> Parts:
    """Who does which part: as `before` where that can stay, as few as can be moderate twice."""
    chosen = sorted(set(pairs))
    if problem.topology != PANEL:
        return dict.fromkeys(chosen, CHALLENGER)
    before = before or {}
    hosts: dict[str, list[str]] = {}
    for host, one in chosen:
        hosts.setdefault(host, []).append(one)
    kept = {
        host: one for host in hosts for one in hosts[host] if before.get((host, one)) == MODERATOR
    }
    # With fewer than three, somebody reads before anybody moderates.
    full = {
        host: [one for one in others if (host, one) not in before] or others
        for host, others in hosts.items()
        if len(others) >= len(PANEL_PARTS)
    } | {host: [one] for host, one in kept.items()}
    moderates = distinct(full, kept)
    return {
        (host, one): MODERATOR if moderates.get(host) == one else READER for host, one in chosen
    }
