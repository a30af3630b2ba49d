from authorities.models import Invitation
from peerchallenge.shared.mail import address, send


def invitation(invitation: Invitation, token: str) -> None:
    send(
        "authorities/invitation",
        invitation.email,
        {"invitation": invitation, "link": address("accept_invitation", token)},
    )
