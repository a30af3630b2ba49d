"""What is known of those who can sit on a team."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count

from authorities.models import Expertise, Membership, Reviewer, User
from authorities.states import HELD_IN_AN_AUTHORITY

# How long training counts unless an officer enters another day.
LAPSE_MONTHS = 36
# Officers are told of training that lapses so soon, or has lapsed so lately.
SOON, LATELY = timedelta(days=60), timedelta(days=30)


def lapse_of(trained_on: date) -> date:
    """The last day that training counts; of 29 February the last day of that month."""
    months = trained_on.month - 1 + LAPSE_MONTHS
    year, month = trained_on.year + months // 12, months % 12 + 1
    return date(year, month, min(trained_on.day, monthrange(year, month)[1]))


def version_of(reviewer: Reviewer | None) -> str:
    """Another for each change: what a page was drawn from, sent back with it."""
    return reviewer.changed_at.isoformat() if reviewer and reviewer.pk else ""


def reviewer_of(user: User) -> Reviewer | None:
    return Reviewer.objects.filter(user=user).prefetch_related("expertise").first()


def expertise_in(regions: Iterable[int], most: int = 60) -> list[str]:
    """What people of these regions say they know well, the most frequent first."""
    held = Membership.objects.current().filter(
        authority__region__in=regions, role__in=HELD_IN_AN_AUTHORITY
    )
    rows = Expertise.objects.filter(reviewer__user__in=held.values("user"))
    counted = rows.order_by().values("name").annotate(number=Count("pk"))
    return [row["name"] for row in counted.order_by("-number", "name")[:most]]


def lapsing(user: User, today: date) -> int:
    """Whose training lapses soon, or has lately, of those this person looks after."""
    rows = Reviewer.objects.visible_to(user).exclude(user=user)
    return rows.filter(lapses_on__range=(today - LATELY, today + SOON)).distinct().count()
