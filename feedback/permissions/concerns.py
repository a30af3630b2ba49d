"""Who may raise an immediate concern, say that it was heard, and know that there is one."""

from __future__ import annotations

from authorities.models import User
from feedback.models import ImmediateConcern
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge, Round
from rounds.permissions import days_known, leads, run_round, sits_on_team, speaks_for_host


def raise_concern(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        sits_on_team(by, challenge),
        "Only the team of a visit raises an immediate concern here. If you worry about a child, "
        "speak to the council’s duty service at once.",
    ) & yes_if(
        days_known(challenge),
        "A concern is raised here from the day the dates of the visit are agreed. If you worry "
        "about a child now, speak to the host’s director or its duty service at once.",
    )


def acknowledge_concern(by: User, concern: ImmediateConcern) -> Answer:
    return yes_if(
        speaks_for_host(by, concern.challenge),
        "Only the director of the host says that a concern has reached them.",
    ) & yes_if(concern.acknowledged_at is None, "This concern is acknowledged already.")


def say_concern_told(by: User, concern: ImmediateConcern) -> Answer:
    """That somebody of the host was spoken to, after it was raised."""
    return yes_if(
        concern.raised_by_id == by.pk or leads(by, concern.challenge),
        "Only whoever raised the concern, and the lead reviewer, say when the host was told.",
    ) & yes_if(concern.spoken_at is None, "The time at which the host was told is there already.")


def know_of_concerns(by: User, round: Round) -> Answer:
    """That there are any, and when; by whom is not the board's to know."""
    return run_round(by, round.region)
