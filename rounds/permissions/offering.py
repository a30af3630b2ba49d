"""Who says what an authority can give in a round and when it cannot, and who reads it."""

from __future__ import annotations

from authorities.models import Authority, User, Venue
from authorities.states import ACTS_FOR_AUTHORITY, HELD_IN_AN_AUTHORITY, Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Participation, Unavailable
from rounds.permissions.rounds import run_round
from rounds.permissions.self_assessments import belongs_to, takes_part
from rounds.states import RoundState

# The officers still match: what they are told can still count.
TO_BE_MATCHED = (RoundState.OPEN, RoundState.MATCHING)


def say_offer(by: User, participation: Participation) -> Answer:
    """Whoever acts for it, from the invitation until the matches are confirmed."""
    return (
        yes_if(
            by.holds(*ACTS_FOR_AUTHORITY, authority=participation.authority_id),
            "Only the director and the authority’s officers say what it can give.",
        )
        & takes_part(participation)
        & yes_if(
            participation.round.state in TO_BE_MATCHED,
            "The matches are confirmed, so this stays as it is. "
            "If something has changed, tell an officer of the board.",
        )
    )


def read_offer(by: User, participation: Participation) -> Answer:
    officer = by.holds(Role.BOARD_OFFICER, region=participation.round.region_id)
    return yes_if(
        officer or belongs_to(by, participation),
        "What an authority can give is read by its own people and the board’s officers.",
    )


def say_numbers_for(by: User, participation: Participation) -> Answer:
    """An officer of the board, who was told on the telephone, also once matches are out."""
    return run_round(by, participation.round.region) & takes_part(participation)


def open_availability(by: User) -> Answer:
    """Whoever may visit or be visited."""
    return yes_if(
        by.holds(*HELD_IN_AN_AUTHORITY) or by.seats.current().exists(),
        "Only people who work for an authority or sit on a team say here when they cannot.",
    )


def say_unavailable(by: User, whose: Authority | Venue | None) -> Answer:
    """For an authority and its venues whoever acts for it; for themselves whoever has the page."""
    if whose is None:
        return open_availability(by)
    authority = whose.authority_id if isinstance(whose, Venue) else whose.pk
    return yes_if(
        by.holds(*ACTS_FOR_AUTHORITY, authority=authority),
        "Only the director and the authority’s officers say when it cannot.",
    )


def take_back_unavailable(by: User, row: Unavailable) -> Answer:
    if row.user_id:
        return yes_if(row.user_id == by.pk, "These are somebody else’s days.")
    return say_unavailable(by, row.venue or row.authority)
