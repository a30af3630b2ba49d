"""A problem as JSON, checked; what is wrong is named by its place."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from rounds.scheduling.days import Phase
from rounds.scheduling.problem import TERMS, Challenge, Problem, Term

MOST_DAYS_IN_A_ROW = 5
LONGEST_WINDOW = 1100  # days; three years
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadInput(Exception):
    """The problem cannot be read; says where and why in one line."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(f"{path}: {text}" if path else text)


class _Object(dict[str, object]):
    """A JSON object that remembers the names it was given twice."""

    def __init__(self, pairs: Iterable[tuple[str, object]]) -> None:
        pairs = list(pairs)
        super().__init__(pairs)
        self.twice = [name for name, times in Counter(n for n, _ in pairs).items() if times > 1]


def read_problem(text: str) -> Problem:
    """The problem in a JSON text. Raises BadInput."""
    try:
        raw = json.loads(text, object_pairs_hook=_Object)
    except json.JSONDecodeError as error:
        raise BadInput(f"line {error.lineno} column {error.colno}", "is not JSON") from error
    except (RecursionError, ValueError) as error:
        raise BadInput("", "the problem is nested too deeply or holds too long a number") from error
    top = _members(
        raw,
        "",
        needed=("window", "phases", "challenges"),
        other=(*("closed", "per_week_most", "unavailable", "rather_not", "previous", "objective"),),
    )
    window = _window(top["window"])
    phases = _phases(top["phases"], window)
    names = {phase.id for phase in phases}
    challenges = tuple(
        _challenge(one, f"challenges[{place}]", names)
        for place, one in enumerate(_list(top["challenges"], "challenges"))
    )
    _no_duplicates([(f"challenges[{n}].id", one.id) for n, one in enumerate(challenges)])
    previous = {
        challenge: _phase_dates(dates, f"previous.{challenge}", names)
        for challenge, dates in _given(top, "previous").items()
    }
    for challenge in previous:
        if challenge not in {one.id for one in challenges}:
            raise BadInput(f"previous.{challenge}", "there is no such challenge")
    most = top.get("per_week_most")
    return Problem(
        window=window,
        phases=phases,
        challenges=challenges,
        closed=frozenset(_days(top.get("closed"), "closed")),
        per_week_most=None if most is None else _number(most, "per_week_most"),
        unavailable={
            person: frozenset(_days(days, f"unavailable.{person}"))
            for person, days in _given(top, "unavailable").items()
        },
        rather_not={
            person: _points(points, f"rather_not.{person}")
            for person, points in _given(top, "rather_not").items()
        },
        previous=previous,
        objective=_objective(top.get("objective"), previous),
    )


def _window(raw: object) -> tuple[date, date]:
    days = _days(raw, "window")
    if len(days) != 2:
        raise BadInput("window", "must be two dates, the first day and the last")
    first, last = days
    if last < first:
        raise BadInput("window", f"ends on {last} before it starts on {first}")
    if (last - first).days > LONGEST_WINDOW:
        raise BadInput("window", f"is longer than {LONGEST_WINDOW} days")
    return first, last


def _phases(raw: object, window: tuple[date, date]) -> tuple[Phase, ...]:
    items = _list(raw, "phases")
    if not items:
        raise BadInput("phases", "must name at least one phase")
    phases = tuple(_phase(one, f"phases[{n}]", window) for n, one in enumerate(items))
    _no_duplicates([(f"phases[{n}].id", phase.id) for n, phase in enumerate(phases)])
    after = {phase.id: phase.after for phase in phases}
    for place, phase in enumerate(phases):
        if phase.after and phase.after not in after:
            raise BadInput(f"phases[{place}].after", f"there is no phase {_shown(phase.after)}")
    for place, phase in enumerate(phases):
        seen, before = {phase.id}, phase.after
        while before:
            if before in seen:
                raise BadInput(f"phases[{place}].after", "the phases go round in a circle")
            seen.add(before)
            before = after[before]
    return phases


def _phase(raw: object, path: str, window: tuple[date, date]) -> Phase:
    phase = _members(
        raw, path, needed=("id",), other=("days", "after", "gap_least", "gap_most", "label")
    )
    name = _text(phase["id"], f"{path}.id")
    days = _number(_or(phase.get("days"), 1), f"{path}.days", least=1)
    if days > MOST_DAYS_IN_A_ROW:
        raise BadInput(f"{path}.days", f"{days} days in a row do not fit into Monday to Friday")
    after = _or(phase.get("after"), "")
    after = _text(after, f"{path}.after") if after != "" else ""
    longest = (window[1] - window[0]).days
    least = _number(_or(phase.get("gap_least"), 1 if after else 0), f"{path}.gap_least")
    most = _number(_or(phase.get("gap_most"), max(longest, least)), f"{path}.gap_most")
    if least > most:
        raise BadInput(f"{path}.gap_least", f"{least} is more than gap_most, {most}")
    label = _text(_or(phase.get("label"), name), f"{path}.label")
    return Phase(name, label, after, least, most, days)


