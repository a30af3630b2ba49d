from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.answers import begun, lock
from rounds.actions.sending import keep_version
from rounds.models import PriorityArea, SelfAssessment
from rounds.states import SelfAssessmentState


class AreaRefused(Exception):
    """Somebody chose another area in the meantime; `theirs` holds it."""

    def __init__(self, theirs: SelfAssessment) -> None:
        super().__init__(f"The area is now {theirs.area_name}")
        self.theirs = theirs


@transaction.atomic
def choose_area(
    self_assessment: SelfAssessment,
    *,
    area: PriorityArea | None = None,
    own_area: str = "",
    reason: str = "",
    seen: str | None = None,
    by: User,
) -> SelfAssessment:
    """Pick one of the round's priority areas, or the authority's own with a reason.

    `seen` is the `area_seen` of the page that asks. Raises AreaRefused when the area has
    changed since then, and to something else.
    """
    self_assessment = lock(self_assessment)
    permissions.choose_area(by, self_assessment).require()
    # An officer who takes the area out waits for us, or we for them.
    if area and not PriorityArea.objects.select_for_update().filter(pk=area.pk).exists():
        no(f"“{area.name}” is no longer among the areas: choose another.").require()
    before = self_assessment.area_seen
    self_assessment.area = area
    self_assessment.own_area = "" if area else own_area
    self_assessment.own_area_reason = "" if area else reason
    if self_assessment.area_seen == before:
        return self_assessment
    if seen is not None and seen != before:
        raise AreaRefused(lock(self_assessment))
    self_assessment.save(update_fields=["area", "own_area", "own_area_reason"])
    begun(self_assessment, by=by)
    record("self_assessment.area_chosen", self_assessment, by=by, area=self_assessment.area_name)
    return self_assessment


@transaction.atomic
def submit_self_assessment(self_assessment: SelfAssessment, *, by: User) -> SelfAssessment:
    """Send it to the board; from now on it is locked, and this version stays as it is."""
    self_assessment = lock(self_assessment)
    permissions.submit_self_assessment(by, self_assessment).require()
    if missing := queries.missing_from(self_assessment):
        no(f"Before you send it: {'; '.join(missing)}.").require()
    self_assessment.state = SelfAssessmentState.SUBMITTED
    self_assessment.submitted_at, self_assessment.submitted_by = timezone.now(), by
    self_assessment.save(update_fields=["state", "submitted_at", "submitted_by"])
    self_assessment.sign_offs.filter(role=Role.DIRECTOR).delete()
    self_assessment.sign_offs.create(role=Role.DIRECTOR, signed_by=by)
    version = keep_version(self_assessment, by=by)
    record("self_assessment.submitted", self_assessment, by=by, version=version.number)
    promise("rounds.confirm_self_assessment", self_assessment.pk)
    return self_assessment


@transaction.atomic
def return_self_assessment(
    self_assessment: SelfAssessment, *, reason: str, by: User
) -> SelfAssessment:
    """Give it back to its authority to change."""
    self_assessment = lock(self_assessment)
    permissions.return_self_assessment(by, self_assessment).require()
    # Names under it stood for what was sent: they are asked for again.
    self_assessment.sign_offs.all().delete()
    self_assessment.state = SelfAssessmentState.RETURNED
    self_assessment.save(update_fields=["state"])
    record("self_assessment.returned", self_assessment, by=by, reason=reason)
    promise("rounds.tell_self_assessment_returned", self_assessment.pk)
    return self_assessment
