"""Who is proposed for the seats of teams, asked, and says yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.teams import check_fits, end_seat, make_lead, make_member
from rounds.matching.teams import Place, Teams, best_teams
from rounds.models import Challenge, Round, SeatKind, SeatOffer, TeamMember
from rounds.states import SEAT_ASKED, SeatOfferState


class ProposalChanged(Exception):
    """Others are proposed by now than were on the page."""


class SeatsChanged(Exception):
    """Somebody changed the round's seats since this person's page was drawn."""


@transaction.atomic
def change_seats(
    round: Round, changed: Mapping[str, Mapping[str, Any]], *, seen: str | None = None, by: User
) -> Round:
    """What each seat is called in this round, and how many sit there; by key of the seat.

    `seen` is the mark that was on the page: raises SeatsChanged when it is another by now.
    """
    round = Round.objects.locked(round.pk)
    permissions.change_seats(by, round).require()
    if seen is not None and seen != queries.seats_mark(round):
        raise SeatsChanged
    rows = [
        {**asdict(seat), "roles": list(seat.roles), **changed.get(seat.key, {})}
        for seat in round.format.seats
    ]
    if rows != round.format_data.get("seats"):
        round.format_data["seats"] = rows
        round.save(update_fields=["format_data"])
        record("round.seats_changed", round, by=by)
    return round


@transaction.atomic
def propose_teams(round: Round, *, by: User) -> Teams:
    """The best people for all seats that are still open, those proposed before among them.

    Whoever is on a team, asked, or locked stays; the rest is found anew. Nobody is told.
    """
    round = Round.objects.locked(round.pk)
    permissions.propose_teams(by, round).require()
    seating = queries.seating_of(round)
    teams = best_teams(seating.problem(keep=SEAT_ASKED))
    leading = {seat.key for seat in round.format.seats if seat.leads}
    offers = SeatOffer.objects.filter(challenge__round=round, state=SeatOfferState.PROPOSED)
    before = {
        Place(one.challenge_id, one.kind, one.user_id): one for one in offers.filter(locked=False)
    }
    found = set(teams.places)
    # Nobody was told of these: there is nothing to keep.
    offers.filter(pk__in=[one.pk for place, one in before.items() if place not in found]).delete()
    SeatOffer.objects.bulk_create(
        SeatOffer(
            challenge_id=place.visit,
            user_id=place.person,
            kind=place.seat,
            leads=place.seat in leading,
            proposed_by=by,
        )
        for place in sorted(found - set(before))
    )
    record("round.teams_proposed", round, by=by, seats=len(found))
    return teams


@transaction.atomic
def propose_seat(
    challenge: Challenge,
    user: User,
    seat: SeatKind,
    *,
    instead: SeatOffer | None = None,
    by: User,
) -> SeatOffer:
    """Choose by hand who is proposed; a later proposal for all leaves them there."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.propose_seat(by, challenge).require()
    check_fits(challenge, user)
    _give_up(challenge, instead, by=by)
    offer = _standing(challenge, user)
    if offer and offer.state != SeatOfferState.PROPOSED:
        no(f"{user.name} has been asked for this team already.").require()
    offer = offer or SeatOffer(challenge=challenge, user=user, proposed_by=by)
    offer.kind, offer.leads, offer.locked = seat.key, seat.leads, True
    offer.save()
    record("team.seat_proposed", challenge, by=by, who=user.name)
    return offer


@transaction.atomic
def lock_seat(offer: SeatOffer, *, locked: bool, by: User) -> SeatOffer:
    """Keep somebody where they are when teams are proposed again, or let them go."""
    challenge, offer = _locked(offer)
    permissions.propose_seat(by, challenge).require()
    if offer.state == SeatOfferState.PROPOSED and offer.locked != locked:
        offer.locked = locked
        offer.save(update_fields=["locked"])
        verb = "team.seat_locked" if locked else "team.seat_unlocked"
        record(verb, challenge, by=by, who=offer.user.name)
    return offer


@transaction.atomic
def ask_seats(round: Round, *, version: str | None = None, by: User) -> list[SeatOffer]:
    """Write to everybody proposed, each for their seat.

    `version` is the mark that was on the page: raises ProposalChanged when it is another by now.
    """
    round = Round.objects.locked(round.pk)
    permissions.ask_seats(by, round).require()
    offers = queries.proposed_offers(round)
    if version is not None and version != queries.proposal_version(offers):
        raise ProposalChanged
    asked = [_ask(offer, by=by) for offer in offers]
    if asked:
        record("round.seats_asked", round, by=by, people=len(asked))
    return asked


