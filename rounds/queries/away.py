"""Who takes part in a visit, and on which days they said that they cannot, or would rather not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from authorities.models import Authority, Region, User, Venue
from authorities.queries.calendars import calendar_between
from peerchallenge.shared.dates import bank_holidays, each_day
from rounds.models import Challenge, TeamMember, Unavailable, VisitDay

# Of a visit whose timetable has begun, the places in it too.
Who = Authority | User | Venue
Taken = Mapping[Who, frozenset[date]]
Named = Mapping[date, str]
NONE: frozenset[date] = frozenset()
# A phase is over within the week in which it begins.
LONGEST = timedelta(days=6)


@dataclass(frozen=True)
class Away:
    """Days between two others, by whom."""

    cannot: Taken
    rather_not: Taken


@dataclass(frozen=True)
class Known:
    """All that is known of days between two others.

    `closed`: to everybody, with their names. `cannot`: said, or an inspection. `holidays`: of an
    authority's schools, by name. `warned`: the time before its elections.
    """

    closed: Named
    cannot: Taken
    rather_not: Taken
    holidays: Mapping[Who, Named]
    warned: Mapping[Who, Named]


def attending(challenges: Collection[Challenge]) -> dict[int, list[Who]]:
    """By challenge: its authorities, whoever sits in its team now, where it has sessions.

    Sessions follow the visit to other days, so a place is needed on all of them; two queries.
    """
    seats = TeamMember.objects.current().filter(challenge__in=[one.pk for one in challenges])
    teams: dict[int, list[User]] = defaultdict(list)
    for seat in seats.select_related("user").order_by("user__name", "pk"):
        teams[seat.challenge_id].append(seat.user)
    places = _places_of(challenges)
    return {
        one.pk: [*(side.authority for side in one.sides), *teams[one.pk], *places[one.pk]]
        for one in challenges
    }


def _places_of(challenges: Collection[Challenge]) -> dict[int, list[Venue]]:
    rows = (
        Venue.objects.filter(sessions__timetable__challenge__in=[one.pk for one in challenges])
        .annotate(challenge=F("sessions__timetable__challenge"))
        .select_related("authority")
        .distinct()
    )
    found: dict[int, list[Venue]] = defaultdict(list)
    for venue in rows.order_by("name", "pk"):
        found[venue.challenge].append(venue)  # type: ignore[attr-defined]
    return found


def called(who: Who) -> str:
    """“Ann Example”; “County Hall in Devon”."""
    return f"{who.name} in {who.authority.name}" if isinstance(who, Venue) else who.name


def cannot_said(who: Who, when: str, *, rather_not: bool = False) -> str:
    """“Ann Example cannot on 3 June 2031”; never why."""
    if isinstance(who, Venue):
        words = "should not be used" if rather_not else "is not available"
        return f"{who.name}, where there are sessions, {words} on {when}"
    return f"{who.name} {'would rather not' if rather_not else 'cannot'} on {when}"


def away_of(everybody: Collection[Who], first: date, last: date) -> Away:
    """What they said of the days from `first` to `last`; one query."""
    authorities = {one.pk: one for one in everybody if isinstance(one, Authority)}
    people = {one.pk: one for one in everybody if isinstance(one, User)}
    places = {one.pk: one for one in everybody if isinstance(one, Venue)}
    rows = Unavailable.objects.filter(
        Q(authority__in=authorities) | Q(user__in=people) | Q(venue__in=places),
        first_day__lte=last,
        last_day__gte=first,
    )
    cannot: dict[Who, set[date]] = defaultdict(set)
    rather: dict[Who, set[date]] = defaultdict(set)
    for row in rows.order_by():
        who: Who
        if row.user_id:
            who = people[row.user_id]
        else:
            who = places[row.venue_id] if row.venue_id else authorities[row.authority_id or 0]
        days = each_day(max(first, row.first_day), min(last, row.last_day))
        (rather if row.rather_not else cannot)[who].update(days)
    return Away(_frozen(cannot), _frozen(rather))


def days_in_teams(
    everybody: Iterable[Who], *, but_for: Collection[int], first: date, last: date
) -> dict[Who, set[date]]:
    """On which days each person is at the visits of challenges but these; one query."""
    people = {one.pk: one for one in everybody if isinstance(one, User)}
    found: dict[Who, set[date]] = defaultdict(set)
    if not people:
        return found
    seats = TeamMember.objects.current().filter(user__in=people)
    visits = (
        VisitDay.objects.filter(
            challenge__in=Challenge.objects.live().order_by().values("pk"),
            challenge__team__in=seats.values("pk"),
            day__range=(first - LONGEST, last),
        )
        .exclude(challenge__in=but_for)
        .annotate(member=F("challenge__team__user"))
        .select_related("challenge__round")
    )
    for visit in visits.order_by():
        if visit.member in people:
            found[people[visit.member]].update(day for day in whole(visit) if first <= day <= last)
    return found


def on_site(challenge: Challenge) -> list[date]:
    """Every day of the visit; a phase may take several in a row."""
    return sorted({day for visit in challenge.days.all() for day in on_these(challenge, visit)})


def whole(visit: VisitDay) -> list[date]:
    """All days of this phase of its challenge."""
    return on_these(visit.challenge, visit)


def on_these(challenge: Challenge, visit: VisitDay) -> list[date]:
    """All days of this phase of it, which need not be fetched with its day."""
    lengths = {phase.id: phase.days for phase in challenge.round.format.phases}
    return each_day(visit.day, visit.day + timedelta(days=lengths.get(visit.phase, 1) - 1))


def known_of(region: Region, everybody: Collection[Who], first: date, last: date) -> Known:
    """What the days from `first` to `last` are to these people and authorities; two queries."""
    said = away_of(everybody, first, last)
    authorities = {one.pk: one for one in everybody if isinstance(one, Authority)}
    calendar = calendar_between(region, list(authorities.values()), first, last)
    cannot = {**said.cannot}
    for key, days in calendar.cannot.items():
        who = authorities[key]
        cannot[who] = cannot.get(who, NONE) | days
    return Known(
        closed={**calendar.closed, **bank_holidays()},
        cannot=cannot,
        rather_not=said.rather_not,
        holidays={authorities[key]: days for key, days in calendar.soft.items()},
        warned={authorities[key]: days for key, days in calendar.warned.items()},
    )


def _frozen(days: Mapping[Who, Iterable[date]]) -> Taken:
    return {who: frozenset(taken) for who, taken in days.items()}
