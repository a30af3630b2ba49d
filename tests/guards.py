"""Every guard there is, and the product without one of them.

A guard is a rule of a `permissions` module or a `visible_to` of a queryset. Here one can watch
which of them refuse, and take one away: then it lets everybody through. Only what the product
asks goes through here; a test that asks a rule itself gets its true answer.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet

from peerchallenge.shared.answers import YES, Answer

OURS = ("authorities", "rounds", "feedback", "peerchallenge")
GIVES = {"Answer", "bool", Answer, bool}


class Watch:
    """`refused`: the guards that said no, or narrowed rows, since it was last emptied;
    `removed`: the one that is taken away."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.removed = ""

    def rule(self, name: str, guard: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*args: Any, **kwargs: Any) -> Any:
            if _asked_by_a_test():
                return guard(*args, **kwargs)
            if self.removed == name:
                return YES
            answer = guard(*args, **kwargs)
            if not answer:
                self.refused.add(name)
            return answer

        return watching

    def scope(self, name: str, visible_to: Callable[..., Any]) -> Callable[..., Any]:
        def watching(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
            if _asked_by_a_test():
                return visible_to(rows, user)
            if self.removed == name:
                return rows.all()
            self.refused.add(name)
            return visible_to(rows, user)

        return watching


@contextmanager
def watched() -> Iterator[Watch]:
    """Every guard goes through this watch while it lasts."""
    import_module(settings.ROOT_URLCONF)  # a view loaded later would not be given back its guards
    watch = Watch()
    undo: list[tuple[Any, str, Any]] = []
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(OURS)]
    watching = {id(guard): watch.rule(name, guard) for name, guard in rules()}
    for module in modules:
        for attribute, value in list(vars(module).items()):
            if id(value) in watching:
                undo.append((module, attribute, value))
                setattr(module, attribute, watching[id(value)])
    for name, queryset in scopes():
        undo.append((queryset, "visible_to", queryset.visible_to))
        queryset.visible_to = watch.scope(name, queryset.visible_to)
    try:
        yield watch
    finally:
        for owner, attribute, value in undo:
            setattr(owner, attribute, value)


@contextmanager
def without(name: str) -> Iterator[None]:
    with watched() as watch:
        watch.removed = name
        yield


def everything() -> set[str]:
    return {name for name, _ in rules()} | {name for name, _ in scopes()}


def rules() -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, module in list(sys.modules.items()):
        app, _, rest = name.partition(".")
        if app not in OURS or rest.partition(".")[0] != "permissions":
            continue
        for attribute, rule in list(vars(module).items()):
            if (
                inspect.isfunction(rule)
                and rule.__module__ == name
                and not attribute.startswith("_")
                and inspect.signature(rule).return_annotation in GIVES
            ):
                yield f"{name}.{attribute}", rule


def scopes() -> Iterator[tuple[str, Any]]:
    for model in apps.get_models():
        queryset = type(model._default_manager.get_queryset())
        if model.__module__.startswith(OURS) and "visible_to" in vars(queryset):
            yield f"{model.__name__}.visible_to", queryset


def _asked_by_a_test() -> bool:
    frame = sys._getframe(2)
    if frame.f_globals["__name__"] == "django.db.models.manager" and frame.f_back:
        frame = frame.f_back
    return str(frame.f_globals["__name__"]).startswith("tests")
