from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class EffectState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class EffectQuerySet(models.QuerySet["Effect"]):
    def due(self) -> EffectQuerySet:
        """Not yet started, or started by a worker that must be dead by now."""
        stale = timezone.now() - timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        return self.filter(
            Q(state=EffectState.WAITING) | Q(state=EffectState.RUNNING, started_at__lt=stale)
        )

    def failed(self) -> EffectQuerySet:
        return self.filter(state=EffectState.FAILED)

    def of(self, task: str, arguments: list[int]) -> EffectQuerySet:
        return self.filter(task=task, argument__in=arguments)


class Effect(models.Model):
    """Something that must happen after a change, and will: a mail, a PDF."""

    task = models.CharField(max_length=80)
    argument = models.BigIntegerField()
    state = models.CharField(
        max_length=10, choices=EffectState.choices, default=EffectState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    interruptions = models.PositiveSmallIntegerField(
        default=0, help_text="Attempts that came to nothing through no fault of its own."
    )
    hold_ups = models.PositiveSmallIntegerField(
        default=0, help_text="Attempts that what it needs, such as the mail server, was away for."
    )
    error = models.TextField(blank=True)
    promised_at = models.DateTimeField(auto_now_add=True)
    sweep_after = models.DateTimeField(help_text="When the sweeper may ring for it again.")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["promised_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="effect_open",
            ),
            models.Index(fields=["task", "argument"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | Q(started_at__isnull=False),
                name="effect_running_has_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at__isnull=True),
                name="effect_ended_exactly_when_over",
            ),
            models.CheckConstraint(
                condition=Q(attempts__gte=F("interruptions") + F("hold_ups")),
                name="effect_interrupted_only_when_tried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}({self.argument}) {self.state}"

    @property
    def failures(self) -> int:
        """Attempts that failed by themselves; of one that has ended or waits."""
        return self.attempts - self.interruptions - self.hold_ups
