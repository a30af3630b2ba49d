from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorities.states import READS_FOR_AUTHORITY, Role
from peerchallenge.shared.fields import both_or_neither
from peerchallenge.shared.seals import unbroken
from rounds.models.content import SelfAssessmentContent
from rounds.models.questionnaire import Question
from rounds.models.self_assessment import SelfAssessment, shared_with
from rounds.states import OPEN_TO_TEAM, SENT, RoundState

if TYPE_CHECKING:
    from authorities.models import User

SIGNS = (Role.DIRECTOR, Role.LEAD_MEMBER, Role.CHIEF_EXECUTIVE)


class SignOff(models.Model):
    """A post-holder puts their name to the text as it stands; a change of it undoes that."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="sign_offs"
    )
    role = models.CharField(max_length=30, choices=[(role, role.label) for role in SIGNS])
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["self_assessment", "role"], name="signed_once_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.signed_by}, {self.get_role_display()}"


class SentVersionQuerySet(models.QuerySet["SentVersion"]):
    def visible_to(self, user: User) -> SentVersionQuerySet:
        """The authority's own; the officers' and the team's while it is with them, and what was
        shared from then on; the directors' whom the round names once it is shared."""
        there = "self_assessment__participation"
        own = ~Q(**{f"{there}__round__state": RoundState.DRAFT}) & Q(
            **{f"{there}__authority__in": user.authorities_where(*READS_FOR_AUTHORITY)}
        )
        with_them = Q(self_assessment__state__in=SENT) | Q(shared_at__isnull=False)
        officer = Q(**{f"{there}__round__region__in": user.regions_where(Role.BOARD_OFFICER)})
        hosted = SelfAssessment.objects.filter(
            participation__hosting__state__in=OPEN_TO_TEAM,
            participation__hosting__team__in=user.seats.current(),
        )
        team = Q(self_assessment__in=hosted.values("pk"))
        others = SelfAssessment.objects.filter(shared_with(user)).values("pk")
        shared = Q(shared_at__isnull=False, self_assessment__in=others)
        return self.filter(own | with_them & (officer | team) | shared).defer("pdf")


class SentVersion(models.Model):
    """What was sent, word for word; a later version leaves it as it is."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = SentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "number"], name="version_numbered_once"
            ),
            models.CheckConstraint(
                condition=both_or_neither("shared_at", "shared_by"),
                name="version_shared_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True, pdf_sha256="")
                | (Q(pdf__isnull=False) & ~Q(pdf_sha256="")),
                name="version_pdf_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.self_assessment}, version {self.number}"

    @property
    def frozen(self) -> SelfAssessmentContent:
        """What was sent: never read again from the rows it came from."""
        return SelfAssessmentContent.from_json(self.content)

    @property
    def kept_pdf(self) -> bytes:
        """The bytes as they were made, or SealBroken."""
        otherwise = f"version {self.pk}: the PDF is not the one that was made"
        return unbroken(self.pdf, self.pdf_sha256, otherwise)


class ConfirmedDetail(models.Model):
    """What looked like a child's details, and who said that it is none.

    Only its fingerprint is kept: a text that says something else must be confirmed anew.
    """

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="confirmed"
    )
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "fingerprint"], name="detail_confirmed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, confirmed by {self.confirmed_by}"


class PurgeQuerySet(models.QuerySet["Purge"]):
    def visible_to(self, user: User) -> PurgeQuerySet:
        """Those asked for, to whoever carries them out; they say where, never what."""
        if user.holds(Role.SYSTEM_ADMINISTRATOR):
            return self
        return self.filter(
            self_assessment__participation__round__region__in=user.regions_where(Role.BOARD_OFFICER)
        )

    def with_places(self) -> PurgeQuerySet:
        return self.select_related(
            "self_assessment__participation__authority",
            "self_assessment__participation__round",
            "question__section",
            "asked_by",
            "done_by",
        )


class Purge(models.Model):
    """One answer is to vanish from everywhere: one person asks for it, another does it."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="purges"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("done_at", "done_by"), name="purge_done_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | ~Q(done_by=F("asked_by")),
                name="purge_done_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.self_assessment}"
