"""Who may run a round, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import Region, User
from authorities.states import (
    READS_FOR_BOARD,
    Role,
)
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Question, Round
from rounds.states import (
    ROUND,
    WRITES,
    RoundState,
)


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


def copy_from(by: User, earlier: Round, region: Region) -> Answer:
    return run_round(by, earlier.region) & yes_if(
        earlier.region_id == region.pk, "That questionnaire is another region’s."
    )


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


def match(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state in WRITES,
        "Matching starts once the authorities are invited and ends when the round does.",
    )


def send_dates(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.UNDER_WAY, "Confirm the matches first: then dates can be sent."
    )


def edit_questionnaire(by: User, round: Round) -> Answer:
    """Reword it, and add to it, as long as anybody may still write."""
    return run_round(by, round.region) & yes_if(
        round.state in {RoundState.DRAFT, *WRITES},
        "Nobody writes in this round any more, so its questions and areas stay as they are.",
    )


def rearrange_questionnaire(by: User, round: Round) -> Answer:
    return run_round(by, round.region) & yes_if(
        round.state == RoundState.DRAFT,
        "The authorities have been invited, so the order of the questions stays as it is.",
    )


def change_question(by: User, question: Question) -> Answer:
    return edit_questionnaire(by, question.section.round) & yes_if(
        question.withdrawn_at is None,
        "This question has been taken out. Ask it again first, then change it.",
    )


def change_preset(by: User, region: Region) -> Answer:
    return run_round(by, region)


def edit_areas(by: User, round: Round) -> Answer:
    return edit_questionnaire(by, round)


def set_areas(by: User, round: Round) -> Answer:
    """Tell the directors of a round that was opened without areas what they may choose."""
    return edit_areas(by, round) & yes_if(
        round.state != RoundState.DRAFT and not round.areas_set,
        "The directors know the areas of this round already, or learn them with the invitation.",
    )


def see_area_answers(by: User, round: Round) -> Answer:
    """What came in on an area; it holds what authorities wrote."""
    return run_round(by, round.region)
