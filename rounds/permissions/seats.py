"""Who may propose, ask and answer for the seats of teams, when, and what we say if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge, Round, SeatOffer
from rounds.permissions.challenges import (
    TEAM_OPEN,
    change_team,
    leads,
    name_lead,
    speaks_for_challengers,
)
from rounds.permissions.rounds import run_round
from rounds.states import DATES_OPEN, RoundState, SeatOfferState


def propose_teams(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.UNDER_WAY,
        "Confirm the matches first: then teams can be proposed.",
    )


def ask_seats(by: User, round: Round) -> Answer:
    return propose_teams(by, round)


def change_seats(by: User, round: Round) -> Answer:
    """Which seats a team has, as long as teams are being found."""
    return run_round(by, round.region) & yes_if(
        round.state in {RoundState.DRAFT, RoundState.OPEN, RoundState.MATCHING}
        or round.state == RoundState.UNDER_WAY,
        "The visits of this round are over: its seats stay as they are.",
    )


def propose_seat(by: User, challenge: Challenge) -> Answer:
    """Proposals are the officers' own: nobody else sees them as a plan of the round."""
    return run_round(by, challenge.round.region) & _visit_to_come(challenge)


def ask_seat(by: User, challenge: Challenge, *, leading: bool) -> Answer:
    """Officers, the lead reviewer and the challengers' directors; for the lead's own seat
    whoever may name the lead."""
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    if officer:
        return _visit_to_come(challenge)
    return (name_lead if leading else change_team)(by, challenge) & _visit_to_come(challenge)


def see_seats(by: User, challenge: Challenge) -> Answer:
    """Who is asked for a team, and who has said no."""
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    return yes_if(
        officer or leads(by, challenge) or speaks_for_challengers(by, challenge),
        "Only officers, the lead reviewer and a challenger’s director see who is asked.",
    )


def accept_seat(by: User, offer: SeatOffer) -> Answer:
    return (
        yes_if(offer.user_id == by.pk, "Only the person who was asked answers.")
        & yes_if(
            offer.state == SeatOfferState.ASKED,
            f"There is nothing to answer: this seat is “{offer.get_state_display().lower()}”.",
        )
        & _visit_to_come(offer.challenge)
    )


def decline_seat(by: User, offer: SeatOffer) -> Answer:
    """Before they have said yes, and after: then their seat ends."""
    return (
        yes_if(offer.user_id == by.pk, "Only the person who was asked answers.")
        & yes_if(
            offer.state in {SeatOfferState.ASKED, SeatOfferState.ACCEPTED},
            f"There is nothing to decline: this seat is “{offer.get_state_display().lower()}”.",
        )
        & yes_if(
            offer.challenge.state in TEAM_OPEN, "The work of this team is over: its seats stay."
        )
    )


def withdraw_seat(by: User, offer: SeatOffer) -> Answer:
    if offer.state == SeatOfferState.PROPOSED:
        return propose_seat(by, offer.challenge)
    may = ask_seat(by, offer.challenge, leading=offer.leads)
    return may & yes_if(
        offer.state in {SeatOfferState.ASKED, SeatOfferState.ACCEPTED},
        "This seat has ended already.",
    )


def _visit_to_come(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state in DATES_OPEN,
        "Seats are filled once all sides have accepted, and until the visit begins.",
    )
