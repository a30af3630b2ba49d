from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorities.models import Authority, Membership, Venue
from authorities.states import READS_FOR_AUTHORITY, Role
from peerchallenge.shared.fields import both_or_neither
from rounds.models.round import Participation, PriorityArea, Round
from rounds.models.team import TeamMember

if TYPE_CHECKING:
    from authorities.models import User


class Capacity(models.Model):
    """What an authority can give in a round; an empty number means what the round asks of all."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="capacity"
    )
    gives_least = models.PositiveSmallIntegerField(null=True, blank=True)
    gives_most = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="For the board’s officers.")
    version = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    despite_intervention_at = models.DateTimeField(
        null=True, help_text="When an officer said that it may challenge all the same."
    )
    despite_intervention_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [
            models.CheckConstraint(
                condition=Q(gives_least__isnull=True)
                | Q(gives_most__isnull=True)
                | Q(gives_least__lte=F("gives_most")),
                name="capacity_least_is_not_more_than_most",
            ),
            models.CheckConstraint(
                condition=both_or_neither("answered_at", "answered_by"),
                name="capacity_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=both_or_neither("despite_intervention_at", "despite_intervention_by"),
                name="capacity_despite_intervention_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"What {self.participation} can give"


class StrengthOffered(models.Model):
    """Work an authority could help others with: one of the round's areas, or one of its own."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="strengths"
    )
    area = models.ForeignKey(PriorityArea, null=True, blank=True, on_delete=models.CASCADE)
    own_area = models.CharField(max_length=120, blank=True)
    evidence = models.TextField(blank=True, help_text="How it knows that this is a strength.")

    class Meta:
        verbose_name_plural = "strengths offered"
        ordering = ["area__position", "own_area"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "area"], name="strength_once_an_area"),
            models.CheckConstraint(
                condition=Q(area__isnull=False, own_area="")
                | Q(area__isnull=True) & ~Q(own_area=""),
                name="strength_in_one_area",
            ),
        ]

    def __str__(self) -> str:
        return self.area.name if self.area else self.own_area


class HostPreference(models.Model):
    """A challenger that a host would like to have; rank 1 most of all."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="preferences"
    )
    challenger = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["participation", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "rank"], name="preference_rank_once_a_host"
            ),
            models.UniqueConstraint(
                fields=["participation", "challenger"], name="preference_once_a_challenger"
            ),
            models.CheckConstraint(
                condition=~Q(participation=F("challenger")), name="preference_for_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation.authority} would like {self.challenger.authority}"


class UnavailableQuerySet(models.QuerySet["Unavailable"]):
    def visible_to(self, user: User) -> UnavailableQuerySet:
        """One's own, one's authority's and its venues', and all of a region for its officers.

        Why a person cannot is theirs alone: officers find people's days through
        `rounds.queries.answered_days`, which has no reasons.
        """
        own = Q(user=user) | _of(authority__in=user.authorities_where(*READS_FOR_AUTHORITY))
        regions = user.regions_where(Role.BOARD_OFFICER)
        if not regions:
            return self.filter(own)
        held = Membership.objects.current().filter(authority__region__in=regions)
        seats = TeamMember.objects.current().filter(challenge__round__region__in=regions)
        people = Q(user__in=held.values("user")) | Q(user__in=seats.order_by().values("user"))
        return self.filter(own | _of(authority__region__in=regions) | people)


def _of(**places: object) -> Q:
    """Of such authorities, and of their venues."""
    return Q(**places) | Q(**{f"venue__{name}": wanted for name, wanted in places.items()})


class Unavailable(models.Model):
    """Days on which an authority, a person or a venue cannot, or would rather not."""

    authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.CASCADE, related_name="unavailable"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="unavailable",
    )
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.CASCADE, related_name="unavailable"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    rather_not = models.BooleanField(default=False, help_text="Possible, if nothing else is.")
    reason = models.TextField(blank=True, help_text="For the board’s officers.")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(auto_now_add=True)

    objects = UnavailableQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unavailable days"
        ordering = ["first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="unavailable_from_first_to_last"
            ),
            models.CheckConstraint(
                condition=Q(authority__isnull=False, user__isnull=True, venue__isnull=True)
                | Q(authority__isnull=True, user__isnull=False, venue__isnull=True)
                | Q(authority__isnull=True, user__isnull=True, venue__isnull=False),
                name="unavailable_an_authority_a_person_or_a_venue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority or self.user or self.venue}: {self.first_day} to {self.last_day}"


class AvailabilityAnswer(models.Model):
    """Somebody has said when they cannot in a round, be it never: they are not chased any more."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="availability_answers")
    authority = models.ForeignKey(Authority, null=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(authority__isnull=False, user__isnull=True)
                | Q(authority__isnull=True, user__isnull=False),
                name="availability_of_an_authority_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["round", "authority"], name="availability_answered_once_an_authority"
            ),
            models.UniqueConstraint(
                fields=["round", "user"], name="availability_answered_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority or self.user} has said when, for {self.round}"
