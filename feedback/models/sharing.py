from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.states import READS_FOR_AUTHORITY
from feedback.models.letter import Letter
from feedback.states import Audience, FileKind
from peerchallenge.shared.seals import unbroken
from rounds.models import Challenge
from rounds.states import OPEN_TO_TEAM

if TYPE_CHECKING:
    from authorities.models import User


class LetterShareQuerySet(models.QuerySet["LetterShare"]):
    def live(self) -> LetterShareQuerySet:
        return self.filter(withdrawn_at__isnull=True)

    def public(self) -> LetterShareQuerySet:
        return self.filter(audience=Audience.PUBLIC)


class LetterShare(models.Model):
    """The host lets others read its letter, and may take that back with a reason."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="shares")
    audience = models.CharField(max_length=20, choices=Audience.choices)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField(auto_now_add=True)
    redacted = models.BooleanField(
        default=False, help_text="They read the redacted version, not the letter."
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)
    # Of a public page, where nobody is asked who they are.
    times_read = models.PositiveIntegerField(default=0)
    times_downloaded = models.PositiveIntegerField(default=0)

    objects = LetterShareQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "audience"],
                condition=Q(withdrawn_at__isnull=True),
                name="letter_shared_once_with_each",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="letter_share_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_audience_display()


class Redaction(models.Model):
    """A passage that the host leaves out of the version it publishes."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="redactions")
    place = models.CharField(max_length=80, help_text="Where the passage stands in the letter.")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "place"], name="redaction_once_a_place")
        ]

    def __str__(self) -> str:
        return self.reason


class LetterFileQuerySet(models.QuerySet["LetterFile"]):
    def made(self) -> LetterFileQuerySet:
        return self.filter(made_at__isnull=False)

    def visible_to(self, user: User) -> LetterFileQuerySet:
        """The letter in another dress: whoever may see the letter; its redacted version: those too
        with whom that is shared; thanks: the host, and once sent the team; a summary: the host.

        Its bytes stay behind until asked for."""
        letter = Q(
            kind__in=(FileKind.LARGE_PRINT, FileKind.WORD, FileKind.REDACTED),
            letter__in=Letter.objects.visible_to(user).values("pk"),
        )
        redacted = Q(
            kind=FileKind.REDACTED, letter__in=Letter.objects.redacted_for(user).values("pk")
        )
        thanked = Challenge.objects.filter(state__in=OPEN_TO_TEAM, team__in=user.seats.current())
        thanks = Q(kind=FileKind.THANKS, letter__challenge__in=thanked.values("pk"))
        own = Q(
            kind__in=(FileKind.THANKS, FileKind.SUMMARY),
            letter__challenge__host__authority__in=user.authorities_where(*READS_FOR_AUTHORITY),
        )
        return self.filter(letter | redacted | thanks | own).defer("data")


class LetterFile(models.Model):
    """A file made in a worker beside the sealed PDF; it exists for readers once it has bytes."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20, choices=FileKind.choices)
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField(null=True, help_text="What it is made from, where not the letter.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    data = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)

    objects = LetterFileQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "kind", "version"], name="letter_file_version_once"
            ),
            models.CheckConstraint(
                condition=Q(data__isnull=True, made_at__isnull=True, sha256="")
                | (Q(data__isnull=False, made_at__isnull=False) & ~Q(sha256="")),
                name="letter_file_made_with_bytes_and_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.letter}"

    @property
    def kept_data(self) -> bytes:
        """The bytes as they were made, or SealBroken."""
        return unbroken(self.data, self.sha256, f"file {self.pk}: it is not the one that was made")


class WrittenByHost(models.Model):
    """What the host writes of its letter: thanks to the team, or a summary for its committee."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="host_texts")
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.label) for k in (FileKind.THANKS, FileKind.SUMMARY)]
    )
    parts = models.JSONField(default=list, help_text='A list of {"key", "heading", "text"}.')
    edits = models.PositiveIntegerField(default=0, help_text="Counts its saves.")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "kind"], name="written_by_host_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.letter}"
