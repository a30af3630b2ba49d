"""A self-assessment is signed by whom the round asks for, or goes back to be written."""

from __future__ import annotations

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.answers import lock
from rounds.models import SelfAssessment
from rounds.queries.signing import unsigned_roles
from rounds.states import SelfAssessmentState


@transaction.atomic
def ask_for_signatures(self_assessment: SelfAssessment, *, by: User) -> SelfAssessment:
    """Lock the text and write to those who sign it."""
    self_assessment = lock(self_assessment)
    permissions.ask_for_signatures(by, self_assessment).require()
    if missing := queries.missing_from(self_assessment):
        no(f"Before it is signed: {'; '.join(missing)}.").require()
    # Names under an earlier text stand for that text alone.
    self_assessment.sign_offs.all().delete()
    self_assessment.state = SelfAssessmentState.WITH_SIGN_OFF
    self_assessment.save(update_fields=["state"])
    record("self_assessment.signatures_asked", self_assessment, by=by)
    promise("rounds.ask_for_signatures", self_assessment.pk)
    return self_assessment


@transaction.atomic
def sign_self_assessment(self_assessment: SelfAssessment, *, by: User) -> SelfAssessment:
    """In each post of theirs that is asked for and has not signed."""
    self_assessment = lock(self_assessment)
    permissions.sign_self_assessment(by, self_assessment).require()
    for role in permissions.roles_to_sign(by, self_assessment):
        self_assessment.sign_offs.create(role=role, signed_by=by)
        record("self_assessment.signed", self_assessment, by=by, role=role)
    if not unsigned_roles(self_assessment):
        promise("rounds.tell_all_signed", self_assessment.pk)
    return self_assessment


@transaction.atomic
def back_to_writing(
    self_assessment: SelfAssessment, *, comment: str = "", by: User
) -> SelfAssessment:
    """Open the text again; whoever had signed is asked anew."""
    self_assessment = lock(self_assessment)
    permissions.back_to_writing(by, self_assessment).require()
    self_assessment.sign_offs.all().delete()
    self_assessment.state = SelfAssessmentState.DRAFTING
    self_assessment.save(update_fields=["state"])
    record("self_assessment.back_to_writing", self_assessment, by=by, comment=comment)
    if comment:
        promise("rounds.tell_not_signed", self_assessment.pk)
    return self_assessment