def _challenge(raw: object, path: str, phases: set[str]) -> Challenge:
    one = _members(
        raw,
        path,
        needed=("id", "host"),
        other=("parties", "pinned", "not_before", "not_after"),
    )
    parties = [
        _text(party, f"{path}.parties[{place}]")
        for place, party in enumerate(_list(_or(one.get("parties"), []), f"{path}.parties"))
    ]
    _no_duplicates([(f"{path}.parties[{n}]", party) for n, party in enumerate(parties)])
    bounds = {
        name: None if one.get(name) is None else _day(one[name], f"{path}.{name}")
        for name in ("not_before", "not_after")
    }
    before, after = bounds["not_before"], bounds["not_after"]
    if before and after and after < before:
        raise BadInput(f"{path}.not_after", f"{after} is before not_before, {before}")
    return Challenge(
        id=_text(one["id"], f"{path}.id"),
        host=_text(one["host"], f"{path}.host"),
        parties=tuple(parties),
        pinned=_phase_dates(_or(one.get("pinned"), {}), f"{path}.pinned", phases),
        not_before=before,
        not_after=after,
    )


def _objective(raw: object, previous: Mapping[str, object]) -> tuple[Term, ...]:
    if raw is None:
        return TERMS if previous else ("penalty",)
    terms: list[Term] = []
    for place, name in enumerate(_list(raw, "objective")):
        term = next((one for one in TERMS if one == name), None)
        if term is None or term in terms:
            allowed = " and ".join(TERMS)
            raise BadInput(f"objective[{place}]", f"{_shown(name)}: there is {allowed}, each once")
        terms.append(term)
    if not terms:
        raise BadInput("objective", "must name at least one term")
    return tuple(terms)


def _points(raw: object, path: str) -> dict[date, int]:
    return {
        _day(day, path): _number(points, f"{path}.{day}")
        for day, points in _members(raw, path).items()
    }


def _phase_dates(raw: object, path: str, phases: set[str]) -> dict[str, date]:
    dates = {}
    for phase, day in _members(raw, path).items():
        if phase not in phases:
            raise BadInput(f"{path}.{phase}", "there is no such phase")
        dates[phase] = _day(day, f"{path}.{phase}")
    return dates


def _given(top: Mapping[str, object], name: str) -> Mapping[str, object]:
    return _members(_or(top.get(name), {}), name)


def _members(
    raw: object, path: str, *, needed: Iterable[str] = (), other: Iterable[str] | None = None
) -> Mapping[str, object]:
    """The object's members; with `other`, only those that are named may be there."""
    inside = f"{path}." if path else ""
    if not isinstance(raw, dict):
        raise BadInput(path, f"{_shown(raw)} is not an object")
    for name in getattr(raw, "twice", ()):
        raise BadInput(f"{inside}{name}", "is there twice")
    for name in needed:
        if name not in raw:
            raise BadInput(f"{inside}{name}", "is missing")
    for name in raw if other is not None else ():
        if name not in {*needed, *(other or ())}:
            raise BadInput(f"{inside}{name}", "is not a known name")
    return raw


def _or(value: object, otherwise: object) -> object:
    return otherwise if value is None else value


def _shown(raw: object) -> str:
    shown = json.dumps(raw, ensure_ascii=False)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _list(raw: object, path: str) -> list[object]:
    if not isinstance(raw, list):
        raise BadInput(path, f"{_shown(raw)} is not a list")
    return raw


def _text(raw: object, path: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise BadInput(path, f"{_shown(raw)} is not a text" if raw != "" else "is empty")
    return raw


def _number(raw: object, path: str, least: int = 0) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise BadInput(path, f"{_shown(raw)} is not a whole number")
    if not least <= raw <= 1_000_000:
        raise BadInput(path, f"{_shown(raw)} is not between {least} and 1,000,000")
    return raw


def _day(raw: object, path: str) -> date:
    try:
        if isinstance(raw, str) and DATE.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    shown = raw if isinstance(raw, str) and len(raw) <= 40 else _shown(raw)
    raise BadInput(path, f"{shown} is not a date")


def _days(raw: object, path: str) -> list[date]:
    return [_day(one, f"{path}[{place}]") for place, one in enumerate(_list(_or(raw, []), path))]


def _no_duplicates(named: Iterable[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            raise BadInput(path, f"{name} is there twice")
        seen.add(name)
