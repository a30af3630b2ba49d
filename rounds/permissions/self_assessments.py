"""Who may write, send and return a self-assessment, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import (
    ACTS_FOR_AUTHORITY,
    READS_FOR_AUTHORITY,
    Role,
)
from peerchallenge.shared.answers import YES, Answer, no, yes_if
from rounds.models import Participation, SelfAssessment
from rounds.permissions.rounds import run_round
from rounds.states import (
    SELF_ASSESSMENT,
    WRITING_OPEN,
    ParticipationState,
    RoundState,
    SelfAssessmentState,
)


def write_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    participation = self_assessment.participation
    return (
        acts_for(by, participation)
        & _takes_part(participation)
        & yes_if(
            self_assessment.state in WRITING_OPEN,
            "The self-assessment has been sent, so it can no longer be changed. "
            "Ask a board officer to return it to you.",
        )
    )


def submit_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    """Who may send it; whether it is complete is `queries.missing_answers`."""
    participation = self_assessment.participation
    return (
        yes_if(
            by.holds(Role.DIRECTOR, authority=participation.authority_id),
            "Only the director of children’s services sends the self-assessment.",
        )
        & _takes_part(participation)
        & SELF_ASSESSMENT.may(self_assessment.state, SelfAssessmentState.SUBMITTED)
    )


def return_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    return run_round(by, self_assessment.participation.round.region) & SELF_ASSESSMENT.may(
        self_assessment.state, SelfAssessmentState.RETURNED
    )


def belongs_to(by: User, participation: Participation) -> bool:
    """One of the authority's own people, who read what is its own from the first word."""
    return by.holds(*READS_FOR_AUTHORITY, authority=participation.authority_id)


def acts_for(by: User, participation: Participation) -> Answer:
    return yes_if(
        by.holds(*ACTS_FOR_AUTHORITY, authority=participation.authority_id),
        "Only the director and the authority’s officers write the self-assessment.",
    )


def _takes_part(participation: Participation) -> Answer:
    if participation.state == ParticipationState.WITHDRAWN:
        return no(f"{participation.authority} has withdrawn from this round.")
    if participation.round.state in {RoundState.DRAFT, RoundState.CLOSED, RoundState.CANCELLED}:
        return no(f"The round is “{participation.round.get_state_display().lower()}”.")
    return YES
