from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from authorities.models import Region
from authorities.states import Role
from peerchallenge.shared.marks import mark_of
from rounds.models.round import PriorityArea, Round
from rounds.states import AnsweredBy, QuestionKind

if TYPE_CHECKING:
    from authorities.models import User

# What an address says below that of a self-assessment: a section of that key could not be opened.
ADDRESSES = frozenset(
    (
        *("area", "carried", "check", "details", "evidence", "give", "given", "new-version"),
        *("offer", "progress", "purge", "read", "return", "sent", "share", "sign", "sign-off"),
        *("take-back", "versions"),
    )
)
TEXT_KINDS = (QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT)


@dataclass(frozen=True)
class Asked:
    """What a question asks for, apart from where it stands; a preset's JSON says the same."""

    text: str
    guidance: str = ""
    kind: str = QuestionKind.LONG_TEXT
    word_limit: int = 500
    required: bool = True
    options: dict[str, Any] = field(default_factory=dict)
    answered_by: str = AnsweredBy.ANYBODY

    @classmethod
    def of(cls, row: dict[str, Any]) -> Asked:
        """A preset's row, which leaves out what is usual."""
        return cls(**{key: value for key, value in row.items() if key != "key"})

    def row(self, key: str) -> dict[str, Any]:
        return {"key": key, **asdict(self), "kind": str(self.kind)}

    @property
    def version(self) -> str:
        """Another for every other wording: what a page was drawn from, to be sent back with it."""
        return mark(asdict(self))

    def optional(self) -> Asked:
        return replace(self, required=False)


def mark(value: Any) -> str:
    """Of a value, however deep."""
    return mark_of(json.dumps(value, sort_keys=True, default=str))


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

    @property
    def asks(self) -> Asked:
        return Asked(
            self.text,
            self.guidance,
            self.kind,
            self.word_limit,
            self.required,
            self.options,
            self.answered_by,
        )

    def ask(self, asked: Asked) -> None:
        """Take another wording on; whoever calls saves."""
        for name, value in asdict(asked).items():
            setattr(self, name, value)


class RegionPresetQuerySet(models.QuerySet["RegionPreset"]):
    def visible_to(self, user: User) -> RegionPresetQuerySet:
        return self.filter(region__in=user.regions_where(Role.BOARD_OFFICER))


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

    objects = RegionPresetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="preset_once_in_region")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.region}"
