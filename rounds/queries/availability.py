"""When somebody cannot visit or be visited, and which working days of a round that leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from authorities.models import Authority, User
from authorities.states import ACTS_FOR_AUTHORITY
from peerchallenge.shared.dates import bank_holidays, is_working_day
from rounds.models import Round, Unavailable
from rounds.states import ROUND_OVER, ParticipationState, RoundState

# Whose days: the person's own, or an authority's by its key.
ME = "me"


@dataclass(frozen=True)
class FreeDays:
    """Of the working days to come in a round's window, how many are left to somebody."""

    working: int
    free: int
    # Of the free ones, those that are free only if nothing else is.
    rather_not: int

    @property
    def said(self) -> str:
        rather = f" ({self.rather_not} rather not)" if self.rather_not else ""
        return f"{self.free} of {self.working}{rather}"


def free_days(round: Round, authorities: Sequence[int]) -> dict[int, FreeDays]:
    """By authority; one query, however many there are."""
    there = Unavailable.objects.filter(
        authority__in=authorities, first_day__lte=round.visits_to, last_day__gte=round.visits_from
    )
    rows: dict[int | None, list[Unavailable]] = {}
    for row in there.order_by():
        rows.setdefault(row.authority_id, []).append(row)
    working = _still_to_come(round)
    return {key: _left(working, rows.get(key, [])) for key in authorities}


def _still_to_come(round: Round) -> frozenset[date]:
    """The working days of its window that are not over."""
    first = max(round.visits_from, timezone.localdate())
    return frozenset(working_days(first, round.visits_to))


def _left(working: frozenset[date], rows: Iterable[Unavailable]) -> FreeDays:
    cannot: set[date] = set()
    rather: set[date] = set()
    for row in rows:
        days = rather if row.rather_not else cannot
        days |= {day for day in working if row.first_day <= day <= row.last_day}
    return FreeDays(len(working), len(working - cannot), len(rather - cannot))


def working_days(first: date, last: date) -> list[date]:
    return [day for day in _each(first, last) if is_working_day(day)]


def _each(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


@dataclass(frozen=True)
class Period:
    """Some days in a row, as their page lists them."""

    pk: int
    days: str
    kind: str
    colour: str
    reason: str
    said_by: str


@dataclass(frozen=True)
class Window:
    """When the visits of one round may be, what that leaves, and which days nobody works."""

    name: str
    days: str
    free: FreeDays
    holidays: list[str]

    @property
    def holidays_said(self) -> str:
        number = len(self.holidays)
        return f"{number} bank holiday{'' if number == 1 else 's'} to come in this time"


@dataclass(frozen=True)
class Owner:
    """Somebody whose days these are: the person who looks, or an authority they act for."""

    key: str
    name: str
    coming: list[Period]
    past: list[Period]
    windows: list[Window] = field(default_factory=list)


def owners_for(user: User) -> list[Owner]:
    """The authorities they act for, then themselves; four queries, however many days."""
    authorities = acted_for(user)
    rows: dict[str, list[Unavailable]] = {}
    own = Unavailable.objects.filter(Q(user=user) | Q(authority__in=authorities))
    for row in own.select_related("said_by"):
        rows.setdefault(str(row.authority_id or ME), []).append(row)
    rounds = _rounds_of(authorities) if authorities else []
    return [
        *(_owner(str(one.pk), one.name, rows.get(str(one.pk), []), rounds) for one in authorities),
        _owner(ME, "You yourself", rows.get(ME, []), []),
    ]


def also_otherwise(row: Unavailable) -> bool:
    """Whether some of these days are said as well to be of the other kind."""
    return (
        Unavailable.objects.filter(
            authority=row.authority_id,
            user=row.user_id,
            first_day__lte=row.last_day,
            last_day__gte=row.first_day,
        )
        .exclude(rather_not=row.rather_not)
        .exists()
    )


def acted_for(user: User) -> list[Authority]:
    found = Authority.objects.filter(pk__in=user.authorities_where(*ACTS_FOR_AUTHORITY))
    return list(found.order_by("name"))


def _owner(key: str, name: str, rows: list[Unavailable], rounds: Iterable[Round]) -> Owner:
    today = timezone.localdate()
    return Owner(
        key,
        name,
        [_period(row) for row in rows if row.last_day >= today],
        [_period(row) for row in reversed(rows) if row.last_day < today],
        [
            window_of(one, _left(_still_to_come(one), rows))
            for one in rounds
            if key in _taking_part(one)
        ],
    )


def _period(row: Unavailable) -> Period:
    kind, colour = ("Would rather not", "yellow") if row.rather_not else ("Cannot", "grey")
    return Period(
        row.pk, span(row.first_day, row.last_day), kind, colour, row.reason, str(row.said_by)
    )


def _rounds_of(authorities: Iterable[Authority]) -> list[Round]:
    """Those they were invited to whose visits are still to come."""
    found = Round.objects.filter(
        visits_to__gte=timezone.localdate(), participations__authority__in=authorities
    ).exclude(state__in=(RoundState.DRAFT, *ROUND_OVER))
    return list(found.distinct().prefetch_related("participations"))


def _taking_part(round: Round) -> set[str]:
    return {
        str(one.authority_id)
        for one in round.participations.all()
        if one.state != ParticipationState.WITHDRAWN
    }


def window_of(round: Round, free: FreeDays) -> Window:
    return Window(round.name, span(round.visits_from, round.visits_to), free, holidays_in(round))


def holidays_in(round: Round) -> list[str]:
    """“Good Friday, Friday 26 March 2027”: those to come on which nobody visits."""
    closed = sorted(bank_holidays().items())
    first = max(round.visits_from, timezone.localdate())
    return [
        f"{name}, {span(day, day)}"
        for day, name in closed
        if first <= day <= round.visits_to and day.weekday() < 5
    ]


def span(first: date, last: date) -> str:
    """“Monday 3 May 2027” or “Monday 3 May 2027 to Friday 7 May 2027”."""
    if first == last:
        return _day(first)
    return f"{_day(first)} to {_day(last)}"


def days_said(row: Unavailable) -> str:
    """On one line, its reason too: for officers."""
    kind = "rather not" if row.rather_not else "cannot"
    return f"{span(row.first_day, row.last_day)}: {kind}. {row.reason}".strip()


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
