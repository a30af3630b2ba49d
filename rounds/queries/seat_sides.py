"""The seats of one visit: what its round says of them, and whose people they are there."""

from __future__ import annotations

from authorities.models import Authority, User
from rounds.matching import teams
from rounds.models import Challenge, Part, SeatKind
from rounds.models.challenge import listed

CHALLENGERS = "challengers"


def seat_of(kind: SeatKind, challenge: Challenge) -> teams.Seat:
    """As the solver and its rules know it."""
    own = _side(kind, challenge)
    return teams.Seat(
        kind.key,
        kind.label,
        kind.least,
        kind.most,
        kind.leads,
        kind.off_site,
        frozenset(kind.roles),
        frozenset(one.pk for one in own),
        listed([one.name for one in own]) if own else "",
    )


def own_seat(challenge: Challenge, user: User) -> str:
    """Where somebody sits who joins without being asked: the key of a seat, or none.

    The one they are proposed or asked for; if none, the one that their authority fills.
    """
    standing = challenge.seat_offers.standing().filter(user=user, leads=False).first()
    if standing:
        return standing.kind
    homes = {held.authority_id for held in user.current_memberships if held.authority_id}
    for kind in challenge.round.format.seats:
        if not kind.leads and seat_of(kind, challenge).comes_from & homes:
            return kind.key
    return ""


def _side(kind: SeatKind, challenge: Challenge) -> list[Authority]:
    """Nobody in particular where the seat says nothing, or no such fellow is there."""
    if kind.side == CHALLENGERS:
        return challenge.challengers
    fellows = challenge.fellows.all() if kind.side in Part.values else []
    return [one.participation.authority for one in fellows if one.part == kind.side]
