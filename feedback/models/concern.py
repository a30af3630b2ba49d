from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.states import Role
from rounds.models import Challenge

if TYPE_CHECKING:
    from authorities.models import User


class ConcernQuerySet(models.QuerySet["ImmediateConcern"]):
    def visible_to(self, user: User) -> ConcernQuerySet:
        """The host's director, who raised it, and the lead of the team."""
        leads = user.seats.current().leads()
        return self.filter(
            Q(challenge__host__authority__in=user.authorities_where(Role.DIRECTOR))
            | Q(raised_by=user, challenge__team__in=user.seats.current())
            | Q(challenge__team__in=leads)
        ).distinct()

    def open(self) -> ConcernQuerySet:
        return self.filter(acknowledged_at__isnull=True)

    def with_challenge(self) -> ConcernQuerySet:
        """With all that its pages and mails name."""
        return self.select_related(
            "challenge__round__region",
            "challenge__host__authority",
            "challenge__challenger__authority",
            "raised_by",
            "acknowledged_by",
        )


class ImmediateConcern(models.Model):
    """Something about a child's safety that cannot wait for the letter, and is never in it.

    It says that the raiser must be spoken to, and when that was done. What it is about is told
    from mouth to mouth: nothing of the case is kept here.
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="concerns")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField(auto_now_add=True)
    spoken_at = models.DateTimeField(
        null=True, blank=True, help_text="When the raiser told somebody of the host in person."
    )
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True, help_text="When the director was last reminded.")
    sent_as = models.UUIDField(null=True, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="concern_acknowledged_by_somebody",
            ),
            models.UniqueConstraint(fields=["challenge", "sent_as"], name="concern_sent_once"),
        ]

    def __str__(self) -> str:
        return f"Immediate concern at {self.challenge.host_authority}"
