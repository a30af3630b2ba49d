"""Who may share a self-assessment, begin it anew or leave the round, and what we say if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, no, yes_if
from rounds.models import Challenge, Participation, Round, SelfAssessment, SentVersion
from rounds.permissions.challenges import cancel_challenge
from rounds.permissions.rounds import run_round
from rounds.permissions.self_assessments import belongs_to, takes_part
from rounds.states import (
    PARTICIPATION,
    SELF_ASSESSMENT,
    ChallengeState,
    ParticipationState,
    RoundState,
    SelfAssessmentState,
)

# The authorities know of the round, and it still goes on.
GOES_ON = (RoundState.OPEN, RoundState.MATCHING, RoundState.UNDER_WAY, RoundState.FOLLOWING_UP)


def share_submitted(by: User, round: Round) -> Answer:
    """Any of them; which one is asked about by `share_self_assessment`."""
    return run_round(by, round.region) & yes_if(
        round.format.shared_with != "none",
        "In this round a self-assessment is read by its own authority, the board’s officers and "
        "the team that challenges it. Other directors do not read it, so there is nobody to "
        "share it with.",
    )


def share_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    part = self_assessment.participation
    return (
        share_submitted(by, part.round)
        & takes_part(part)
        & SELF_ASSESSMENT.may(self_assessment.state, SelfAssessmentState.SHARED)
    )


def begin_version(by: User, self_assessment: SelfAssessment) -> Answer:
    part = self_assessment.participation
    return (
        yes_if(
            by.holds(Role.DIRECTOR, authority=part.authority_id),
            "Only the director of children’s services begins a new version.",
        )
        & takes_part(part)
        & yes_if(
            self_assessment.state == SelfAssessmentState.SHARED,
            "A new version is begun once the self-assessment is shared. Until then it is changed "
            "as it is, or a board officer returns it to you.",
        )
    )


def read_version(by: User, version: SentVersion, latest: SentVersion) -> Answer:
    """Its own people and the officers each one they may see; everybody else the latest."""
    part = version.self_assessment.participation
    return yes_if(
        version == latest or belongs_to(by, part) or bool(run_round(by, part.round.region)),
        "There is a later version: earlier ones are read by its own authority and the officers.",
    )


def withdraw_participation(by: User, participation: Participation) -> Answer:
    """Its matches are taken back with it; not once a visit has begun."""
    round = participation.round
    answer = (
        run_round(by, round.region)
        & yes_if(
            round.state in GOES_ON,
            f"The round is “{round.get_state_display().lower()}”, so nobody withdraws from it.",
        )
        & PARTICIPATION.may(participation.state, ParticipationState.WITHDRAWN)
    )
    standing = Challenge.objects.live().with_side(pk=participation.pk).with_both_sides()
    for challenge in standing if answer else ():
        if _begun(challenge) or not cancel_challenge(by, challenge):
            return no(f"The visit has begun or is over: {challenge}. Nobody withdraws after that.")
    return answer


def _begun(challenge: Challenge) -> bool:
    """Somebody has been there, be it that the rest was put off: days that are over are kept."""
    put_off = challenge.state == ChallengeState.POSTPONED and challenge.days.exists()
    return challenge.state == ChallengeState.ON_SITE or put_off


def readmit_participation(by: User, participation: Participation) -> Answer:
    round = participation.round
    return (
        run_round(by, round.region)
        & yes_if(
            round.state in GOES_ON,
            f"The round is “{round.get_state_display().lower()}”, so nobody comes back into it.",
        )
        & yes_if(
            participation.state == ParticipationState.WITHDRAWN,
            f"{participation.authority} takes part already.",
        )
    )
