from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from authorities import permissions
from authorities.models import Authority, Invitation, Membership, Region, User
from authorities.states import Role
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no


@transaction.atomic
def invite_person(
    email: str,
    name: str,
    role: Role,
    *,
    post: str = "",
    region: Region | None = None,
    authority: Authority | None = None,
    by: User | Clock,
) -> Invitation:
    """Ask somebody to take a role; the mail with its link goes out after this commits."""
    permissions.invite_person(by, role, region=region, authority=authority).require()
    invitation = Invitation.objects.create(
        email=email.lower(),
        name=name,
        role=role,
        post=post,
        region=region,
        authority=authority,
        invited_by=by if isinstance(by, User) else None,
    )
    record("person.invited", invitation, by=by, role=role)
    promise("authorities.send_invitation", invitation.pk)
    return invitation


@transaction.atomic
def draw_invitation(invitation: Invitation, *, by: Clock) -> str:
    """The secret for an invitation's link; the one of an earlier mail stops working."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    token = invitation.draw_token()
    invitation.save(update_fields=["token_hash", "expires_at"])
    record("person.invitation_sent", invitation, by=by)
    return token


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str = "", by: User | None) -> User:
    """Take the role; whoever has no account yet (`by` is None) gets one with this password."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        no(
            "This invitation has been used or is more than 48 hours old: ask for a new one."
        ).require()
    known = User.objects.filter(email=invitation.email).first()
    if known and known != by:
        no("You already have an account: sign in with it to accept this invitation.").require()
    user = known or User.objects.create_user(invitation.email, invitation.name, password)
    membership = Membership.objects.create(
        user=user,
        role=invitation.role,
        post=invitation.post,
        region=invitation.region,
        authority=invitation.authority,
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("person.joined", membership, by=user, role=invitation.role)
    return user


@transaction.atomic
def correct_validity(
    authority: Authority, *, valid_from: date | None, valid_to: date | None, by: User | Clock
) -> Authority:
    """Set from when to when an authority existed, where the published facts are behind."""
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    permissions.correct_validity(by, authority).require()
    authority.valid_from, authority.valid_to = valid_from, valid_to
    authority.save(update_fields=["valid_from", "valid_to"])
    record("authority.corrected", authority, by=by)
    return authority


@transaction.atomic
def end_membership(membership: Membership, *, last_day: date | None = None, by: User) -> Membership:
    """Somebody leaves a post; with no day named, they have left already."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    permissions.end_membership(by, membership).require()
    membership.to_date = last_day or timezone.localdate() - timedelta(days=1)
    membership.save(update_fields=["to_date"])
    record("membership.ended", membership, by=by, last_day=membership.to_date.isoformat())
    return membership
