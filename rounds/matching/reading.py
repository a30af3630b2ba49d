"""A problem as JSON, read strictly: the first fault is named with its place."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, NoReturn

from rounds.matching.problem import (
    BEST_SCORE,
    TOPOLOGIES,
    Arc,
    Authority,
    Fault,
    Ids,
    Problem,
    check,
)

Reader = Callable[[Any, str], Any]
# A count above this is a slip of the keyboard.
MOST_COUNTED = 100_000


def read_problem(text: str | bytes) -> Problem:
    """The problem that this JSON states; Fault says what is wrong with it, and where."""
    try:
        data = json.loads(text, object_pairs_hook=_each_key_once)
    except Fault:
        raise
    except (ValueError, RecursionError) as why:
        raise Fault("", f"not JSON: {why}") from why
    problem = Problem(**_object(data, "", PROBLEM, needed=("topology", "authorities", "arcs")))
    check(problem)
    return problem


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        _wrong(next(key for key in keys if keys.count(key) > 1), "twice in one object")
    return found


def _wrong(path: str, text: str) -> NoReturn:
    raise Fault(path, text)


def _object(
    data: Any, path: str, readers: dict[str, Reader], needed: tuple[str, ...]
) -> dict[str, Any]:
    """The values read, by key; a key that was left out keeps its default."""
    if not isinstance(data, dict):
        _wrong(path, "must be an object")
    inside = f"{path}." if path else ""
    for key in data:
        if key not in readers:
            _wrong(f"{inside}{key}", "an unknown key")
    for key in needed:
        if key not in data:
            _wrong(f"{inside}{key}", "is missing")
    return {key: readers[key](value, f"{inside}{key}") for key, value in data.items()}


def _list(reader: Reader) -> Reader:
    def read(data: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(data, list):
            _wrong(path, "must be a list")
        return tuple(reader(value, f"{path}[{place}]") for place, value in enumerate(data))

    return read


def _words(data: Any, path: str) -> str:
    if not isinstance(data, str) or not data.strip():
        _wrong(path, "must be text, and not empty")
    return data


def _one_of(choices: tuple[str, ...]) -> Reader:
    def read(data: Any, path: str) -> str:
        if not isinstance(data, str) or data not in choices:
            _wrong(path, f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return data

    return read


def _yes_or_no(data: Any, path: str) -> bool:
    if not isinstance(data, bool):
        _wrong(path, "must be true or false")
    return data


def _whole(least: int, most: int) -> Reader:
    def read(data: Any, path: str) -> int:
        if not isinstance(data, int) or isinstance(data, bool) or not least <= data <= most:
            _wrong(path, f"must be a whole number from {least} to {most}")
        return data

    return read


def _parts(data: Any, path: str) -> dict[str, float]:
    """What a score is made of; a part may count against it."""
    if not isinstance(data, dict):
        _wrong(path, "must be an object")
    for key, value in data.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value):
            _wrong(f"{path}.{key}", "must be a number")
    return data


def _pair(data: Any, path: str) -> Ids:
    if not isinstance(data, list) or len(data) != 2:
        _wrong(path, "must be a host and a challenger")
    return _words(data[0], f"{path}[0]"), _words(data[1], f"{path}[1]")


def _authority(data: Any, path: str) -> Authority:
    return Authority(**_object(data, path, AUTHORITY, needed=("id",)))


def _arc(data: Any, path: str) -> Arc:
    return Arc(**_object(data, path, ARC, needed=("host", "challenger", "score")))


AUTHORITY: dict[str, Reader] = {
    "id": _words,
    "name": _words,
    "hosts": _yes_or_no,
    "gives_least": _whole(0, MOST_COUNTED),
    "gives_most": _whole(0, MOST_COUNTED),
}
ARC: dict[str, Reader] = {
    "host": _words,
    "challenger": _words,
    "score": _whole(0, BEST_SCORE),
    "moderator_score": _whole(0, BEST_SCORE),
    "parts": _parts,
    "blocked_by": _list(_words),
}
PROBLEM: dict[str, Reader] = {
    "topology": _one_of(TOPOLOGIES),
    "challengers_per_host": _whole(1, MOST_COUNTED),
    "group_sizes": _list(_whole(2, MOST_COUNTED)),
    "mutual_allowed": _yes_or_no,
    "objective": _list(_one_of(("moved", "worst", "total"))),
    "authorities": _list(_authority),
    "arcs": _list(_arc),
    "locked": _list(_pair),
    "previous": _list(_pair),
}
