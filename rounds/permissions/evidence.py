"""Who may attach, remove and open evidence, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Evidence, GivenSection, Question, Section, SelfAssessment
from rounds.permissions.self_assessments import (
    belongs_to,
    submit_self_assessment,
    write_answer,
    write_section,
    write_self_assessment,
)
from rounds.states import OPEN_TO_TEAM, SENT

FOR_THE_TEAM = "Evidence is read by the authority’s own people and by the team that challenges it."


def add_evidence(
    by: User, self_assessment: SelfAssessment, section: Section, question: Question | None = None
) -> Answer:
    """Whoever writes there attaches there."""
    if question is not None:
        return write_answer(by, self_assessment, question)
    return write_section(by, self_assessment, section)


def remove_evidence(by: User, evidence: Evidence) -> Answer:
    return add_evidence(by, evidence.self_assessment, evidence.section, evidence.question)


def change_evidence(by: User, evidence: Evidence) -> Answer:
    """Whoever may take it away may say what it is, as long as it is there."""
    return remove_evidence(by, evidence) & yes_if(
        evidence.removed_at is None, "This has been removed."
    )


def list_evidence(by: User, self_assessment: SelfAssessment) -> Answer:
    """Titles and dates; what is in a document is asked about by `read_evidence`."""
    part = self_assessment.participation
    officer = self_assessment.state in SENT and by.holds(
        Role.BOARD_OFFICER, region=part.round.region_id
    )
    return yes_if(officer or open_any_evidence(by, self_assessment), FOR_THE_TEAM)


def open_any_evidence(by: User, self_assessment: SelfAssessment) -> bool:
    """Whether they read documents of it, or only see which there are."""
    part = self_assessment.participation
    held = GivenSection.objects.held_by(by).filter(self_assessment=self_assessment)
    return belongs_to(by, part) or held.exists() or _on_team(by, self_assessment)


def read_evidence(by: User, evidence: Evidence) -> Answer:
    return yes_if(
        Evidence.objects.open_to(by).filter(pk=evidence.pk).exists(),
        "You see which documents there are. " + FOR_THE_TEAM,
    )


def settle_details(by: User, self_assessment: SelfAssessment) -> Answer:
    """Whoever writes or sends it says, by name, that something identifies no child."""
    writes = write_self_assessment(by, self_assessment)
    return writes if writes else submit_self_assessment(by, self_assessment)


def _on_team(by: User, self_assessment: SelfAssessment) -> bool:
    host = self_assessment.participation
    seats = by.seats.current()
    return seats.filter(challenge__host=host, challenge__state__in=OPEN_TO_TEAM).exists()
