from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorities.states import Role
from rounds.models.challenge import Challenge
from rounds.models.team import TeamMember
from rounds.states import SEAT_ASKED, SeatOfferState

if TYPE_CHECKING:
    from authorities.models import User


class SeatOfferQuerySet(models.QuerySet["SeatOffer"]):
    def standing(self) -> SeatOfferQuerySet:
        """They count as that person's load: drafted, asked, or taken."""
        return self.filter(state__in=(SeatOfferState.PROPOSED, *SEAT_ASKED))

    def visible_to(self, user: User) -> SeatOfferQuerySet:
        """One's own once asked; the challengers' directors', the lead's and the officers'."""
        asked = ~Q(state=SeatOfferState.PROPOSED)
        lead = Challenge.objects.filter(team__in=user.seats.current().leads())
        directs = (
            Challenge.objects.live()
            .with_side(authority__in=user.authorities_where(Role.DIRECTOR))
            .exclude(host__authority__in=user.authorities_where(Role.DIRECTOR))
        )
        return self.filter(
            (Q(user=user) & asked)
            | Q(challenge__in=lead.order_by().values("pk"))
            | Q(challenge__in=directs.order_by().values("pk"))
            | Q(challenge__round__region__in=user.regions_where(Role.BOARD_OFFICER))
        )


class SeatOffer(models.Model):
    """Somebody is proposed for a seat of a team, asked, and says yes or no."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="seat_offers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seat_offers"
    )
    kind = models.SlugField(help_text="The seat, by its key in the round's format.")
    leads = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=SeatOfferState.choices, default=SeatOfferState.PROPOSED
    )
    locked = models.BooleanField(default=False, help_text="A proposal keeps this person here.")
    message = models.TextField(blank=True, help_text="To the person who is asked.")
    reason = models.TextField(blank=True, help_text="Why they said no: lead and officers read it.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    member = models.OneToOneField(
        TeamMember, null=True, on_delete=models.SET_NULL, related_name="offer"
    )

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        ordering = ["challenge", "-leads", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "user"],
                condition=Q(state__in=["proposed", "asked", "accepted"]),
                name="one_standing_seat_offer_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(answered_at__isnull=False),
                name="seat_offer_accepted_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.kind}: {self.get_state_display().lower()}"
