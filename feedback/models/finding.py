from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from feedback.states import FindingKind
from rounds.models import Challenge
from rounds.states import OPEN_TO_TEAM

if TYPE_CHECKING:
    from authorities.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> FindingQuerySet:
        """The team's alone: the host reads the letter, never the findings behind it."""
        own = Challenge.objects.filter(state__in=OPEN_TO_TEAM, team__in=user.seats.current())
        return self.filter(challenge__in=own.values("pk"))

    def in_letter(self) -> FindingQuerySet:
        return self.filter(for_letter=True)


class Finding(models.Model):
    """What the team saw: in its own words, and in the words the letter uses."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=30, choices=FindingKind.choices)
    theme = models.CharField(max_length=120)
    team_text = models.TextField()
    letter_text = models.TextField(blank=True)
    for_letter = models.BooleanField(default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["theme", "-kind", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.team_text[:60]}"

    @property
    def wording(self) -> str:
        """What the letter says: its own wording where there is one."""
        return self.letter_text or self.team_text

    @property
    def seen(self) -> str:
        """Another for every other text: what a page was drawn from, to be sent back with it."""
        said = (self.kind, self.theme, self.team_text, self.letter_text, str(self.for_letter))
        return hashlib.sha256("\n\n".join(said).encode()).hexdigest()[:16]
