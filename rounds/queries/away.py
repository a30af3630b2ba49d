"""Who takes part in a visit, and on which days they said that they cannot, or would rather not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from authorities.models import Authority, User
from peerchallenge.shared.dates import each_day
from rounds.models import Challenge, TeamMember, Unavailable, VisitDay

Who = Authority | User
Taken = Mapping[Who, frozenset[date]]
NONE: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Away:
    """Days between two others, by whom."""

    cannot: Taken
    rather_not: Taken


def attending(challenges: Collection[Challenge]) -> dict[int, list[Who]]:
    """By challenge: its authorities, then whoever sits in its team now; one query."""
    seats = TeamMember.objects.current().filter(challenge__in=[one.pk for one in challenges])
    teams: dict[int, list[User]] = defaultdict(list)
    for seat in seats.select_related("user").order_by("user__name", "pk"):
        teams[seat.challenge_id].append(seat.user)
    return {one.pk: [*(side.authority for side in one.sides), *teams[one.pk]] for one in challenges}


def away_of(everybody: Collection[Who], first: date, last: date) -> Away:
    """What they said of the days from `first` to `last`; one query."""
    authorities = {one.pk: one for one in everybody if isinstance(one, Authority)}
    people = {one.pk: one for one in everybody if isinstance(one, User)}
    rows = Unavailable.objects.filter(
        Q(authority__in=authorities) | Q(user__in=people),
        first_day__lte=last,
        last_day__gte=first,
    )
    cannot: dict[Who, set[date]] = defaultdict(set)
    rather: dict[Who, set[date]] = defaultdict(set)
    for row in rows.order_by():
        who = people[row.user_id] if row.user_id else authorities[row.authority_id or 0]
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
    visits = VisitDay.objects.filter(
        challenge__in=Challenge.objects.live().order_by().values("pk"),
        challenge__team__in=seats.values("pk"),
        day__range=(first, last),
    ).exclude(challenge__in=but_for)
    for user, day in visits.order_by().values_list("challenge__team__user", "day"):
        if user in people:
            found[people[user]].add(day)
    return found


def _frozen(days: Mapping[Who, Iterable[date]]) -> Taken:
    return {who: frozenset(taken) for who, taken in days.items()}
