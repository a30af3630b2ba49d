"""Who cannot on the days that were sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from rounds.models import Challenge, DateObjection, Round
from rounds.queries.visits import days_said


def open_objections(round: Round, booked: Collection[Challenge]) -> list[DateObjection]:
    """Those that officers have still to answer, the oldest first; for visits that stand."""
    rows = DateObjection.objects.open().filter(challenge__in=[one.pk for one in booked])
    return list(
        rows.filter(challenge__round=round)
        .select_related("participation__authority", "challenge__host__authority")
        .order_by("at")
    )


def sent_days(objection: DateObjection) -> str:
    return days_said(sorted(date.fromisoformat(day) for day in objection.days.values()))
