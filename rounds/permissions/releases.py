"""Who may send a timetable out, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge
from rounds.permissions.challenges import leads
from rounds.permissions.timetables import change_timetable


def release_timetable(by: User, challenge: Challenge) -> Answer:
    """Whoever answers for the days: the host's side, or the lead of those who visit."""
    hosts = by.holds(*ACTS_FOR_AUTHORITY, authority=challenge.host.authority_id)
    return yes_if(
        hosts or leads(by, challenge),
        "The host’s director and officers, or the lead reviewer, send the timetable out.",
    ) & change_timetable(by, challenge)
