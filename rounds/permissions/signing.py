"""Who asks for signatures under a self-assessment, who signs, and who takes it back to writing."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import YES, Answer, yes_if
from rounds.models import SelfAssessment
from rounds.permissions.self_assessments import takes_part
from rounds.queries.signing import signs_besides_director, unsigned_roles
from rounds.states import SELF_ASSESSMENT, SelfAssessmentState

WITH_THEM = SelfAssessmentState.WITH_SIGN_OFF


def ask_for_signatures(by: User, self_assessment: SelfAssessment) -> Answer:
    return (
        yes_if(
            by.holds(Role.DIRECTOR, authority=self_assessment.participation.authority_id),
            "Only the director of children’s services sends it for sign-off.",
        )
        & yes_if(
            bool(signs_besides_director(self_assessment)),
            "In this round nobody but the director signs, by sending it.",
        )
        & takes_part(self_assessment.participation)
        & SELF_ASSESSMENT.may(self_assessment.state, WITH_THEM)
    )


def sign_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    """Once for each post they hold, by the post-holder alone."""
    return (
        signs_here(by, self_assessment)
        & _is_with_signers(self_assessment)
        & yes_if(bool(roles_to_sign(by, self_assessment)), "You have signed it already.")
    )


def take_back(by: User, self_assessment: SelfAssessment) -> Answer:
    return yes_if(
        by.holds(Role.DIRECTOR, authority=self_assessment.participation.authority_id),
        "Only the director of children’s services takes it back.",
    ) & _is_with_signers(self_assessment)


def back_to_writing(by: User, self_assessment: SelfAssessment) -> Answer:
    """The director takes it back, or somebody who was to sign gives it back."""
    authority = self_assessment.participation.authority_id
    director = by.holds(Role.DIRECTOR, authority=authority)
    may = YES if director else signs_here(by, self_assessment)
    return may & _is_with_signers(self_assessment)


def signs_here(by: User, self_assessment: SelfAssessment) -> Answer:
    authority = self_assessment.participation.authority_id
    return yes_if(
        by.holds(*signs_besides_director(self_assessment), authority=authority),
        "Only those whose signature the round asks for sign the self-assessment.",
    )


def roles_to_sign(by: User, self_assessment: SelfAssessment) -> list[Role]:
    authority = self_assessment.participation.authority_id
    return [r for r in unsigned_roles(self_assessment) if by.holds(r, authority=authority)]


def _is_with_signers(self_assessment: SelfAssessment) -> Answer:
    return takes_part(self_assessment.participation) & yes_if(
        self_assessment.state == WITH_THEM, "It is not out for signature now."
    )
