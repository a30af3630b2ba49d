"""Who gives sections of a self-assessment to colleagues, who finishes and who checks them."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import GivenSection, SelfAssessment
from rounds.permissions.self_assessments import acts_for, may_be_changed
from rounds.states import GIVEN_SECTION, GivenState


def give_sections(by: User, self_assessment: SelfAssessment) -> Answer:
    return yes_if(
        by.holds(Role.DIRECTOR, authority=self_assessment.participation.authority_id),
        "Only the director of children’s services gives sections to colleagues.",
    ) & may_be_changed(self_assessment)


def take_back_section(by: User, given: GivenSection) -> Answer:
    """At any moment, also when nobody writes any more: it ends what the colleague sees."""
    return yes_if(
        by.holds(Role.DIRECTOR, authority=given.self_assessment.participation.authority_id),
        "Only the director of children’s services takes sections back.",
    ) & GIVEN_SECTION.may(given.state, GivenState.ENDED)


def say_section_ready(by: User, given: GivenSection) -> Answer:
    return (
        yes_if(
            GivenSection.objects.held_by(by).filter(pk=given.pk).exists(),
            "Only whoever has this section says that it is ready.",
        )
        & may_be_changed(given.self_assessment)
        & GIVEN_SECTION.may(given.state, GivenState.READY)
    )


def return_section(by: User, given: GivenSection) -> Answer:
    return _checks(by, given) & GIVEN_SECTION.may(given.state, GivenState.BACK)


def check_section(by: User, given: GivenSection) -> Answer:
    return _checks(by, given) & GIVEN_SECTION.may(given.state, GivenState.CHECKED)


def _checks(by: User, given: GivenSection) -> Answer:
    return acts_for(by, given.self_assessment.participation) & may_be_changed(given.self_assessment)
