from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from feedback.states import FindingKind, SourceKind
from peerchallenge.shared.marks import mark_of
from rounds.models import Challenge, EnquiryLine, Session
from rounds.states import OPEN_TO_TEAM

if TYPE_CHECKING:
    from authorities.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> FindingQuerySet:
        """The team's alone: the host reads the letter, never the findings behind it.

        While each notes on their own, everybody sees what they wrote themselves, the lead too.
        """
        own = Challenge.objects.filter(state__in=OPEN_TO_TEAM, team__in=user.seats.current())
        alone = IndependentPhase.objects.going_on().values("challenge")
        return self.filter(
            ~models.Q(challenge__in=alone) | models.Q(written_by=user),
            challenge__in=own.values("pk"),
        )

    def standing(self) -> FindingQuerySet:
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def in_letter(self) -> FindingQuerySet:
        return self.standing().filter(for_letter=True)


class Finding(models.Model):
    """What the team saw: in its own words, and in the words the letter uses."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=30, choices=FindingKind.choices)
    theme = models.CharField(max_length=120)
    team_text = models.TextField()
    letter_text = models.TextField(blank=True)
    for_letter = models.BooleanField(default=True)
    line = models.ForeignKey(
        EnquiryLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings"
    )
    position = models.PositiveIntegerField(default=0, help_text="Its place among the findings.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged"
    )
    sent_as = models.UUIDField(
        null=True, editable=False, help_text="Made up by the page: sent twice, it is kept once."
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["theme", "-kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "sent_as"], name="finding_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.team_text[:60]}"

    @property
    def wording(self) -> str:
        """What the letter says: its own wording where there is one."""
        return self.letter_text or self.team_text

    @property
    def seen(self) -> str:
        """Another for every other text: what a page was drawn from, to be sent back with it."""
        words = (self.theme, self.team_text, self.letter_text)
        return mark_of(self.kind, self.line_id, *words, self.for_letter)


class FindingSource(models.Model):
    """What a finding rests on. It stays inside the team and names nobody."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    said = models.CharField(
        max_length=300, blank=True, help_text="Which document, which figure; no person’s name."
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.said or self.get_kind_display()


class PhaseQuerySet(models.QuerySet["IndependentPhase"]):
    def going_on(self) -> PhaseQuerySet:
        return self.filter(ended_at__isnull=True)


class IndependentPhase(models.Model):
    """While it lasts, each of the team sees only what they noted themselves."""

    challenge = models.OneToOneField(
        Challenge, on_delete=models.CASCADE, related_name="independent_phase"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = PhaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Independent findings of {self.challenge}"


class SaidDone(models.Model):
    """Somebody of the team has noted, on their own, all that they saw."""

    phase = models.ForeignKey(IndependentPhase, on_delete=models.CASCADE, related_name="done")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "said done"
        constraints = [models.UniqueConstraint(fields=["phase", "user"], name="said_done_once")]

    def __str__(self) -> str:
        return f"{self.user} has noted all"
