from authorities.views.accounts import account, change_password
from authorities.views.feeds import account_calendar, account_calendar_revoke
from authorities.views.invitations import accept_invitation
from authorities.views.people import (
    invitation_again,
    invitation_withdraw,
    membership_end,
    people,
    person_invite,
)

__all__ = [
    "accept_invitation",
    "account",
    "account_calendar",
    "account_calendar_revoke",
    "change_password",
    "invitation_again",
    "invitation_withdraw",
    "membership_end",
    "people",
    "person_invite",
]
