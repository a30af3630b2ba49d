from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorities.models import Authority, Region
from authorities.states import Role
from peerchallenge.shared.fields import both_or_neither
from rounds.models.challenge import Part
from rounds.models.round import Participation, Round

if TYPE_CHECKING:
    from authorities.models import User


def default_weights() -> dict[str, Any]:
    return {}


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, user: User) -> ScenarioQuerySet:
        """The officers' alone, published or not: authorities see offers."""
        return self.filter(round__region__in=user.regions_where(Role.BOARD_OFFICER))


class Scenario(models.Model):
    """One way to match a round: what counts how much, what is fixed, and who challenges whom.

    `weights`: by the key of a score, 0 to 10; a missing one has its default.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=60)
    weights = models.JSONField(default=default_weights, blank=True)
    worst_first = models.BooleanField(
        default=True, help_text="Raise the worst-off host first, then the sum."
    )
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="scenario_name_once_in_round"),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(published_at__isnull=False),
                name="one_published_scenario_a_round",
            ),
            models.CheckConstraint(
                condition=both_or_neither("published_at", "published_by"),
                name="scenario_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioMatch(models.Model):
    """A host and one of its challengers in a scenario; locked ones stay when it is solved again.

    A reciprocal pair is two rows, a group one for each host and each other member. `reason` is
    the officer's word for a pair that a rule forbids.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="matches")
    host = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    challenger = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.CHALLENGER)
    locked = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["host__authority__name", "part", "challenger__authority__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "host", "challenger"], name="scenario_pair_once"
            ),
            models.CheckConstraint(condition=~Q(host=F("challenger")), name="scenario_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.challenger.authority} challenges {self.host.authority}"


class Exclusion(models.Model):
    """The officer's word that this authority does not challenge that host in this scenario."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="exclusions")
    host = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    challenger = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["host__authority__name", "challenger__authority__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "host", "challenger"], name="exclusion_once"
            ),
            models.CheckConstraint(condition=~Q(host=F("challenger")), name="exclusion_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.challenger.authority} does not challenge {self.host.authority}"


class EarlierChallengeQuerySet(models.QuerySet["EarlierChallenge"]):
    def visible_to(self, user: User) -> EarlierChallengeQuerySet:
        return self.filter(region__in=user.regions_where(Role.BOARD_OFFICER))


class EarlierChallenge(models.Model):
    """A challenge that was held before the region's rounds were run here, as its officer knows."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="earlier_challenges")
    host = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    challenger = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(help_text="Its first day.")
    round_name = models.CharField(max_length=100, blank=True)
    days = models.PositiveSmallIntegerField(default=0, help_text="Days the challenger gave.")
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = EarlierChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "host__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "challenger", "held_on"], name="earlier_challenge_once"
            ),
            models.CheckConstraint(
                condition=~Q(host=F("challenger")), name="earlier_challenge_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenger} challenged {self.host} on {self.held_on}"
