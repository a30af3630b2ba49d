from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.models import Region
from authorities.states import Role

if TYPE_CHECKING:
    from authorities.models import User


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def visible_to(self, user: User) -> LetterTemplateQuerySet:
        """The region's officers write them."""
        return self.filter(region__in=user.regions_where(Role.BOARD_OFFICER, Role.APPROVER))

    def in_use(self) -> LetterTemplateQuerySet:
        """The newest released version of each."""
        return self.filter(released_at__isnull=False).order_by("format_key", "-version")


class LetterTemplate(models.Model):
    """A region's own letter for one format. A released version never changes: a new one follows.

    `parts` is a list of {"key", "kind", "heading", "text"}, in the order of the letter.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="letter_templates")
    format_key = models.CharField(max_length=40, help_text="The preset whose letters it makes.")
    version = models.PositiveSmallIntegerField()
    parts: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    edits = models.PositiveIntegerField(default=0, help_text="Counts its saves.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["region", "format_key", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "format_key", "version"], name="letter_template_version_once"
            ),
            models.UniqueConstraint(
                fields=["region", "format_key"],
                condition=Q(released_at__isnull=True),
                name="letter_template_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format_key}, version {self.version}"


class LetterPicture(models.Model):
    """A logo or a signature, cleaned; kept for as long as a letter names it by its SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256


class Letterhead(models.Model):
    """What a region prints on top of its letters and under them."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="letterhead")
    address = models.TextField(blank=True, help_text="At most four lines, below the board’s name.")
    logo = models.ForeignKey(LetterPicture, null=True, on_delete=models.PROTECT, related_name="+")
    logo_says = models.CharField(max_length=120, blank=True)
    signature = models.ForeignKey(
        LetterPicture, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signature_says = models.CharField(
        max_length=120, blank=True, help_text="Whose it is; printed below it."
    )
    edits = models.PositiveIntegerField(default=0, help_text="Counts its saves.")
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(logo__isnull=True) | ~Q(logo_says=""),
                name="letterhead_logo_says_what_it_shows",
            ),
            models.CheckConstraint(
                condition=Q(signature__isnull=True) | ~Q(signature_says=""),
                name="letterhead_signature_says_whose_it_is",
            ),
        ]

    def __str__(self) -> str:
        return f"Letterhead of {self.region}"
