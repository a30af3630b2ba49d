from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from authorities.models import Invitation
from authorities.states import HELD_IN_AN_AUTHORITY, READS_FOR_AUTHORITY
from peerchallenge.shared.fields import both_or_neither, count_words
from rounds.models.questionnaire import Question, Section
from rounds.models.self_assessment import SelfAssessment
from rounds.states import ROUND_OVER, GivenState, Leaning, RoundState

if TYPE_CHECKING:
    from authorities.models import User


class WrittenAnswer(models.Model):
    """An authority's text for one question; `version` counts its saves.

    `data` holds what is not plain text, and `text` then says the same in words:
    {"value": "...", "baseline": "..."} for a measure, {"rows": [[...], ...]} for a table.
    """

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    asked = models.CharField(
        max_length=300, blank=True, help_text="The question as it read when this was saved."
    )
    leaning = models.CharField(max_length=10, choices=Leaning.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    carried_from = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="carried_to",
        help_text="The answer of an earlier round that this one began as.",
    )
    reviewed_at = models.DateTimeField(
        null=True, help_text="When somebody first saved what was carried forward."
    )

    class Meta:
        ordering = ["question__section__position", "question__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "question"], name="question_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:40]}"

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def to_review(self) -> bool:
        """It still reads as it did in an earlier round, and nobody has said that it may."""
        return self.carried_from_id is not None and self.reviewed_at is None

    @property
    def asked_otherwise(self) -> bool:
        """The question has been put in other words since this was saved."""
        return bool(self.asked) and self.asked != self.question.text


class ProgressSince(models.Model):
    """An area for consideration of the last letter, and what came of it."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="progress"
    )
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120, help_text="The letter it comes from.")
    area_for_consideration = models.TextField()
    plan_state = models.CharField(
        max_length=120, blank=True, help_text="Where the action plan stood when it was carried."
    )
    progress = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "position"], name="progress_place_once"
            ),
            models.CheckConstraint(
                condition=both_or_neither("saved_at", "saved_by"),
                name="progress_saved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.area_for_consideration[:60]

    @property
    def text(self) -> str:
        return self.progress


class GivenSectionQuerySet(models.QuerySet["GivenSection"]):
    def current(self) -> GivenSectionQuerySet:
        """Not taken back, in a round that runs."""
        return self.exclude(state=GivenState.ENDED).exclude(
            self_assessment__participation__round__state__in=(RoundState.DRAFT, *ROUND_OVER)
        )

    def visible_to(self, user: User) -> GivenSectionQuerySet:
        """To whoever has it, and to those who read everything of the authority's."""
        own = Q(
            self_assessment__participation__authority__in=user.authorities_where(
                *READS_FOR_AUTHORITY
            )
        )
        return self.filter(own | Q(pk__in=self.held_by(user).values("pk")))

    def held_by(self, user: User) -> GivenSectionQuerySet:
        """Given to this person by name or by e-mail, as long as they work there."""
        return self.current().filter(
            Q(user=user) | Q(invitation__accepted_by=user),
            self_assessment__participation__authority__in=user.authorities_where(
                *HELD_IN_AN_AUTHORITY
            ),
        )


class GivenSection(models.Model):
    """A colleague is asked to write one section, and sees no other."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="given"
    )
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="given")
    state = models.CharField(max_length=20, choices=GivenState.choices, default=GivenState.GIVEN)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty while only an invitation knows who it will be.",
    )
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.TextField(blank=True, help_text="Why it was given back to them.")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    since = models.DateTimeField(default=timezone.now)

    objects = GivenSectionQuerySet.as_manager()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "section"],
                condition=~Q(state=GivenState.ENDED),
                name="section_with_one_holder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.self_assessment}"

    @property
    def holder(self) -> User | None:
        """Nobody until the invitation is accepted."""
        return self.user or (self.invitation.accepted_by if self.invitation else None)

    @property
    def holder_name(self) -> str:
        if holder := self.holder:
            return str(holder)
        return self.invitation.name if self.invitation else "Somebody whose invitation is withdrawn"
