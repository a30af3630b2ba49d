from authorities.views.accounts import account, change_password
from authorities.views.calendars import (
    election_add,
    inspection_begin,
    inspection_end,
    no_go_add,
    period_add,
    period_paste,
    period_remove,
)
from authorities.views.feeds import account_calendar, account_calendar_revoke
from authorities.views.invitations import accept_invitation
from authorities.views.people import (
    invitation_again,
    invitation_withdraw,
    membership_end,
    people,
    person_invite,
)
from authorities.views.reviewing import reviewing
from authorities.views.venues import (
    authority_venues,
    venue_add,
    venue_change,
    venue_close,
    venue_journeys,
)

__all__ = [
    "accept_invitation",
    "account",
    "account_calendar",
    "account_calendar_revoke",
    "authority_venues",
    "change_password",
    "election_add",
    "inspection_begin",
    "inspection_end",
    "invitation_again",
    "invitation_withdraw",
    "membership_end",
    "no_go_add",
    "people",
    "period_add",
    "period_paste",
    "period_remove",
    "person_invite",
    "reviewing",
    "venue_add",
    "venue_change",
    "venue_close",
    "venue_journeys",
]
