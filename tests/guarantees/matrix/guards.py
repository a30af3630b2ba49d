"""The matrix must notice when a guard lets everybody through.

While it asks, it writes down which guards refused somebody where; then it takes one guard away at a
time and asks again where that guard had refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests import guards

# So many places are asked again for one guard at one moment before it counts as not noticed.
TRIES = 6


@dataclass(frozen=True)
class Place:
    """Where and by whom something was asked, and what the policy says they get."""

    name: str
    method: str
    person: str
    expected: str


@dataclass
class Guards:
    """Which guards refused somebody where, and which have been missed so far."""

    noticed: set[str] = field(default_factory=set)
    _places: dict[str, list[Place]] = field(default_factory=dict)
    _watch: guards.Watch = field(default_factory=guards.Watch)

    @contextmanager
    def watched(self) -> Iterator[None]:
        self._places.clear()
        with guards.watched() as self._watch:
            yield

    def begin(self) -> None:
        self._watch.refused.clear()

    def note(self, place: Place) -> None:
        """After one request that was refused: the guards that refused something during it."""
        for name in self._watch.refused - self.noticed:
            self._places.setdefault(name, []).append(place)

    def try_without(self, ask: Callable[[Place], str]) -> None:
        """Take away each guard that refused, and ask again where it did."""
        for name, places in self._places.items():
            for place in _spread(places):
                self._watch.removed = name
                try:
                    if ask(place) != place.expected:
                        self.noticed.add(name)
                        break
                # A page that fails without it misses it too; an empty variable fails as no
                # Exception does.
                except (Exception, pytest.fail.Exception):  # noqa: BLE001
                    self.noticed.add(name)
                    break
                finally:
                    self._watch.removed = ""


def _spread(places: list[Place]) -> list[Place]:
    """Some of them, from as many addresses as can be."""
    first_of_each = list({(place.name, place.method): place for place in places}.values())
    return (first_of_each + places)[:TRIES] if len(first_of_each) < TRIES else _every(first_of_each)


def _every(places: list[Place]) -> list[Place]:
    step = len(places) / TRIES
    return [places[int(number * step)] for number in range(TRIES)]
