from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.models.letter import Letter
from feedback.states import PointOutcome
from peerchallenge.shared.marks import mark_of


class AccuracyReply(models.Model):
    """What the host said of the draft: correct as it is, or what is wrong."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="replies")
    agrees = models.BooleanField()
    comment = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the days ran out, and silence is agreement.",
    )
    at = models.DateTimeField(auto_now_add=True)
    corrections = models.PositiveSmallIntegerField(
        default=0, help_text="How many paragraphs it says are wrong."
    )
    content = models.JSONField(null=True, help_text="The words that it is about.")

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "accuracy replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(comment="") | Q(corrections__gt=0),
                name="accuracy_objection_says_what",
            )
        ]

    def __str__(self) -> str:
        return "Agrees" if self.agrees else f"Corrections: {self.comment[:60]}"


class AccuracyPointQuerySet(models.QuerySet["AccuracyPoint"]):
    def noted(self) -> AccuracyPointQuerySet:
        """Kept while the host reads on, and not sent yet."""
        return self.filter(reply__isnull=True).exclude(wrong="")

    def sent(self) -> AccuracyPointQuerySet:
        return self.filter(reply__isnull=False)

    def unanswered(self) -> AccuracyPointQuerySet:
        return self.sent().filter(outcome="")


class AccuracyPoint(models.Model):
    """What the host says of one paragraph of what it was sent, and what the lead answers.

    Kept while the host reads on; part of its reply once that is sent.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="points")
    reply = models.ForeignKey(
        AccuracyReply, null=True, on_delete=models.CASCADE, related_name="points"
    )
    place = models.CharField(max_length=80, help_text="Where it stands in what the host was sent.")
    quoted = models.TextField(help_text="The paragraph as the host was sent it.")
    wrong = models.TextField(blank=True, help_text="Empty: the host agrees with it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    outcome = models.CharField(max_length=10, choices=PointOutcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = AccuracyPointQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "place"],
                condition=Q(reply__isnull=True),
                name="accuracy_point_once_a_check",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="accuracy_point_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.wrong[:60] or "Agrees"

    @property
    def seen(self) -> str:
        """Another for every other text: what a page was drawn from, to be sent back with it."""
        return mark_of(self.wrong)

    @property
    def answer_seen(self) -> str:
        return mark_of(self.outcome, self.answer)
