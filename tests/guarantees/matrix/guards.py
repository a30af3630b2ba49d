"""Every guard there is, and what happens without it.

A guard is a rule of a `permissions` module or a `visible_to` of a queryset. The matrix must
notice when one of them lets everybody through: while it asks, it writes down which guards said
no to whom; then it takes one guard away at a time and asks again where that guard had said no.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db.models import QuerySet

from peerchallenge.shared.answers import YES, Answer

OURS = ("authorities", "rounds", "feedback")
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
    """Who said no where, and which guards have been missed so far."""

    noticed: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    everything: set[str] = field(default_factory=set)
    removed: str = ""
    _said_no: set[str] = field(default_factory=set)
    _places: dict[str, list[Place]] = field(default_factory=dict)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Every guard reports here while this lasts."""
        undo: list[tuple[Any, str, Any]] = []
        for name, guard in _rules():
            watching = self._rule(name, guard)
            for module in list(sys.modules.values()):
                if getattr(module, "__name__", "").startswith((*OURS, "peerchallenge")):
                    for attribute, value in list(vars(module).items()):
                        if value is guard:
                            undo.append((module, attribute, guard))
                            setattr(module, attribute, watching)
        for name, queryset in _scopes():
            undo.append((queryset, "visible_to", queryset.visible_to))
            queryset.visible_to = self._scope(name, queryset.visible_to)
        self._places.clear()
        try:
            yield
        finally:
            for owner, attribute, value in undo:
                setattr(owner, attribute, value)

    def begin(self) -> None:
        self._said_no.clear()

    def note(self, place: Place) -> None:
        """After one request that was refused: the guards that refused something during it."""
        for name in self._said_no - self.noticed:
            self._places.setdefault(name, []).append(place)

    def try_without(self, ask: Callable[[Place], str]) -> None:
        """Take away each guard that said no, and ask again where it did."""
        for name, places in self._places.items():
            for place in _spread(places):
                self.removed = name
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
                    self.removed = ""

    def _rule(self, name: str, guard: Callable[..., Any]) -> Callable[..., Any]:
        self.everything.add(name)

        def watching(*args: Any, **kwargs: Any) -> Any:
            if self.removed == name:
                return YES
            answer = guard(*args, **kwargs)
            self.asked.add(name)
            if not answer:
                self._said_no.add(name)
            return answer

        return watching

    def _scope(self, name: str, visible_to: Callable[..., Any]) -> Callable[..., Any]:
        self.everything.add(name)

        def watching(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
            if self.removed == name:
                return rows.all()
            self.asked.add(name)
            self._said_no.add(name)
            return visible_to(rows, user)

        return watching


def _spread(places: list[Place]) -> list[Place]:
    """Some of them, from as many addresses as can be."""
    first_of_each = list({(place.name, place.method): place for place in places}.values())
    return (first_of_each + places)[:TRIES] if len(first_of_each) < TRIES else _every(first_of_each)


def _every(places: list[Place]) -> list[Place]:
    step = len(places) / TRIES
    return [places[int(number * step)] for number in range(TRIES)]


def _rules() -> Iterator[tuple[str, Callable[..., Any]]]:
    for app in OURS:
        package = f"{app}.permissions"
        for module in [
            name for name in sys.modules if name == package or name.startswith(f"{package}.")
        ]:
            for name, rule in list(vars(sys.modules[module]).items()):
                if (
                    inspect.isfunction(rule)
                    and rule.__module__ == module
                    and not name.startswith("_")
                ):
                    gives = inspect.signature(rule).return_annotation
                    if gives in {"Answer", "bool", Answer, bool}:
                        yield f"{module}.{name}", rule


def _scopes() -> Iterator[tuple[str, Any]]:
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            queryset = type(model._default_manager.get_queryset())
            if "visible_to" in vars(queryset):
                yield f"{model.__name__}.visible_to", queryset
