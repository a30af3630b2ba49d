"""A good split into pairs or groups, found quickly and without proof, for when time is short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from rounds.matching.model import Model

MOST_STEPS = 5_000
Sets = dict[frozenset[str], int]


def first_split(model: Model, values: Sequence[int], allowed: Sequence[bool]) -> list[int] | None:
    """Columns that hold everybody once: the best that fit one after the other, then swaps.

    None where a search of so many steps finds no split.
    """
    apart = [
        set(r.why_least.about) for r in model.rows if r.why_least and len(r.why_least.about) > 1
    ]
    sets: Sets = {}
    for place, column in enumerate(model.columns):
        members = frozenset(seat.arc.host for seat in column)
        if allowed[place] and all(len(members & pair) != 1 for pair in apart):
            sets[members] = place
    worth = {members: values[place] for members, place in sets.items()}
    split = _greedy(model.ids, worth)
    if split is None:
        return None
    while _swapped(split, worth):
        pass
    return sorted(sets[members] for members in split)


def _greedy(ids: Sequence[str], worth: Mapping[frozenset[str], int]) -> list[frozenset[str]] | None:
    holding: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for members in sorted(worth, key=lambda one: (-worth[one] / len(one), sorted(one))):
        for who in members:
            holding[who].append(members)
    steps = MOST_STEPS

    def search(left: frozenset[str]) -> list[frozenset[str]] | None:
        nonlocal steps
        if not left:
            return []
        steps -= 1
        # Whoever comes first by id among those with the fewest sets to be in at all.
        who = min(left, key=lambda one: (len(holding[one]), one))
        for members in holding[who]:
            if steps < 0:
                return None
            if members <= left and (rest := search(left - members)) is not None:
                return [members, *rest]
        return None

    return search(frozenset(ids))


def _swapped(split: list[frozenset[str]], worth: Mapping[frozenset[str], int]) -> bool:
    """Exchange two members of two sets where that is better; whether anything was."""
    better = False
    for one, other in combinations(range(len(split)), 2):
        for a in sorted(split[one]):
            for b in sorted(split[other]):
                now = worth[split[one]] + worth[split[other]]
                if a not in split[one] or b not in split[other]:
                    continue
                left, right = split[one] - {a} | {b}, split[other] - {b} | {a}
                if left in worth and right in worth and worth[left] + worth[right] > now:
                    split[one], split[other], better = left, right, True
    return better
