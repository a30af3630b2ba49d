from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from authorities.models import Region
from rounds.models.round import PriorityArea, Round
from rounds.states import AnsweredBy, QuestionKind


class Section(models.Model):
    """Part of a round's questionnaire."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="section_key_once_in_round"),
            models.UniqueConstraint(fields=["round", "position"], name="section_place_once"),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> QuestionQuerySet:
        """Without those that an officer took out while the round was open."""
        return self.filter(withdrawn_at__isnull=True)


class Question(models.Model):
    """Asked of every authority in the round, in the officers' own words.

    `options` by kind: {"choices": [...]} for a choice; {"unit": "..."} for a measure;
    {"columns": [...], "rows": most} for a table. A limit of 0 words is none.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    kind = models.CharField(
        max_length=20, choices=QuestionKind.choices, default=QuestionKind.LONG_TEXT
    )
    text = models.CharField(max_length=300)
    guidance = models.TextField(blank=True)
    word_limit = models.PositiveSmallIntegerField(default=500)
    required = models.BooleanField(default=True)
    options: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    answered_by = models.CharField(
        max_length=20, choices=AnsweredBy.choices, default=AnsweredBy.ANYBODY
    )
    ancestor = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="descendants",
        help_text="The same question in an earlier round.",
    )
    withdrawn_at = models.DateTimeField(
        null=True, help_text="Taken out of an open round; what was answered stays."
    )
    areas = models.ManyToManyField(
        PriorityArea,
        related_name="questions",
        help_text="The region's areas that answers to it speak to.",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="question_key_once"),
            models.UniqueConstraint(fields=["section", "position"], name="question_place_once"),
        ]

    def __str__(self) -> str:
        return self.text


class RegionPreset(models.Model):
    """A region's own wording of a preset's questionnaire, for its rounds to come."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="presets")
    key = models.SlugField()
    questionnaire: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="preset_once_in_region")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.region}"
