from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from authorities.models import Invitation, Period, User
from authorities.states import Role
from peerchallenge.shared.mail import Mail, address, send, send_each


def invitation(invitation: Invitation, token: str) -> None:
    send(
        "authorities/invitation",
        invitation.email,
        {"invitation": invitation, "link": address("accept_invitation", token)},
    )


def password_reset(user: User) -> None:
    key = default_token_generator.make_token(user)
    link = address("account_reset_password_from_key", user_pk_to_url_str(user), key)
    send("authorities/password_reset", user.email, {"user": user, "link": link})


def password_changed(user: User) -> None:
    link = address("account_reset_password")
    send("authorities/password_changed", user.email, {"user": user, "link": link})


def inspection_begun(period: Period) -> None:
    """To the board's officers; that it is an inspection, only the page says."""
    authority = period.authority
    assert authority is not None  # noqa: S101 - an inspection is an authority's
    link = address("authority_calendar", authority.pk)
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=authority.region)
    mails = [
        Mail(user.email, {"user": user, "authority": authority, "link": link}) for user in officers
    ]
    send_each("authorities/inspection_begun", mails)
