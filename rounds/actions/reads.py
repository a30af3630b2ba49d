"""Reading something confidential is written down too."""

from __future__ import annotations

from authorities.models import User
from peerchallenge.audit.actions import record
from rounds.models import SelfAssessment


def read_self_assessment(self_assessment: SelfAssessment, *, by: User) -> None:
    record("self_assessment.read", self_assessment, by=by)
