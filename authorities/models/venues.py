from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from authorities.models.authority import Authority

if TYPE_CHECKING:
    from authorities.models.people import User


class VenueQuerySet(models.QuerySet["Venue"]):
    def open(self) -> VenueQuerySet:
        return self.filter(closed=False)

    def visible_to(self, user: User) -> VenueQuerySet:
        """To everybody of the region: whoever visits has to find it."""
        return self.filter(authority__region__in=user.region_ids())


class Venue(models.Model):
    """A place of an authority where sessions are held."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="venues")
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    access = models.TextField(
        blank=True, help_text="How to get in and around: parking, steps, a hearing loop."
    )
    closed = models.BooleanField(default=False, help_text="No longer offered for new sessions.")

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="venue_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class VenueJourney(models.Model):
    """How long it takes from one venue to another, either way."""

    one = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="journeys")
    other = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["one__name", "other__name"]
        constraints = [
            # The one made first comes first, so that a pair has one row.
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="journey_in_one_order"),
            models.UniqueConstraint(fields=["one", "other"], name="journey_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one} to {self.other}: {self.minutes} minutes"
