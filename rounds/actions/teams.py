from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.actions.calendars import enter_again
from rounds.models import Challenge, Conflict, Seat, SeatOffer, TeamMember
from rounds.queries.seat_sides import own_seat
from rounds.queries.teams import lead_key
from rounds.states import SEAT_ASKED, SeatOfferState


@transaction.atomic
def name_lead(challenge: Challenge, user: User, *, by: User) -> TeamMember:
    """The challenger names who leads; an earlier lead's seat ends."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.name_lead(by, challenge).require()
    check_fits(challenge, user)
    return make_lead(challenge, user, by=by)


def make_lead(challenge: Challenge, user: User, *, by: User) -> TeamMember:
    """Not asked for on its own: whoever calls has asked, and holds the challenge's row."""
    for seat in challenge.team.current().leads().exclude(user=user):
        end_seat(seat, by=by)
    lead = challenge.team.current().filter(user=user).first()
    if lead and lead.seat == Seat.LEAD:
        return lead
    # Whoever sits on the team already keeps the seat and takes the lead.
    lead = lead or TeamMember(challenge=challenge, user=user)
    lead.seat, lead.kind = Seat.LEAD, lead_key(challenge.round)
    lead.save()
    _seated(lead, by=by)
    record("team.lead_named", challenge, by=by, who=user.name)
    promise("rounds.tell_team_member", lead.pk)
    return lead


@transaction.atomic
def seat_team_member(challenge: Challenge, user: User, *, by: User) -> TeamMember:
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.change_team(by, challenge).require()
    check_fits(challenge, user)
    if seat := challenge.team.current().filter(user=user).first():
        return seat
    return make_member(challenge, user, own_seat(challenge, user), by=by)


def make_member(challenge: Challenge, user: User, kind: str, *, by: User) -> TeamMember:
    """Not asked for on its own, as above; `kind` is a seat of the round's format, or none."""
    member = TeamMember.objects.create(challenge=challenge, user=user, kind=kind)
    _seated(member, by=by)
    record("team.member_seated", challenge, by=by, who=user.name)
    promise("rounds.tell_team_member", member.pk)
    return member


@transaction.atomic
def leave_team(member: TeamMember, *, by: User) -> TeamMember:
    """The seat ends, and with it all access to the host's material."""
    challenge = Challenge.objects.locked(member.challenge_id)
    permissions.change_team(by, challenge).require()
    member = TeamMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.to_date:
        return member
    if member.seat == Seat.LEAD:
        no("A challenge needs its lead reviewer: name another one instead.").require()
    end_seat(member, by=by)
    return member


def end_seat(
    member: TeamMember, *, by: User, state: SeatOfferState = SeatOfferState.WITHDRAWN
) -> None:
    """Not asked for on its own, as above. They are told, with what takes its days out again."""
    member.to_date = timezone.localdate() - timedelta(days=1)
    member.save(update_fields=["to_date"])
    SeatOffer.objects.filter(member=member).update(state=state)
    record("team.member_left", member.challenge, by=by, who=member.user.name)
    promise("rounds.tell_seat_ended", member.pk)


def _seated(member: TeamMember, *, by: User) -> None:
    before = member.challenge.team.filter(user=member.user).exclude(pk=member.pk)
    # Whoever left got the visit's days taken out of their calendar.
    if before.exists():
        enter_again(member.challenge)
    _keep_offer(member, by=by)


def _keep_offer(member: TeamMember, *, by: User) -> None:
    """Everybody on a team has an offer that they accepted, through which they can leave it."""
    offers = SeatOffer.objects.filter(challenge=member.challenge, user=member.user)
    offer = offers.filter(state__in=(SeatOfferState.PROPOSED, *SEAT_ASKED)).first()
    offer = offer or SeatOffer(challenge=member.challenge, user=member.user, proposed_by=by)
    offer.kind, offer.leads = member.kind, member.seat == Seat.LEAD
    offer.state, offer.member = SeatOfferState.ACCEPTED, member
    offer.answered_at = offer.answered_at or timezone.now()
    offer.save()


def check_fits(challenge: Challenge, user: User) -> None:
    """Nobody challenges the authority they work for."""
    if user.holds_any_post_in(challenge.host.authority):
        no(
            f"{user.name} works for {challenge.host.authority}, the host of this challenge."
        ).require()
    if Conflict.objects.keeping_off(challenge.host.authority).filter(person=user).exists():
        no(f"{user.name} sits on no team that visits {challenge.host.authority}.").require()
