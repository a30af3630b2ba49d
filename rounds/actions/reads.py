"""Reading something confidential is written down too."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record, record_each
from rounds import permissions
from rounds.actions.answers import lock
from rounds.models import PriorityArea, SelfAssessment


@transaction.atomic
def open_self_assessment(self_assessment: SelfAssessment, *, by: User) -> None:
    """One of its own people has seen it: from now on it counts as opened."""
    self_assessment = lock(self_assessment)
    permissions.open_self_assessment(by, self_assessment).require()
    if self_assessment.opened_at is None:
        self_assessment.opened_at = timezone.now()
        self_assessment.save(update_fields=["opened_at"])
        record("self_assessment.opened", self_assessment, by=by)


def read_self_assessment(self_assessment: SelfAssessment, *, version: int = 0, by: User) -> None:
    """`version` as it was sent; 0 is what stands there now."""
    record("self_assessment.read", self_assessment, by=by, version=version)


def read_area_answers(
    area: PriorityArea, self_assessments: Iterable[SelfAssessment], *, by: User
) -> None:
    """Somebody reads, on one page, parts of several."""
    permissions.see_area_answers(by, area.round).require()
    record_each("self_assessment.read", self_assessments, by=by, area=area.name)
