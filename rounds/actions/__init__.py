from rounds.actions.answers import OverwriteRefused, save_answer, save_progress
from rounds.actions.matches import (
    MatchesChanged,
    accept_challenge,
    cancel_challenge,
    confirm_matches,
    decline_challenge,
    propose_matches,
)
from rounds.actions.reads import read_self_assessment
from rounds.actions.rounds import (
    RoundChanged,
    cancel_round,
    change_round,
    invite_authorities,
    start_round,
)
from rounds.actions.self_assessments import (
    AreaRefused,
    choose_area,
    return_self_assessment,
    submit_self_assessment,
)
from rounds.actions.teams import leave_team, name_lead, seat_team_member
from rounds.actions.visits import (
    DaysChanged,
    fill_visit_days,
    follow_calendar,
    send_dates,
    set_visit_days,
)

__all__ = [
    "AreaRefused",
    "DaysChanged",
    "MatchesChanged",
    "OverwriteRefused",
    "RoundChanged",
    "accept_challenge",
    "cancel_challenge",
    "cancel_round",
    "change_round",
    "choose_area",
    "confirm_matches",
    "decline_challenge",
    "fill_visit_days",
    "follow_calendar",
    "invite_authorities",
    "leave_team",
    "name_lead",
    "propose_matches",
    "read_self_assessment",
    "return_self_assessment",
    "save_answer",
    "save_progress",
    "seat_team_member",
    "send_dates",
    "set_visit_days",
    "start_round",
    "submit_self_assessment",
]
