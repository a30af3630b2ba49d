"""Seats that wait: for an answer of whoever is asked, or for somebody instead of who said no."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from authorities.models import User
from rounds.models import Round, SeatOffer
from rounds.states import DATES_OPEN, SeatOfferState


def seats_to_answer(user: User) -> QuerySet[SeatOffer]:
    """What somebody is asked and has not answered."""
    return (
        SeatOffer.objects.filter(
            user=user, state=SeatOfferState.ASKED, challenge__state__in=DATES_OPEN
        )
        .select_related("challenge__round", "challenge__host__authority")
        .order_by("asked_at", "pk")
    )


def seats_given_up(round: Round) -> QuerySet[SeatOffer]:
    """Said no, and nobody has been proposed, asked or seated there since."""
    instead = (
        SeatOffer.objects.standing()
        .filter(challenge=OuterRef("challenge"), kind=OuterRef("kind"))
        .order_by()
    )
    return (
        SeatOffer.objects.filter(
            ~Exists(instead),
            challenge__round=round,
            challenge__state__in=DATES_OPEN,
            state=SeatOfferState.DECLINED,
        )
        .select_related("user", "challenge__host__authority")
        .order_by("challenge__host__authority__name", "pk")
    )
