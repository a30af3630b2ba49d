from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from rounds.models.challenge import Challenge

if TYPE_CHECKING:
    from authorities.models import Membership


class Seat(models.TextChoices):
    LEAD = "lead", "Lead reviewer"
    MEMBER = "member", "Team member"


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def current(self) -> TeamMemberQuerySet:
        today = timezone.localdate()
        return self.filter(Q(from_date__lte=today), Q(to_date__isnull=True) | Q(to_date__gte=today))

    def leads(self) -> TeamMemberQuerySet:
        return self.filter(seat=Seat.LEAD)


class TeamMember(models.Model):
    """A person's seat in the team of one challenge."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats"
    )
    seat = models.CharField(max_length=10, choices=Seat.choices, default=Seat.MEMBER)
    kind = models.SlugField(
        blank=True, help_text="Which seat of the round's format; empty: none in particular."
    )
    from_date = models.DateField(default=timezone.localdate)
    to_date = models.DateField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "user"],
                condition=Q(to_date__isnull=True),
                name="one_seat_a_person",
            ),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(seat="lead", to_date__isnull=True),
                name="one_lead_a_challenge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_seat_display()}"

    @property
    def post_held(self) -> Membership | None:
        """The post they bring to the team: the newest one held in an authority."""
        posts = [held for held in self.user.current_memberships if held.authority]
        return max(posts, key=lambda held: held.from_date, default=None)
