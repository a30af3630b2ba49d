"""What a press writes to whom, and the mark of a round's seats."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rounds.models import Round, SeatOffer
from rounds.states import DATES_OPEN, SeatOfferState


@dataclass(frozen=True)
class AboutToAsk:
    """Everybody proposed, by person, each with the seats they would be asked for."""

    people: int
    lines: list[tuple[str, list[str]]]

    @property
    def said(self) -> str:
        return "1 person" if self.people == 1 else f"{self.people} people"


def about_to_ask(round: Round, offers: Sequence[SeatOffer]) -> AboutToAsk:
    labels = {seat.key: seat.label for seat in round.format.seats}
    found: dict[int, tuple[str, list[str]]] = {}
    for offer in offers:
        _, seats = found.setdefault(offer.user_id, (offer.user.name, []))
        host = offer.challenge.host_authority.name
        seats.append(f"{labels.get(offer.kind, 'Team member')}, {host}")
    return AboutToAsk(len(found), sorted(found.values()))


def seats_mark(round: Round) -> str:
    """Another one once somebody has changed the round's seats."""
    seats = json.dumps(round.format.data.get("seats"), sort_keys=True)
    return sha256(seats.encode()).hexdigest()[:16]


def proposed_offers(round: Round) -> list[SeatOffer]:
    """Whom pressing the button would write to, by visit."""
    return list(
        SeatOffer.objects.filter(
            challenge__round=round,
            challenge__state__in=DATES_OPEN,
            state=SeatOfferState.PROPOSED,
            user__is_active=True,
        )
        .select_related("user", "challenge__host__authority")
        .order_by("challenge__host__authority__name", "-leads", "kind", "pk")
    )


def proposal_version(offers: Collection[SeatOffer]) -> str:
    """Another one once somebody else is proposed, for another seat, or asked by now."""
    said = ";".join(f"{one.pk}:{one.user_id}:{one.kind}" for one in offers)
    return sha256(said.encode()).hexdigest()[:16]
