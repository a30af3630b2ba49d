"""Promised about the seats of a team."""

from __future__ import annotations

from rounds import documents, emails
from rounds.models import SeatOffer, TeamMember
from rounds.states import SeatOfferState
from rounds.tasks.rows import challenge_of


def tell_team_member(member_id: int) -> None:
    """Days that were sent before they came are in the mail as calendar entries."""
    member = TeamMember.objects.current().filter(pk=member_id).select_related("user").first()
    if member:
        member.challenge = challenge_of(member.challenge_id)
        sent = member.challenge.dates_sent
        files = documents.visit_files(member.challenge) if sent else documents.no_files
        emails.tell_team_member(member, files)


def tell_seat_ended(member_id: int) -> None:
    """Not where they are back on the team by now."""
    member = TeamMember.objects.select_related("user").filter(pk=member_id).first()
    if member is None or not member.user.is_active:
        return
    member.challenge = challenge_of(member.challenge_id)
    if not member.challenge.team.current().filter(user=member.user).exists():
        emails.tell_seat_ended(member, documents.visit_files(member.challenge, taking_out=True))


def ask_seat(offer_id: int) -> None:
    """Not once they have answered, or it is withdrawn."""
    if offer := _offer(offer_id, SeatOfferState.ASKED):
        emails.ask_seat(offer)


def tell_seat_withdrawn(offer_id: int) -> None:
    if offer := _offer(offer_id, SeatOfferState.WITHDRAWN):
        emails.tell_seat_withdrawn(offer)


def tell_seat_declined(offer_id: int) -> None:
    if offer := _offer(offer_id, SeatOfferState.DECLINED):
        emails.tell_seat_declined(offer)


def _offer(offer_id: int, state: SeatOfferState) -> SeatOffer | None:
    offer = SeatOffer.objects.filter(pk=offer_id, state=state).select_related("user").first()
    if offer:
        offer.challenge = challenge_of(offer.challenge_id)
    return offer
