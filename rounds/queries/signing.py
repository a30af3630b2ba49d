"""Whose names a self-assessment needs, and which of them stand under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.actions import history_of
from peerchallenge.audit.models import Event
from rounds.models import SelfAssessment, SignOff
from rounds.states import SelfAssessmentState

BACK = "self_assessment.back_to_writing"
# The last of these says how the asking for signatures ended.
ASKING = (BACK, "self_assessment.signatures_asked", "self_assessment.submitted")


@dataclass(frozen=True)
class Signer:
    """A post whose holder signs, who holds it today, and the signature once it is there."""

    role: Role
    holders: list[str]
    signed: SignOff | None

    @property
    def who(self) -> str:
        return ", ".join(self.holders) or "nobody holds this post yet"


def signs_besides_director(self_assessment: SelfAssessment) -> list[Role]:
    """The director's own signature is that they send it."""
    asked = self_assessment.participation.round.format.sign_offs
    return [Role(role) for role in asked if role != Role.DIRECTOR]


def unsigned_roles(self_assessment: SelfAssessment) -> list[Role]:
    signed = {one.role for one in self_assessment.sign_offs.all()}
    return [role for role in signs_besides_director(self_assessment) if role not in signed]


def signers_of(self_assessment: SelfAssessment) -> list[Signer]:
    rows = {row.role: row for row in self_assessment.sign_offs.select_related("signed_by")}
    authority = self_assessment.participation.authority
    return [
        Signer(
            role,
            [user.name for user in User.objects.in_post(role, authority=authority)],
            rows.get(role),
        )
        for role in signs_besides_director(self_assessment)
    ]


def unsigned_said(self_assessment: SelfAssessment) -> str:
    """“the lead member and the chief executive”; nothing once all have signed."""
    return " and ".join(f"the {role.label.lower()}" for role in unsigned_roles(self_assessment))


def out_for_signature(self_assessments: Iterable[SelfAssessment]) -> list[SelfAssessment]:
    """Those of them that wait for names, with the names they have; one query."""
    found = [one for one in self_assessments if one.state == SelfAssessmentState.WITH_SIGN_OFF]
    prefetch_related_objects(found, "sign_offs")
    return found


def given_back(self_assessments: Iterable[SelfAssessment]) -> dict[int, Event]:
    """By self-assessment: who gave it back unsigned, when and why, while it is changed since."""
    found = [
        one
        for one in self_assessments
        if one.state == SelfAssessmentState.DRAFTING and signs_besides_director(one)
    ]
    last: dict[int, Event] = {}
    if found:
        for event in history_of(*found).filter(verb__in=ASKING):
            last.setdefault(event.subject_id, event)
    return {
        pk: event
        for pk, event in last.items()
        if event.verb == BACK and event.details.get("comment")
    }
