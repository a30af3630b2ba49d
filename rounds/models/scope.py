from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.states import Role
from peerchallenge.shared.fields import both_or_neither
from peerchallenge.shared.marks import mark_of
from rounds.models.challenge import Challenge
from rounds.models.questionnaire import Question

if TYPE_CHECKING:
    from authorities.models import User


class Scope(models.Model):
    """What a visit looks at; agreed when the host and the lead reviewer have both said so."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="scope")
    version = models.PositiveIntegerField(default=0, help_text="Rises with every change of words.")
    host_agreed_at = models.DateTimeField(null=True)
    host_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_agreed_at = models.DateTimeField(null=True)
    lead_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("host_agreed_at", "host_agreed_by"),
                name="scope_host_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=both_or_neither("lead_agreed_at", "lead_agreed_by"),
                name="scope_lead_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Scope of {self.challenge}"

    @property
    def agreed(self) -> bool:
        return self.host_agreed_at is not None and self.lead_agreed_at is not None


class EnquiryLineQuerySet(models.QuerySet["EnquiryLine"]):
    def visible_to(self, user: User) -> EnquiryLineQuerySet:
        """Both sides, the team and the officers: whoever sees the challenge, once it is offered."""
        return self.filter(challenge__in=Challenge.objects.visible_to(user).order_by().values("pk"))


class EnquiryLine(models.Model):
    """A key line of enquiry: what the team sets out to learn."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    question = models.ForeignKey(
        Question,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The question of the self-assessment that it comes from.",
    )
    from_area = models.BooleanField(default=False, help_text="It comes from the priority area.")

    objects = EnquiryLineQuerySet.as_manager()

    class Meta:
        ordering = ["challenge", "position"]
        verbose_name = "line of enquiry"
        verbose_name_plural = "lines of enquiry"
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "position"],
                name="line_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def seen(self) -> str:
        return mark_of(self.text)


class LimbQuerySet(models.QuerySet["Limb"]):
    def visible_to(self, user: User) -> LimbQuerySet:
        return self.filter(line__in=EnquiryLine.objects.visible_to(user).order_by().values("pk"))


class Limb(models.Model):
    """A part of a line of enquiry that is looked at on its own."""

    line = models.ForeignKey(EnquiryLine, on_delete=models.CASCADE, related_name="limbs")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    objects = LimbQuerySet.as_manager()

    class Meta:
        ordering = ["line", "position"]

    def __str__(self) -> str:
        return self.text

    @property
    def seen(self) -> str:
        return mark_of(self.text)


class PaperQuerySet(models.QuerySet["Paper"]):
    def kept(self) -> PaperQuerySet:
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user: User) -> PaperQuerySet:
        """That there is such a document: to whoever opens it, and to the officers."""
        officer = Q(asked__challenge__round__region__in=user.regions_where(Role.BOARD_OFFICER))
        return self.filter(officer | _opened_by(user)).distinct()

    def open_to(self, user: User) -> PaperQuerySet:
        """What is in it: to the host's people, and to the team until the challenge is closed."""
        return self.kept().filter(_opened_by(user)).distinct()


def _opened_by(user: User) -> Q:
    hosted = Challenge.objects.hosted_for(user).order_by()
    on_team = Challenge.objects.open_to_team_of(user).order_by()
    return Q(asked__challenge__in=hosted.values("pk")) | Q(
        asked__challenge__in=on_team.values("pk")
    )


class PaperAskedQuerySet(models.QuerySet["PaperAsked"]):
    def standing(self) -> PaperAskedQuerySet:
        """Those that nobody has taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def told(self) -> PaperAskedQuerySet:
        """Those that the host knows of."""
        return self.standing().filter(sent_at__isnull=False)

    def open(self) -> PaperAskedQuerySet:
        """The host knows of it, and has neither given it nor said that there is none."""
        given = Paper.objects.kept().values("asked")
        return self.told().filter(no_such="").exclude(pk__in=given)


class PaperAsked(models.Model):
    """Something the team asks the host for before it comes."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="papers_asked")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    note = models.TextField(blank=True, help_text="What it should hold, or for which period.")
    due = models.DateField(null=True, blank=True, help_text="Empty: as the round says of papers.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, help_text="When the host was told of it.")
    no_such = models.TextField(blank=True, help_text="The host has no such document, and says why.")
    withdrawn_at = models.DateTimeField(null=True, help_text="It is not asked for any more.")
    # Each once: the host is reminded before the day, and after it.
    chased_before_at = models.DateTimeField(null=True)
    chased_after_at = models.DateTimeField(null=True)

    objects = PaperAskedQuerySet.as_manager()

    class Meta:
        ordering = ["challenge", "position", "pk"]
        verbose_name_plural = "papers asked for"

    def __str__(self) -> str:
        return self.title

    @property
    def seen(self) -> str:
        return mark_of(self.title, self.note, self.due)


class Paper(models.Model):
    """A document, or the address of a public one, that the host gives the team."""

    asked = models.ForeignKey(PaperAsked, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=160)
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

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("removed_at", "removed_by"),
                name="paper_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=(~Q(link="") & Q(file="")) | (Q(link="") & ~Q(sha256="")),
                name="paper_is_a_link_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReadyDespite(models.Model):
    """An officer called a challenge ready although something was open; the reason stays."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="ready_despite")
    unmet = models.JSONField(help_text="What was open then, in words.")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "ready despite"

    def __str__(self) -> str:
        return f"{self.challenge}: ready all the same"
