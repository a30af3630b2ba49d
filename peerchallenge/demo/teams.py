"""The demo’s teams: proposed for all open seats at once; some asked, and how they answered."""

from __future__ import annotations

from datetime import date, timedelta

from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from rounds import actions
from rounds.models import Round, SeatOffer
from rounds.queries.teams import seat_kind
from rounds.states import SeatOfferState

A_WORD = "You know this work well, and they asked for somebody who does. Could you come?"
A_NO = "I am on leave in that week. Please ask me again in the autumn."
# Of those asked, in their order: the rest have not answered yet.
ASKED, SAID_NO, SAID_YES = 4, (1,), (0, 2)


def seat_teams(round: Round, cast: Cast, today: date) -> None:
    with at(today - timedelta(days=6), 10):
        actions.propose_teams(round, by=cast.officer)
    offers = SeatOffer.objects.filter(challenge__round=round, state=SeatOfferState.PROPOSED)
    chosen = list(offers.select_related("user", "challenge").order_by("pk")[:ASKED])
    with at(today - timedelta(days=5), 11):
        asked = [_ask(round, offer, cast) for offer in chosen]
    with at(today - timedelta(days=3), 9):
        for place, offer in enumerate(asked):
            if place in SAID_NO:
                actions.decline_seat(offer, reason=A_NO, by=offer.user)
            elif place in SAID_YES:
                actions.accept_seat(offer, by=offer.user)


def _ask(round: Round, offer: SeatOffer, cast: Cast) -> SeatOffer:
    seat = seat_kind(round, offer.kind)
    assert seat is not None, "proposed for a seat of the format"  # noqa: S101
    return actions.ask_seat(offer.challenge, offer.user, seat, message=A_WORD, by=cast.officer)
