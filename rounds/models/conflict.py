from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from authorities.models import Authority, Membership
from authorities.states import Role
from peerchallenge.shared.fields import both_or_neither

if TYPE_CHECKING:
    from authorities.models import User


class ConflictKind(models.TextChoices):
    WORKED_THERE = "worked_there", "Worked there in the last two years"
    SHARED_DIRECTOR = "shared_director", "The two share a director"
    SHARED_TRUST = "shared_trust", "One trust acts for both"
    FAMILY = "family", "Family or a close friend works there"
    CONTRACT = "contract", "Paid work or a contract between the two"
    OTHER = "other", "Something else"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> ConflictQuerySet:
        """Neither withdrawn nor expired."""
        today = timezone.localdate()
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=today), withdrawn_at__isnull=True
        )

    def with_sides(self) -> ConflictQuerySet:
        return self.select_related(
            "authority__region", "other__region", "person", "declared_by", "withdrawn_by"
        )

    def of_authorities(self) -> ConflictQuerySet:
        """Those that keep two authorities apart, not one person out of a team."""
        return self.filter(person__isnull=True)

    def keeping_off(self, host: Authority) -> ConflictQuerySet:
        """Standing ones of people who sit on no team that visits it, or what it came from."""
        there = Q(other=host) | Q(other__successions__after=host)
        return self.standing().filter(there, person__isnull=False)

    def visible_to(self, user: User) -> ConflictQuerySet:
        """To whoever declared it or is meant, and to the officers of either's region.

        A director sees what their own authority's people declared for it as a whole.
        """
        regions = user.regions_where(Role.BOARD_OFFICER)
        declared_there = Membership.objects.filter(
            user=OuterRef("declared_by"), authority=OuterRef("authority")
        )
        return self.filter(
            Q(declared_by=user)
            | Q(person=user)
            | Q(authority__region__in=regions)
            | Q(other__region__in=regions)
            | Q(
                Exists(declared_there),
                person__isnull=True,
                authority__in=user.authorities_where(Role.DIRECTOR),
            )
        )


class Conflict(models.Model):
    """A declared conflict of interest: these two do not challenge each other, whichever hosts."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="conflicts")
    other = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conflicts",
        help_text="Whom it keeps off a team; empty where it is the authority’s own.",
    )
    kind = models.CharField(max_length=20, choices=ConflictKind.choices)
    details = models.TextField(blank=True, help_text="For the board’s officers.")
    expires_on = models.DateField(null=True, blank=True, help_text="The last day it counts.")
    declared_at = models.DateTimeField(auto_now_add=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = "conflict of interest"
        verbose_name_plural = "conflicts of interest"
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(authority=F("other")), name="conflict_with_another"
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by"),
                name="conflict_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} and {self.other}: {self.get_kind_display().lower()}"

    @property
    def stands(self) -> bool:
        """Whether it counts today."""
        expired = self.expires_on is not None and self.expires_on < timezone.localdate()
        return self.withdrawn_at is None and not expired
