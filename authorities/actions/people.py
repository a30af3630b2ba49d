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
def invite_again(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link; the one of the earlier mail stops working when it goes out."""
    invitation = _lock(invitation)
    permissions.change_invitation(by, invitation).require()
    # Waiting, not expired, until the new mail is on its way.
    invitation.token_hash, invitation.expires_at = "", None
    invitation.save(update_fields=["token_hash", "expires_at"])
    record("person.invited_again", invitation, by=by)
    promise("authorities.send_invitation", invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back, so that its link opens nothing."""
    invitation = _lock(invitation)
    permissions.change_invitation(by, invitation).require()
    record("person.invitation_withdrawn", invitation, by=by, role=invitation.role)
    invitation.delete()


@transaction.atomic
def draw_invitation(invitation: Invitation, *, by: Clock) -> str:
    """The secret for an invitation's link; the one of an earlier mail stops working."""
    invitation = _lock(invitation)
    token = invitation.draw_token()
    invitation.save(update_fields=["token_hash", "expires_at"])
    record("person.invitation_sent", invitation, by=by)
    return token


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str = "", by: User | None) -> User:
    """Take the role; whoever has no account yet (`by` is None) gets one with this password."""
    # Two invitations of one person wait for each other: there is only one account to make.
    list(Invitation.objects.select_for_update().filter(email=invitation.email).order_by("pk"))
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        no(
            "This invitation has been used or is more than 48 hours old: ask for a new one."
        ).require()
    invitation = Invitation.objects.get(pk=invitation.pk)
    known = User.objects.filter(email=invitation.email).first()
    if known and known != by:
        no("You already have an account: sign in with it to accept this invitation.").require()
    user = known or User.objects.create_user(invitation.email, invitation.name, password)
    held = {
        "role": invitation.role,
        "region": invitation.region,
        "authority": invitation.authority,
    }
    membership = user.memberships.current().filter(**held).first()
    if membership is None:
        membership = Membership.objects.create(user=user, post=invitation.post, **held)
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
    leaves = last_day or timezone.localdate() - timedelta(days=1)
    # A post that has not begun ends the day before it would have.
    membership.to_date = max(leaves, membership.from_date - timedelta(days=1))
    membership.save(update_fields=["to_date"])
    record("membership.ended", membership, by=by, last_day=membership.to_date.isoformat())
    return membership


def _lock(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update().get(pk=invitation.pk)
