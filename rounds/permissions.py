"""Who may do what in a round, when, and what we tell them if not."""

from __future__ import annotations

from collections.abc import Collection

from authorities.models import Authority, Region, User
from authorities.states import (
    ACTS_FOR_AUTHORITY,
    READS_FOR_AUTHORITY,
    READS_FOR_BOARD,
    Role,
)
from peerchallenge.audit.actions import Clock
from peerchallenge.shared.answers import YES, Answer, no, yes_if
from rounds.models import Challenge, Participation, Round, SelfAssessment
from rounds.states import (
    CHALLENGE,
    DATES_OPEN,
    ROUND,
    SELF_ASSESSMENT,
    WRITING_OPEN,
    ChallengeState,
    ParticipationState,
    RoundState,
    SelfAssessmentState,
)

TEAM_OPEN = (*DATES_OPEN, ChallengeState.ON_SITE, ChallengeState.FED_BACK, ChallengeState.LETTER)


def run_round(by: User, region: Region) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=region), "Only an officer of the board runs its rounds."
    )


def see_round(by: User, round: Round) -> Answer:
    """The whole of it by stage; what was written is asked for elsewhere."""
    return yes_if(
        by.holds(*READS_FOR_BOARD, region=round.region_id),
        "Only the board sees how every authority of a round is getting on.",
    )


def start_round(by: User, region: Region) -> Answer:
    return run_round(by, region)


def change_round(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.DRAFT,
        "The authorities have been invited: what they were told cannot change now.",
    )


def cancel_round(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.DRAFT,
        "Only a draft is cancelled here: the authorities of this round have been invited.",
    )


def invite_authorities(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & ROUND.may(round.state, RoundState.OPEN)


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


def match(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state in {RoundState.OPEN, RoundState.MATCHING, RoundState.UNDER_WAY},
        "Matching starts once the authorities are invited and ends when the round does.",
    )


def answer_offer(by: User, challenge: Challenge) -> Answer:
    """Either side's director answers, once for each side they speak for."""
    host, challenger = speaks_for_host(by, challenge), speaks_for_challenger(by, challenge)
    waiting = (host and not challenge.host_accepted_at) or (
        challenger and not challenge.challenger_accepted_at
    )
    return (
        yes_if(
            host or challenger,
            "Only the director of the host or of the challenger answers this offer.",
        )
        & yes_if(
            challenge.state == ChallengeState.OFFERED,
            f"This challenge is “{challenge.get_state_display().lower()}”: "
            "there is no offer to answer.",
        )
        & yes_if(waiting, "You have accepted; the other side has still to answer.")
    )


def speaks_for_host(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.DIRECTOR, authority=challenge.host.authority_id)


def speaks_for_challenger(by: User, challenge: Challenge) -> bool:
    return by.holds(Role.DIRECTOR, authority=challenge.challenger.authority_id)


def spoken_for(by: User, challenge: Challenge) -> list[Authority]:
    """The sides of this challenge whose director this is."""
    sides = (challenge.host_authority, challenge.challenger_authority)
    return [side for side in sides if by.holds(Role.DIRECTOR, authority=side)]


def read_objection(by: User, challenge: Challenge, declined_by: Collection[int]) -> Answer:
    """`declined_by`: the authorities whose director said no."""
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    own = any(by.holds(*READS_FOR_AUTHORITY, authority=authority) for authority in declined_by)
    return yes_if(officer or own, "Only the side that declined, and the officers, read why.")


def cancel_challenge(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in {ChallengeState.OFFERED, *DATES_OPEN},
        "A match is taken back once it has been offered, and until the visit begins.",
    )


def set_visit_days(by: User, challenge: Challenge) -> Answer:
    return run_round(by, challenge.round.region) & yes_if(
        challenge.state in DATES_OPEN,
        "Days are set once both sides have accepted, and until the visit begins.",
    )


def send_dates(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.UNDER_WAY, "Confirm the matches first: then dates can be sent."
    )


def name_lead(by: User, challenge: Challenge) -> Answer:
    officer = by.holds(Role.BOARD_OFFICER, region=challenge.round.region_id)
    return yes_if(
        officer or speaks_for_challenger(by, challenge),
        "The challenger’s director, or a board officer, names the lead reviewer.",
    ) & _team_open(challenge)


def change_team(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        leads(by, challenge) or speaks_for_challenger(by, challenge),
        "Only the lead reviewer and the challenger’s director change the team.",
    ) & _team_open(challenge)


def follow_calendar(by: User | Clock, challenge: Challenge, then: ChallengeState) -> Answer:
    """The day has come: the clock says so, or the lead reviewer who is there."""
    return yes_if(
        isinstance(by, Clock) or leads(by, challenge), "Only the lead reviewer says that."
    ) & CHALLENGE.may(challenge.state, then)


def leads(by: User, challenge: Challenge) -> bool:
    return by.seats.current().leads().filter(challenge=challenge).exists()


def sits_on_team(by: User, challenge: Challenge) -> bool:
    return by.seats.current().filter(challenge=challenge).exists()


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


def _team_open(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state in TEAM_OPEN,
        "The team is named once both sides have accepted, and until the letter is issued.",
    )
