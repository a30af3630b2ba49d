from authorities import actions, emails
from authorities.models import Invitation, Period, User
from peerchallenge.audit.actions import CLOCK


def send_invitation(invitation_id: int) -> None:
    invitation = Invitation.objects.filter(pk=invitation_id, accepted_at__isnull=True).first()
    if invitation:
        token = actions.draw_invitation(invitation, by=CLOCK)
        emails.invitation(invitation, token)


def send_password_reset(user_id: int) -> None:
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        emails.password_reset(user)


def tell_password_changed(user_id: int) -> None:
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        emails.password_changed(user)


def tell_officers_inspection(period_id: int) -> None:
    rows = Period.objects.select_related("authority__region")
    if period := rows.filter(pk=period_id).first():
        emails.inspection_begun(period)
