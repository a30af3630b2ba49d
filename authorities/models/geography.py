from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from authorities.models.authority import Authority
from authorities.states import Role

if TYPE_CHECKING:
    from authorities.models.people import User


class Neighbour(models.Model):
    """One of the ten authorities most like this one, by the published model; rank 1 is closest."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "statistical neighbour"
        ordering = ["authority__name", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "neighbour"], name="neighbour_once"),
            models.CheckConstraint(
                condition=~Q(authority=F("neighbour")), name="neighbour_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.neighbour}, statistical neighbour {self.rank} of {self.authority}"


class Border(models.Model):
    """Two authorities that share a border on land; a row each way."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="borders")
    other = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["authority__name", "other__name"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "other"], name="border_once"),
            models.CheckConstraint(condition=~Q(authority=F("other")), name="border_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} borders {self.other}"


class InterventionQuerySet(models.QuerySet["Intervention"]):
    def between(self, first: date, last: date | None) -> InterventionQuerySet:
        """Those that last on at least one of these days; without a last one, from then on."""
        found = self.filter(Q(to_date__isnull=True) | Q(to_date__gte=first))
        return found if last is None else found.filter(from_date__lte=last)

    def visible_to(self, user: User) -> InterventionQuerySet:
        """The officers' of its region alone: no authority is shown to others as such."""
        return self.filter(authority__region__in=user.regions_where(Role.BOARD_OFFICER))


class Intervention(models.Model):
    """An authority in intervention, from a day to a day: it challenges nobody unasked."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="interventions")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True, help_text="The last day of it.")

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["-from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="intervention_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(to_date__isnull=True),
                name="one_open_intervention_an_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} in intervention {self.lasts}"

    @property
    def lasts(self) -> str:
        if self.to_date is None:
            return f"since {self.from_date:%-d %B %Y}"
        return f"from {self.from_date:%-d %B %Y} to {self.to_date:%-d %B %Y}"
