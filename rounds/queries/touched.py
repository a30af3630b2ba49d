"""Which visits of an authority fall on days of its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.models import Authority, Period, User
from authorities.states import Role
from rounds.models import Challenge
from rounds.queries.away import on_site
from rounds.queries.visits import days_said
from rounds.states import DATES_OPEN, ChallengeState

# Those with days that are not all over.
TO_COME = (*DATES_OPEN, ChallengeState.ON_SITE)


@dataclass(frozen=True)
class Touched:
    """A visit of which some days fall into a period."""

    challenge: int
    name: str
    round: str
    days: str


def visits_touched(
    authority: Authority, periods: Sequence[Period], user: User
) -> dict[int, list[Touched]]:
    """By period: the visits to or by the authority that this person may know of.

    Only an officer sees days that have not been sent.
    """
    challenges = _known_to(user, authority)
    days = {one.pk: on_site(one) for one in challenges}
    found: dict[int, list[Touched]] = {}
    for period in periods:
        for one in challenges:
            inside = [day for day in days[one.pk] if _has(period, day)]
            if inside:
                touched = Touched(one.pk, str(one), one.round.name, days_said(inside))
                found.setdefault(period.pk, []).append(touched)
    return found


def _known_to(user: User, authority: Authority) -> list[Challenge]:
    seen = Challenge.objects.visible_to(user).values("pk")
    rows = Challenge.objects.filter(pk__in=seen, state__in=TO_COME).with_side(authority=authority)
    if not user.holds(Role.BOARD_OFFICER, region=authority.region_id):
        rows = rows.filter(dates_sent_at__isnull=False)
    return list(rows.with_both_sides().prefetch_related("days").order_by("pk"))


def _has(period: Period, day: date) -> bool:
    return period.first_day <= day and (period.last_day is None or day <= period.last_day)
