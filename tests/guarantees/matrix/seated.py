"""Who is asked for the team, and who said no, as a scene has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from rounds.states import SeatOfferState

if TYPE_CHECKING:
    from tests.guarantees.matrix.scenes import Scene


def ask_for_seats(scene: Scene) -> None:
    """The third authority's director is asked; somebody who had a seat gave it up, and said why."""
    assert scene.challenge is not None
    offers = scene.challenge.seat_offers
    asked = {"kind": "practitioner", "proposed_by": scene.people["officer"]}
    asked["asked_at"] = timezone.now()
    offers.create(
        user=scene.people["other_director"],
        state=SeatOfferState.ASKED,
        message="tokseatmessage: please come",
        **asked,
    )
    offers.create(
        user=scene.people["former_member"],
        state=SeatOfferState.DECLINED,
        answered_at=timezone.now(),
        reason="tokseatreason: why not",
        **asked,
    )
