from authorities.actions.accounts import change_password, request_password_reset
from authorities.actions.calendar import (
    Said,
    begin_inspection,
    end_inspection,
    remove_period,
    say_no_go,
    say_periods,
)
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
from authorities.actions.reviewers import (
    ReviewerChanged,
    Training,
    enter_training,
    keep_reviewer,
    say_reviewing,
)
from authorities.actions.venues import (
    add_venue,
    change_venue,
    close_venue,
    open_venue,
    set_journey,
)

__all__ = [
    "ReviewerChanged",
    "Said",
    "Training",
    "accept_invitation",
    "add_intervention",
    "add_venue",
    "begin_inspection",
    "change_password",
    "change_venue",
    "close_venue",
    "correct_validity",
    "draw_invitation",
    "end_inspection",
    "end_intervention",
    "end_membership",
    "enter_training",
    "invite_again",
    "invite_person",
    "keep_reviewer",
    "load_facts",
    "make_calendar_feed",
    "note_feed_read",
    "open_venue",
    "remove_period",
    "request_password_reset",
    "revoke_calendar_feed",
    "say_no_go",
    "say_periods",
    "say_reviewing",
    "set_journey",
    "withdraw_invitation",
]
