from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Challenge, Conflict, Seat, TeamMember


@transaction.atomic
def name_lead(challenge: Challenge, user: User, *, by: User) -> TeamMember:
    """The challenger names who leads; an earlier lead's seat ends."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.name_lead(by, challenge).require()
    _fits(challenge, user)
    for seat in challenge.team.current().leads().exclude(user=user):
        _end(seat, by)
    lead = challenge.team.current().filter(user=user).first()
    if lead and lead.seat == Seat.LEAD:
        return lead
    # Whoever sits on the team already keeps the seat and takes the lead.
    lead = lead or TeamMember(challenge=challenge, user=user)
    lead.seat = Seat.LEAD
    lead.save()
    record("team.lead_named", challenge, by=by, who=user.name)
    promise("rounds.tell_team_member", lead.pk)
    return lead


@transaction.atomic
def seat_team_member(challenge: Challenge, user: User, *, by: User) -> TeamMember:
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.change_team(by, challenge).require()
    _fits(challenge, user)
    if seat := challenge.team.current().filter(user=user).first():
        return seat
    member = TeamMember.objects.create(challenge=challenge, user=user)
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
    _end(member, by)
    return member


def _end(member: TeamMember, by: User) -> None:
    member.to_date = timezone.localdate() - timedelta(days=1)
    member.save(update_fields=["to_date"])
    record("team.member_left", member.challenge, by=by, who=member.user.name)


def _fits(challenge: Challenge, user: User) -> None:
    """Nobody challenges the authority they work for."""
    if user.holds_any_post_in(challenge.host.authority):
        no(
            f"{user.name} works for {challenge.host.authority}, the host of this challenge."
        ).require()
    if Conflict.objects.keeping_off(challenge.host.authority).filter(person=user).exists():
        no(f"{user.name} sits on no team that visits {challenge.host.authority}.").require()
