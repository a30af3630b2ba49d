from authorities import actions, emails
from authorities.models import Invitation
from peerchallenge.audit.actions import CLOCK


def send_invitation(invitation_id: int) -> None:
    invitation = Invitation.objects.filter(pk=invitation_id, accepted_at__isnull=True).first()
    if invitation:
        token = actions.draw_invitation(invitation, by=CLOCK)
        emails.invitation(invitation, token)
