"""What people are asked to say of themselves, and what officers look after in the pool."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.queries.reviewers import lapsing
from authorities.states import Role
from peerchallenge.queries.needs import Need, need
from rounds.queries.answered_days import asking


def days_needs(user: User) -> Iterator[Need]:
    """Asked for in a round, and not said yet: for an authority, or for themselves."""
    for round, authority in asking(user):
        where = f"{authority.name}, {round.name}." if authority else f"{round.name}."
        yield need(
            "Say when you cannot",
            reverse("availability"),
            f"One press if you can on all days. {where}",
            round.availability_due,
        )


def training_needs(user: User) -> Iterator[Need]:
    """For the officers who enter training and know when the next is held."""
    if user.holds(Role.BOARD_OFFICER) and (number := lapsing(user, timezone.localdate())):
        people = "1 reviewer" if number == 1 else f"{number} reviewers"
        yield need(
            f"Training of {people} lapses",
            f"{reverse('reviewers')}?show=lapsing",
            "Within two months, or in the month that is over.",
        )
