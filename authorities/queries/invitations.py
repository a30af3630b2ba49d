from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from authorities.models import Invitation, User


class Stands(StrEnum):
    """What the link of an invitation opens, for whoever holds it."""

    UNKNOWN = "unknown"
    OVER = "over"
    NEWCOMER = "newcomer"
    SIGN_IN = "sign_in"
    SOMEBODY_ELSE = "somebody_else"
    ACCEPT = "accept"


@dataclass(frozen=True)
class InvitationPage:
    """What somebody with the link may know: never an address."""

    stands: Stands
    invitation: Invitation | None = None
    role: str = ""
    place: str = ""
    invited_by: str = ""

    @property
    def is_open(self) -> bool:
        return self.stands not in {Stands.UNKNOWN, Stands.OVER}

    @property
    def status(self) -> int:
        return {Stands.UNKNOWN: 404, Stands.OVER: 410}.get(self.stands, 200)


def invitation_page(token: str, user: User | AnonymousUser) -> InvitationPage:
    invitation = (
        Invitation.objects.with_token(token)
        .select_related("region", "authority", "invited_by")
        .first()
    )
    if invitation is None:
        return InvitationPage(Stands.UNKNOWN)
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        return InvitationPage(Stands.OVER)
    region, authority = invitation.region, invitation.authority
    return InvitationPage(
        _stands(invitation, user),
        invitation,
        role=invitation.get_role_display(),
        place=region.board_name if region else authority.name if authority else "",
        invited_by=invitation.invited_by.name if invitation.invited_by else "",
    )


def _stands(invitation: Invitation, user: User | AnonymousUser) -> Stands:
    if isinstance(user, User):
        return Stands.ACCEPT if user.email == invitation.email else Stands.SOMEBODY_ELSE
    known = User.objects.filter(email=invitation.email).exists()
    return Stands.SIGN_IN if known else Stands.NEWCOMER
