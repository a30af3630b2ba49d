"""Who may have a text removed from everywhere: one asks, another does it."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Purge, SelfAssessment


def ask_for_purge(by: User, self_assessment: SelfAssessment) -> Answer:
    part = self_assessment.participation
    return yes_if(
        by.holds(Role.DIRECTOR, authority=part.authority_id)
        or by.holds(Role.BOARD_OFFICER, region=part.round.region_id),
        "Only the authority’s director or a board officer asks for an answer to be purged.",
    )


def see_purges(by: User) -> Answer:
    return yes_if(
        by.holds(Role.SYSTEM_ADMINISTRATOR, Role.BOARD_OFFICER),
        "Only system administrators and board officers see what is to be purged.",
    )


def purge_answer(by: User, purge: Purge) -> Answer:
    return (
        yes_if(by.holds(Role.SYSTEM_ADMINISTRATOR), "Only a system administrator purges an answer.")
        & yes_if(
            purge.asked_by_id != by.pk,
            "You asked for this yourself: another system administrator carries it out.",
        )
        & yes_if(purge.done_at is None, "This answer has been purged.")
    )
