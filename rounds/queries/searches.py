"""How the search for a round's days is getting on, and what the last one found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from peerchallenge.outbox.models import Effect, EffectState
from rounds.models import Challenge, DateSearch, Round
from rounds.queries.calendar import Visit
from rounds.queries.dating import days_kept
from rounds.queries.visits import counted, day_said, days_said
from rounds.states import DateSearchState

TASK = "rounds.find_dates"
GOING_ON = (DateSearchState.WAITING, DateSearchState.RUNNING)


@dataclass(frozen=True)
class Looking:
    """A search that is going on, or that came to nothing: then `error` says why."""

    step: str
    done: int
    of: int
    again: bool
    error: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.error)


@dataclass(frozen=True)
class Found:
    """What the last search found. `waits`: an officer has still to say whether visits move."""

    search: DateSearch
    proof: str
    why: list[dict[str, Any]]
    left: list[str]
    waits: bool

    @property
    def said(self) -> str:
        """“Days for 16 visits were found at 14:02 on 3 January 2027.”"""
        at = timezone.localtime(self.search.ended_at)
        visits = counted(len(self.search.found["days"]), "visit")
        return f"Days for {visits} were looked for at {at:%H:%M} on {day_said(at.date())}."


@dataclass(frozen=True)
class Move:
    """A visit that would move; `sent`: all sides know its days and would be told others."""

    host: str
    challengers: str
    was: str
    then: str
    sent: bool


def last_search(round: Round) -> DateSearch | None:
    return round.date_searches.select_related("asked_by").first()


def looking(search: DateSearch | None) -> Looking | None:
    """None where nobody looks, and the last search came to its end."""
    if search is None or search.state == DateSearchState.DONE:
        return None
    if search.state == DateSearchState.FAILED:
        return Looking("", 0, 0, search.again, search.error)
    effect = Effect.objects.of(TASK, [search.pk]).order_by("-pk").first()
    if effect and effect.state == EffectState.FAILED:
        error = "It was tried three times. The messages page says what went wrong."
        return Looking("", 0, 0, search.again, error)
    step = search.step or "Waiting for a worker"
    if effect and effect.state == EffectState.WAITING and effect.attempts:
        step = "It was interrupted, and begins once more in a moment"
    return Looking(step, search.done, search.of, search.again)


def found_by(search: DateSearch | None, visits: Sequence[Visit]) -> Found | None:
    if search is None or search.state != DateSearchState.DONE or search.result is None:
        return None
    result = search.result
    hosts = {visit.key: visit.host for visit in visits}
    days = days_kept(result, "days")
    stands = bool(days) and all(
        visit.days == days[visit.key] for visit in visits if visit.key in days
    )
    without = any(visit.open and not visit.days for visit in visits)
    waits = search.again and not result["answer"]
    return Found(
        search,
        _proof(result, again=search.again) if stands or waits else "",
        result["why"] if without or waits else [],
        [hosts[pk] for pk in result["left"] if pk in hosts],
        waits and moves_something(result),
    )


def moves_something(result: Mapping[str, Any]) -> bool:
    was = days_kept(result, "was")
    return any(days != was.get(pk) for pk, days in days_kept(result, "days").items())


def _proof(result: Mapping[str, Any], *, again: bool) -> str:
    if result["proven"] and again:
        return "Fewer moves are not possible, and with as few no plan is better: this is proven."
    if result["proven"]:
        return "No better plan exists: this is proven."
    points, least = result["values"].get("penalty"), result["bounds"].get("penalty")
    if points is None or least is None:
        return ""
    return (
        "A better plan may exist: the time was not enough to rule it out. "
        f"This one has {counted(points, 'point')}; none has fewer than {least}."
    )


def moves_in(search: DateSearch, challenges: Sequence[Challenge]) -> list[Move]:
    """What would change, by the host's name; visits without days until now among them."""
    days, was = days_kept(search.found, "days"), days_kept(search.found, "was")
    return [
        Move(
            one.host_authority.name,
            one.challengers_said,
            _said(was.get(one.pk, {})) or "No days yet",
            _said(days[one.pk]),
            one.dates_sent,
        )
        for one in challenges
        if one.pk in days and days[one.pk] != was.get(one.pk)
    ]


def _said(days: Mapping[str, date]) -> str:
    return days_said(sorted(days.values()))
