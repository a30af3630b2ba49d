from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from authorities.models.people import Membership, User, hash_of
from authorities.states import HELD_IN_AN_AUTHORITY, Role


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    def visible_to(self, user: User) -> ReviewerQuerySet:
        """One's own; those of its authority for a director; all of a region for its officers."""
        held = Membership.objects.current().filter(
            Q(authority__in=user.authorities_where(Role.DIRECTOR))
            | Q(authority__region__in=user.regions_where(Role.BOARD_OFFICER)),
            role__in=HELD_IN_AN_AUTHORITY,
        )
        return self.filter(Q(user=user) | Q(user__in=held.values("user")))


class Reviewer(models.Model):
    """What is known of somebody who can sit on a team: training, and which seats they fill."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reviewer")
    seats = models.JSONField(
        default=list, help_text="Keys of the seats they can fill, as the formats name them."
    )
    trained_on = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True, help_text="The last day it counts.")
    paused_until = models.DateField(
        null=True, blank=True, help_text="The last day on which they ask not to be asked."
    )
    days_most = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Days a year they can give at most."
    )
    note = models.TextField(blank=True, help_text="For the board's officers.")
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ["user__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lapses_on__isnull=True) | Q(trained_on__isnull=False),
                name="reviewer_lapses_after_training",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, reviewer"

    def trained_by(self, day: date) -> bool:
        """Whether their training counts on that day."""
        return bool(
            self.trained_on
            and self.trained_on <= day
            and (self.lapses_on is None or day <= self.lapses_on)
        )


class Expertise(models.Model):
    """Something a reviewer knows well, in a few words."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="expertise")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "expertise"
        constraints = [models.UniqueConstraint(fields=["reviewer", "name"], name="expertise_once")]

    def __str__(self) -> str:
        return self.name


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def current(self) -> CalendarFeedQuerySet:
        return self.filter(revoked_at__isnull=True)

    def with_token(self, token: str) -> CalendarFeedQuerySet:
        """Whose feed has this address, as long as it stands and they may sign in."""
        return self.current().filter(token_hash=hash_of(token), user__is_active=True)

    def visible_to(self, user: User) -> CalendarFeedQuerySet:
        return self.filter(user=user)


class CalendarFeed(models.Model):
    """A secret address from which a calendar reads somebody's visits; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
