from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from authorities.models.authority import Authority
from authorities.models.region import Region
from authorities.states import READS_FOR_AUTHORITY, PeriodKind, Role

if TYPE_CHECKING:
    from authorities.models.people import User


class PeriodQuerySet(models.QuerySet["Period"]):
    def touching(self, first: date, last: date) -> PeriodQuerySet:
        """Those with at least one of these days."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=first), first_day__lte=last)

    def of_kind(self, *kinds: PeriodKind) -> PeriodQuerySet:
        return self.filter(kind__in=kinds)

    def visible_to(self, user: User) -> PeriodQuerySet:
        """The region's calendar to all its people; an inspection to its authority and officers."""
        regions = user.region_ids()
        public = ~Q(kind=PeriodKind.INSPECTION) & (
            Q(region__in=regions) | Q(authority__region__in=regions)
        )
        own = Q(authority__in=user.authorities_where(*READS_FOR_AUTHORITY))
        officer = Q(authority__region__in=user.regions_where(Role.BOARD_OFFICER))
        return self.filter(public | own | officer)


class Period(models.Model):
    """Days of a region's or an authority's calendar that bear on visits."""

    kind = models.CharField(max_length=20, choices=PeriodKind.choices)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.CASCADE, related_name="periods"
    )
    authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.CASCADE, related_name="periods"
    )
    first_day = models.DateField()
    last_day = models.DateField(
        null=True, blank=True, help_text="Empty: its end is not known, as an inspection's."
    )
    name = models.CharField(max_length=120, help_text="As in “Christmas holiday”.")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False, authority__isnull=True)
                | Q(region__isnull=True, authority__isnull=False),
                name="period_of_a_region_or_an_authority",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True, kind=PeriodKind.INSPECTION)
                | Q(last_day__gte=F("first_day")),
                name="period_from_first_to_last",
            ),
            models.UniqueConstraint(
                fields=["authority", "kind", "first_day"],
                condition=Q(authority__isnull=False),
                name="period_once_in_an_authority",
            ),
            models.UniqueConstraint(
                fields=["region", "kind", "first_day"],
                condition=Q(region__isnull=False),
                name="period_once_in_a_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.authority or self.region}"
