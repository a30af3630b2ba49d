from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from authorities.states import READS_FOR_AUTHORITY, Role
from peerchallenge.shared.fields import both_or_neither
from rounds.models.challenge import Challenge
from rounds.models.round import Participation, Round
from rounds.states import DateSearchState, PostponedFor

if TYPE_CHECKING:
    from authorities.models import User


class DateSearchQuerySet(models.QuerySet["DateSearch"]):
    def going_on(self) -> DateSearchQuerySet:
        return self.filter(state__in=(DateSearchState.WAITING, DateSearchState.RUNNING))

    def visible_to(self, user: User) -> DateSearchQuerySet:
        return self.filter(round__region__in=user.regions_where(Role.BOARD_OFFICER))


class DateSearch(models.Model):
    """An officer asked for the best days of a round's visits; a worker looks for them."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="date_searches")
    state = models.CharField(
        max_length=10, choices=DateSearchState.choices, default=DateSearchState.WAITING
    )
    again = models.BooleanField(
        default=False, help_text="Days that are set may move too, as few as can be; pins stay."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=160, blank=True, help_text="What it is doing, in words.")
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    result = models.JSONField(
        null=True, help_text="The days found, the proof, and the rules in the way of the rest."
    )
    error = models.TextField(blank=True)

    objects = DateSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "date searches"
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_date_search_a_round",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at__isnull=True),
                name="date_search_ended_exactly_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"Days for {self.round}"

    @property
    def found(self) -> dict[str, Any]:
        """Empty until the search has come to its end."""
        return dict(self.result or {})


class DateObjectionQuerySet(models.QuerySet["DateObjection"]):
    def with_places(self) -> DateObjectionQuerySet:
        return self.select_related(
            "participation__authority",
            "by",
            "challenge__round__region",
            "challenge__host__authority",
            "challenge__challenger__authority",
        ).prefetch_related("challenge__fellows", "challenge__days")

    def open(self) -> DateObjectionQuerySet:
        return self.filter(settled_at__isnull=True)

    def visible_to(self, user: User) -> DateObjectionQuerySet:
        """That side's own people, whoever wrote it while they lead, and the officers."""
        led = Challenge.objects.filter(team__in=user.seats.current().leads()).order_by()
        return self.filter(
            Q(challenge__round__region__in=user.regions_where(Role.BOARD_OFFICER))
            | Q(participation__authority__in=user.authorities_where(*READS_FOR_AUTHORITY))
            | Q(by=user, challenge__in=led.values("pk"))
        )


class DateObjection(models.Model):
    """A side cannot keep the days it was sent."""

    challenge = models.ForeignKey(
        Challenge, on_delete=models.CASCADE, related_name="date_objections"
    )
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    days = models.JSONField(help_text="The days it was sent, by phase.")
    reason = models.TextField(help_text="For the board's officers.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True, help_text="Why the days stay; for that side.")
    settled_at = models.DateTimeField(null=True, help_text="Other days were sent, or it stays.")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DateObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "participation"],
                condition=Q(settled_at__isnull=True),
                name="one_open_date_objection_a_side",
            ),
            models.CheckConstraint(
                condition=both_or_neither("settled_at", "settled_by"),
                name="date_objection_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation.authority} cannot on the days of {self.challenge}"


class PostponementQuerySet(models.QuerySet["Postponement"]):
    def open(self) -> PostponementQuerySet:
        return self.filter(resumed_at__isnull=True)


class Postponement(models.Model):
    """A visit was put off: why, which days were given up, and when it got others."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="postponements")
    kind = models.CharField(max_length=20, choices=PostponedFor.choices)
    reason = models.TextField(blank=True, help_text="In a sentence, for both sides.")
    days = models.JSONField(help_text="The days given up, by phase.")
    state_before = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    not_before = models.DateField(
        null=True, blank=True, help_text="New days are looked for from here on."
    )
    looked_at = models.DateTimeField(
        null=True, help_text="When new days were looked for; empty: they are still to be."
    )
    obstacles = models.JSONField(
        default=list, help_text="Where fewer days were found than offered: why, a sentence each."
    )
    resumed_at = models.DateTimeField(null=True)

    objects = PostponementQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(resumed_at__isnull=True),
                name="one_open_postponement_a_challenge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge} postponed: {self.get_kind_display()}"


class DateOffer(models.Model):
    """One of the new dates offered after a postponement; rank 1 suits best."""

    postponement = models.ForeignKey(Postponement, on_delete=models.CASCADE, related_name="offers")
    rank = models.PositiveSmallIntegerField()
    days = models.JSONField(help_text="ISO dates by phase.")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["postponement", "rank"],
                condition=Q(withdrawn_at__isnull=True),
                name="date_offer_rank_once",
            )
        ]

    def __str__(self) -> str:
        return f"Offer {self.rank} after {self.postponement}"


class DateOfferAnswer(models.Model):
    """Whether a side can on the offered dates."""

    offer = models.ForeignKey(DateOffer, on_delete=models.CASCADE, related_name="answers")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    can = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "participation"], name="date_offer_answered_once_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation.authority}: {'can' if self.can else 'cannot'}"
