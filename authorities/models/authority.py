from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from authorities.models.region import Region

if TYPE_CHECKING:
    from authorities.models.people import User


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def open_on(self, day: date) -> AuthorityQuerySet:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def visible_to(self, user: User) -> AuthorityQuerySet:
        return self.filter(region__in=Region.objects.visible_to(user))


class Authority(models.Model):
    """A council, or whoever acts for one, responsible for children's services."""

    dfe_code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    official_name = models.CharField(max_length=160)
    code3 = models.CharField("three letters", max_length=3)
    kind = models.CharField(max_length=30)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="authorities")
    valid_from = models.DateField(null=True, blank=True, help_text="Empty: before 2012.")
    valid_to = models.DateField(null=True, blank=True, help_text="The last day it existed.")
    latitude = models.FloatField(null=True, blank=True, help_text="Of its centroid, in degrees.")
    longitude = models.FloatField(null=True, blank=True)
    crossing_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="What a journey by sea or air adds, one way."
    )
    map_column = models.SmallIntegerField(default=0)
    map_row = models.SmallIntegerField(default=0)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "authorities"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="authority_opens_before_it_closes",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One authority, or part of it, became another on a day."""

    before = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="successions")
    after = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="predecessions")
    on = models.DateField()
    event = models.CharField(max_length=60)

    class Meta:
        ordering = ["on", "before__name"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} ({self.on})"
