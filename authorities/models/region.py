from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from authorities.states import Role

if TYPE_CHECKING:
    from authorities.models.people import User


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: User) -> RegionQuerySet:
        """Regions where the user holds a post, or whose authorities they work for."""
        if user.holds(Role.SYSTEM_ADMINISTRATOR):
            return self
        return self.filter(pk__in=user.region_ids())


class Region(models.Model):
    """A group of authorities that challenge each other, and the board that runs it."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    board_name = models.CharField(max_length=120)
    colour = models.CharField(max_length=20, default="teal")
    letters_issued = models.PositiveIntegerField(
        default=0,
        help_text="The number the last letter took; locked when the next one takes its own.",
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
