from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from rounds.models.challenge import Challenge


class CalendarEntry(models.Model):
    """What people were sent for their calendars about one phase of a challenge.

    Kept for as long as the challenge: a calendar knows an entry by `uid`, believes what it gets
    only if `sequence` has risen, and takes out what was cancelled.
    """

    challenge = models.ForeignKey(
        Challenge, on_delete=models.CASCADE, related_name="calendar_entries"
    )
    phase = models.SlugField()
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    first_day = models.DateField()
    last_day = models.DateField()
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "phase"], name="calendar_entry_once_a_phase"
            ),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="calendar_entry_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase}: {self.first_day:%-d %B %Y}"
