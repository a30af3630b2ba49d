from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from authorities.models import Invitation, User
from peerchallenge.shared.mail import address, send


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
