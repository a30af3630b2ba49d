from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.models import Region
from peerchallenge.shared.fields import both_or_neither
from rounds.models.round import Participation


class ReminderText(models.Model):
    """A region's own words for one of the reminders that its rounds send."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="reminder_texts")
    key = models.SlugField()
    subject = models.CharField(max_length=120)
    body = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="reminder_worded_once")
        ]

    def __str__(self) -> str:
        return self.subject


class Reminder(models.Model):
    """A reminder that has been promised, or held back; those to come are worked out, not kept."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="reminders"
    )
    key = models.SlugField()
    promised_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "key"], name="reminded_once"),
            models.CheckConstraint(
                condition=both_or_neither("held_at", "held_by"), name="reminder_held_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(promised_at__isnull=True) | Q(held_at__isnull=True),
                name="reminder_held_or_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.participation}"
