from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.states import HELD_IN_AN_AUTHORITY, READS_FOR_AUTHORITY, Role
from peerchallenge.shared.marks import mark_of
from rounds.models.challenge import Challenge
from rounds.models.round import Participation, PriorityArea
from rounds.states import (
    GIVEN,
    OPEN_TO_TEAM,
    ROUND_OVER,
    SENT,
    ParticipationState,
    RoundState,
    SelfAssessmentState,
)

if TYPE_CHECKING:
    from authorities.models import User


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    def with_round(self) -> SelfAssessmentQuerySet:
        return self.select_related(
            "participation__round__region", "participation__authority", "area", "submitted_by"
        )

    def visible_to(self, user: User) -> SelfAssessmentQuerySet:
        """Whoever reads the whole of it; and, in its authority, whoever was given a section."""
        given = Q(
            Q(given__user=user) | Q(given__invitation__accepted_by=user),
            ~Q(participation__round__state__in=(RoundState.DRAFT, *ROUND_OVER)),
            given__state__in=GIVEN,
            participation__authority__in=user.authorities_where(*HELD_IN_AN_AUTHORITY),
        )
        return self.filter(_read_whole_by(user) | given).distinct()

    def read_whole_by(self, user: User) -> SelfAssessmentQuerySet:
        """The authority's own; once sent, the board's officers and the team that challenges it;
        once shared, the directors whom the round names.
        """
        return self.filter(_read_whole_by(user)).distinct()


def _read_whole_by(user: User) -> Q:
    sent = Q(state__in=SENT) | Q(versions__shared_at__isnull=False)
    own = ~Q(participation__round__state=RoundState.DRAFT) & Q(
        participation__authority__in=user.authorities_where(*READS_FOR_AUTHORITY)
    )
    officer = sent & Q(participation__round__region__in=user.regions_where(Role.BOARD_OFFICER))
    team = sent & Q(
        participation__hosting__state__in=OPEN_TO_TEAM,
        participation__hosting__team__in=user.seats.current(),
    )
    return own | officer | team | shared_with(user)


def shared_with(user: User) -> Q:
    """By the round's own rule: every director in it, those of the same challenge, or nobody.

    An authority that has withdrawn neither reads the others' nor is read by them.
    """
    led = user.authorities_where(Role.DIRECTOR)
    rule = "participation__round__format_data__readers__self_assessment_submitted__other_directors"
    here = Participation.objects.taking_part()
    everybody = Q(
        **{rule: "all"}, participation__round__participations__in=here.filter(authority__in=led)
    )
    together = Challenge.objects.live().with_side(authority__in=led).order_by().values("pk")
    grouped = Q(**{rule: "group"}) & (
        Q(participation__hosting__in=together)
        | Q(participation__challenging__in=together)
        | Q(participation__challenging_beside__challenge__in=together)
    )
    stays = ~Q(participation__state=ParticipationState.WITHDRAWN)
    return Q(versions__shared_at__isnull=False) & stays & (everybody | grouped)


class SelfAssessment(models.Model):
    """What an authority says of itself, and what it asks to be challenged on."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="self_assessment"
    )
    state = models.CharField(
        max_length=20,
        choices=SelfAssessmentState.choices,
        default=SelfAssessmentState.NOT_STARTED,
    )
    area = models.ForeignKey(PriorityArea, null=True, blank=True, on_delete=models.PROTECT)
    own_area = models.CharField(max_length=120, blank=True)
    own_area_reason = models.TextField(blank=True)
    opened_at = models.DateTimeField(
        null=True, help_text="When one of its own people first opened it."
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(own_area=""),
                name="self_assessment_one_area",
            ),
            models.CheckConstraint(
                condition=Q(own_area="") | ~Q(own_area_reason=""),
                name="self_assessment_own_area_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="self_assessment_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT) | Q(submitted_at__isnull=False),
                name="self_assessment_sent_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Self-assessment of {self.participation.authority}"

    @property
    def area_name(self) -> str:
        return self.area.name if self.area else self.own_area

    @property
    def area_seen(self) -> str:
        """Another for every other area: what a page was drawn from, to be sent back with it."""
        return mark_of(self.area_id, self.own_area, self.own_area_reason)
