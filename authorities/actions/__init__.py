from authorities.actions.accounts import change_password, request_password_reset
from authorities.actions.facts import load_facts
from authorities.actions.feeds import (
    make_calendar_feed,
    note_feed_read,
    revoke_calendar_feed,
)
from authorities.actions.interventions import add_intervention, end_intervention
from authorities.actions.people import (
    accept_invitation,
    correct_validity,
    draw_invitation,
    end_membership,
    invite_again,
    invite_person,
    withdraw_invitation,
)

__all__ = [
    "accept_invitation",
    "add_intervention",
    "change_password",
    "correct_validity",
    "draw_invitation",
    "end_intervention",
    "end_membership",
    "invite_again",
    "invite_person",
    "load_facts",
    "make_calendar_feed",
    "note_feed_read",
    "request_password_reset",
    "revoke_calendar_feed",
    "withdraw_invitation",
]
