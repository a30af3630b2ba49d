"""Whether the visits of one challenge fit into the days on which both authorities can."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Stay(NamedTuple):
    """Days in a row on site; `gap_*` count calendar days from the last day of the stay before."""

    id: str
    days: int = 1
    after: str = ""
    gap_least: int = 0
    gap_most: int = 0


@lru_cache(maxsize=4096)
def fit(free: frozenset[date], stays: tuple[Stay, ...]) -> bool:
    """Whether every stay has days among the free ones; one day is enough where none is named.

    A stay of several days lies within days that follow each other, so never over a weekend.
    """
    if not stays:
        return bool(free)
    roots = [stay for stay in stays if not stay.after]
    return all(any(_fits(root, day, free, stays) for day in free) for root in roots)


def _fits(stay: Stay, first: date, free: frozenset[date], stays: tuple[Stay, ...]) -> bool:
    if any(first + timedelta(days=step) not in free for step in range(stay.days)):
        return False
    last = first + timedelta(days=stay.days - 1)
    return all(
        any(
            _fits(following, last + timedelta(days=gap), free, stays)
            for gap in range(following.gap_least, following.gap_most + 1)
        )
        for following in stays
        if following.after == stay.id
    )
