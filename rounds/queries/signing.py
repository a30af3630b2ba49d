"""Whose names a self-assessment needs, and which of them stand under it."""

from __future__ import annotations

from dataclasses import dataclass

from authorities.models import User
from authorities.states import Role
from rounds.models import SelfAssessment, SignOff


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
    signed = set(self_assessment.sign_offs.values_list("role", flat=True))
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
