from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorities.states import HELD_IN_AN_AUTHORITY, READS_FOR_AUTHORITY, Role
from peerchallenge.shared.fields import both_or_neither
from peerchallenge.shared.marks import mark_of
from rounds.models.questionnaire import Question, Section
from rounds.models.self_assessment import SelfAssessment
from rounds.states import GIVEN, OPEN_TO_TEAM, ROUND_OVER, SENT, RoundState

if TYPE_CHECKING:
    from authorities.models import User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def kept(self) -> EvidenceQuerySet:
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user: User) -> EvidenceQuerySet:
        """That there is such a document: to whoever opens it and, once sent, to the officers."""
        officer = Q(
            self_assessment__state__in=SENT,
            self_assessment__participation__round__region__in=user.regions_where(
                Role.BOARD_OFFICER
            ),
        )
        return self.filter(officer | _opened_by(user)).distinct()

    def open_to(self, user: User) -> EvidenceQuerySet:
        """What is in it: to the people of the authority, and to the team that challenges it."""
        return self.kept().filter(_opened_by(user)).distinct()


def _opened_by(user: User) -> Q:
    """The authority's own; a section's to whoever was given it; once sent, the team's."""
    own = ~Q(self_assessment__participation__round__state=RoundState.DRAFT) & Q(
        self_assessment__participation__authority__in=user.authorities_where(*READS_FOR_AUTHORITY)
    )
    given = Q(
        Q(section__given__user=user) | Q(section__given__invitation__accepted_by=user),
        ~Q(self_assessment__participation__round__state__in=(RoundState.DRAFT, *ROUND_OVER)),
        section__given__self_assessment=F("self_assessment"),
        section__given__state__in=GIVEN,
        self_assessment__participation__authority__in=user.authorities_where(*HELD_IN_AN_AUTHORITY),
    )
    sent = Q(self_assessment__state__in=SENT) | Q(
        self_assessment__versions__shared_at__isnull=False,
        added_at__lte=F("self_assessment__versions__sent_at"),
    )
    team = sent & Q(
        self_assessment__participation__hosting__state__in=OPEN_TO_TEAM,
        self_assessment__participation__hosting__team__in=user.seats.current(),
    )
    return own | given | team


class Evidence(models.Model):
    """A document, or the address of a public one, that bears out a section or an answer."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="evidence"
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="evidence")
    question = models.ForeignKey(
        Question, null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(max_length=160)
    document_date = models.DateField(help_text="The document's own date.")
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(blank=True, max_length=100)
    file_name = models.CharField(max_length=160, blank=True, help_text="What it was called.")
    kind = models.CharField(max_length=10, blank=True, help_text="Such as pdf, as read from it.")
    size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "added_at"]
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("removed_at", "removed_by"),
                name="evidence_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=(~Q(link="") & Q(file="")) | (Q(link="") & ~Q(sha256="")),
                name="evidence_is_a_link_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def seen(self) -> str:
        """Another for every other title or date: sent back with the page that was drawn from it."""
        return mark_of(self.document_date, self.title)
