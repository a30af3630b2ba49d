from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from authorities.models import Venue
from authorities.states import Role
from peerchallenge.shared.seals import unbroken
from rounds.models.challenge import Challenge
from rounds.models.scope import EnquiryLine
from rounds.models.team import TeamMember
from rounds.scheduling.released import ReleasedTimetable
from rounds.states import SessionKind

if TYPE_CHECKING:
    from authorities.models import User


def timetabled_for(user: User) -> models.QuerySet[Challenge]:
    """Challenges whose timetable this person reads, draft and all."""
    hosted = Challenge.objects.hosted_for(user).order_by()
    on_team = Challenge.objects.open_to_team_of(user).order_by()
    return Challenge.objects.live().filter(
        Q(pk__in=hosted.values("pk"))
        | Q(pk__in=on_team.values("pk"))
        | Q(round__region__in=user.regions_where(Role.BOARD_OFFICER))
    )


class Timetable(models.Model):
    """What happens on the days of a visit. Locked while anybody changes a session of it."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="timetable")
    version = models.PositiveIntegerField(default=0, help_text="Rises with every change.")
    names_shown = models.BooleanField(
        default=False, help_text="The host wants the names of those who are seen in it."
    )
    break_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="What the team needs between two sessions."
    )

    def __str__(self) -> str:
        return f"Timetable of {self.challenge}"


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> SessionQuerySet:
        return self.filter(timetable__challenge__in=timetabled_for(user).values("pk"))


class Session(models.Model):
    """Something that takes place on a day of a visit, from a time on, for so many minutes."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="sessions")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=SessionKind.choices)
    title = models.CharField(max_length=160)
    day = models.DateField()
    start = models.TimeField()
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(720)]
    )
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    room = models.CharField(max_length=80, blank=True)
    link = models.URLField(max_length=500, blank=True, help_text="Where it is held online.")
    tentative = models.BooleanField(default=False)
    line = models.ForeignKey(
        EnquiryLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    team = models.ManyToManyField(TeamMember, blank=True, related_name="sessions")
    note_taker = models.ForeignKey(
        TeamMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes_taken"
    )
    councillors = models.BooleanField(
        default=False, help_text="Elected members are seen in it: not in a pre-election period."
    )
    note = models.TextField(blank=True, help_text="For those who are there.")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=720), name="session_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.day:%-d %B %Y}, {self.start:%H:%M}"

    @property
    def starts(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, self.start))

    @property
    def ends(self) -> datetime:
        """By the clock on the wall: no session lasts through a night's change of it."""
        naive = datetime.combine(self.day, self.start) + timedelta(minutes=self.minutes)
        return timezone.make_aware(naive)


class Seen(models.Model):
    """Who is seen in a session: a role and how many, not who; a name only if the host wants."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seen")
    role = models.CharField(max_length=120)
    service = models.CharField(max_length=120, blank=True, help_text="Where they work.")
    number = models.PositiveSmallIntegerField(default=1)
    manages = models.BooleanField(default=False, help_text="They manage staff of that service.")
    names = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["session", "pk"]
        verbose_name_plural = "seen"

    def __str__(self) -> str:
        return f"{self.number} × {self.role}"


class TimetableReleaseQuerySet(models.QuerySet["TimetableRelease"]):
    def visible_to(self, user: User) -> TimetableReleaseQuerySet:
        """Whoever reads the draft: the host's own people, the team, and the officers."""
        return self.filter(timetable__challenge__in=timetabled_for(user).values("pk"))


class TimetableRelease(models.Model):
    """A timetable as it was sent out, with what had changed since the one before."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="Every session as it stood.")
    changes = models.JSONField(default=list, help_text="Sentences; empty for the first one.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = TimetableReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["timetable", "number"], name="release_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.timetable}, version {self.number}"

    @cached_property
    def frozen(self) -> ReleasedTimetable:
        """What was sent out: never read again from the sessions it came from."""
        return ReleasedTimetable.from_json(self.content)


class PrintKind(models.TextChoices):
    DOOR = "door", "For the door"
    TEAM = "team", "For the team"


class TimetablePdf(models.Model):
    """A release made ready to print."""

    release = models.ForeignKey(TimetableRelease, on_delete=models.CASCADE, related_name="pdfs")
    kind = models.CharField(max_length=10, choices=PrintKind.choices)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "kind"], name="timetable_pdf_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.release}, {self.get_kind_display().lower()}"

    @property
    def kept_pdf(self) -> bytes:
        """The bytes as they were made, or SealBroken."""
        otherwise = f"timetable {self.pk}: the PDF is not the one that was made"
        return unbroken(self.pdf, self.pdf_sha256, otherwise)