@transaction.atomic
def ask_seat(
    challenge: Challenge,
    user: User,
    seat: SeatKind,
    *,
    message: str = "",
    instead: SeatOffer | None = None,
    by: User,
) -> SeatOffer:
    """Ask one person for one seat, be it instead of somebody; who is asked already stays so."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.ask_seat(by, challenge, leading=seat.leads).require()
    check_fits(challenge, user)
    _give_up(challenge, instead, by=by)
    offer = _standing(challenge, user)
    if offer and offer.state == SeatOfferState.ACCEPTED:
        no(f"{user.name} is on this team already.").require()
    offer = offer or SeatOffer(challenge=challenge, user=user, proposed_by=by)
    if offer.state == SeatOfferState.ASKED and offer.kind == seat.key:
        return offer
    offer.kind, offer.leads, offer.message = seat.key, seat.leads, message
    offer.save()
    record("team.seat_asked", challenge, by=by, who=user.name)
    return _ask(offer, by=by)


@transaction.atomic
def accept_seat(offer: SeatOffer, *, by: User) -> TeamMember:
    """They are on the team from now on; pressing twice changes nothing."""
    challenge, offer = _locked(offer)
    if offer.user_id == by.pk and offer.state == SeatOfferState.ACCEPTED and offer.member:
        return offer.member
    permissions.accept_seat(by, offer).require()
    check_fits(challenge, by)
    if clash := queries.elsewhere_then(by, challenge):
        no(clash).require()
    lead = challenge.team.current().leads().exclude(user=by).first()
    if offer.leads and lead:
        no(f"{lead.user.name} leads this team by now: nothing is asked of you any more.").require()
    record("team.seat_accepted", challenge, by=by)
    if offer.leads:
        return make_lead(challenge, by, by=by)
    return make_member(challenge, by, offer.kind, by=by)


@transaction.atomic
def decline_seat(offer: SeatOffer, *, reason: str, by: User) -> SeatOffer:
    """No, or not any more: then their seat ends, and all they could read with it."""
    challenge, offer = _locked(offer)
    if offer.user_id == by.pk and offer.state == SeatOfferState.DECLINED:
        return offer
    permissions.decline_seat(by, offer).require()
    member = offer.member
    offer.state, offer.reason = SeatOfferState.DECLINED, reason
    offer.answered_at = timezone.now()
    offer.save(update_fields=["state", "reason", "answered_at"])
    record("team.seat_declined", challenge, by=by)
    if member and member.to_date is None:
        end_seat(member, by=by, state=SeatOfferState.DECLINED)
    promise("rounds.tell_seat_declined", offer.pk)
    return offer


@transaction.atomic
def withdraw_seat(offer: SeatOffer, *, by: User) -> None:
    """Nobody sits here any more; whoever was asked is told, a proposal is simply gone."""
    challenge, offer = _locked(offer)
    if offer.state in {SeatOfferState.WITHDRAWN, SeatOfferState.DECLINED}:
        return
    permissions.withdraw_seat(by, offer).require()
    _end(challenge, offer, by=by)


def _end(challenge: Challenge, offer: SeatOffer, *, by: User) -> None:
    if offer.state == SeatOfferState.PROPOSED:
        record("team.proposal_dropped", challenge, by=by, who=offer.user.name)
        offer.delete()
        return
    member, asked = offer.member, offer.state == SeatOfferState.ASKED
    offer.state = SeatOfferState.WITHDRAWN
    offer.save(update_fields=["state"])
    if member and member.to_date is None:
        end_seat(member, by=by)
    elif asked:
        record("team.seat_withdrawn", challenge, by=by, who=offer.user.name)
        promise("rounds.tell_seat_withdrawn", offer.pk)


def _give_up(challenge: Challenge, instead: SeatOffer | None, *, by: User) -> None:
    """The one who is replaced; gone already where two press at once."""
    if instead is None:
        return
    found = challenge.seat_offers.standing().filter(pk=instead.pk)
    for offer in found.select_related("user").select_for_update(of=("self",)):
        _end(challenge, offer, by=by)


def _ask(offer: SeatOffer, *, by: User) -> SeatOffer:
    offer.state, offer.asked_at = SeatOfferState.ASKED, timezone.now()
    offer.save(update_fields=["state", "asked_at"])
    promise("rounds.ask_seat", offer.pk)
    return offer


def _standing(challenge: Challenge, user: User) -> SeatOffer | None:
    return challenge.seat_offers.standing().filter(user=user).first()


def _locked(offer: SeatOffer) -> tuple[Challenge, SeatOffer]:
    """The challenge's row is the lock of its seats."""
    challenge = Challenge.objects.locked(offer.challenge_id)
    found = SeatOffer.objects.select_related("user").get(pk=offer.pk)
    found.challenge = challenge
    return challenge, found
