from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from authorities.models import Authority, Region
from authorities.states import READS_FOR_AUTHORITY, READS_FOR_BOARD, Role
from rounds.models.format import Format
from rounds.states import ParticipationState, RoundState

if TYPE_CHECKING:
    from authorities.models import User


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User) -> RoundQuerySet:
        """The board's people, and whoever works for an authority or a team taking part."""
        taking_part = Q(
            ~Q(state=RoundState.DRAFT),
            pk__in=Participation.objects.filter(
                authority__in=user.authorities_where(*READS_FOR_AUTHORITY)
            ).values("round"),
        )
        on_a_team = Q(participations__hosting__team__in=user.seats.current())
        board = Q(region__in=user.regions_where(*READS_FOR_BOARD, Role.APPROVER))
        return self.filter(board | taking_part | on_a_team).distinct()

    def locked(self, pk: int) -> Round:
        """For the length of a transaction nobody else changes it."""
        return self.select_for_update(of=("self",)).select_related("region").get(pk=pk)


class Round(models.Model):
    """One run of a region's peer challenge, from invitation to report."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=20, choices=RoundState.choices, default=RoundState.DRAFT)
    format_data = models.JSONField()
    self_assessment_due = models.DateField()
    visits_from = models.DateField()
    visits_to = models.DateField()
    availability_due = models.DateField(
        null=True, blank=True, help_text="By when all say on which days they cannot."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-visits_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visits_from__lte=F("visits_to")), name="round_window_has_days"
            ),
            models.UniqueConstraint(fields=["region", "name"], name="round_name_once_in_region"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> Format:
        return Format(self.format_data)

    @property
    def areas_set(self) -> bool:
        """Directors choose; until then the board waits for what comes in to set the areas."""
        return bool(self.format_data.get("areas_set", True))

    @property
    def areas_came_late(self) -> bool:
        """The board set them once the round was open: some had sent theirs by then."""
        return bool(self.format_data.get("areas_came_late", False))


class PriorityArea(models.Model):
    """What the region chose to challenge on in this round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="areas")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="area_named_once_in_round")
        ]

    def __str__(self) -> str:
        return self.name


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def taking_part(self) -> ParticipationQuerySet:
        return self.exclude(state=ParticipationState.WITHDRAWN)

    def visible_to(self, user: User) -> ParticipationQuerySet:
        return self.filter(
            Q(round__region__in=user.regions_where(*READS_FOR_BOARD))
            | Q(
                ~Q(round__state=RoundState.DRAFT),
                authority__in=user.authorities_where(*READS_FOR_AUTHORITY),
            )
        )


class Participation(models.Model):
    """An authority's part in a round: it hosts one challenge and gives one."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participations")
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="participations"
    )
    state = models.CharField(
        max_length=20, choices=ParticipationState.choices, default=ParticipationState.INVITED
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["authority__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "authority"], name="authority_once_in_round")
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.round}"
