from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.models import Participation, PriorityArea, Question, SelfAssessment, WrittenAnswer
from rounds.states import ParticipationState, SelfAssessmentState


class OverwriteRefused(Exception):
    """Somebody saved this answer in the meantime; `theirs` is what they saved."""

    def __init__(self, theirs: WrittenAnswer) -> None:
        super().__init__(f"{theirs.saved_by} saved this answer too")
        self.theirs = theirs


class AreaRefused(Exception):
    """Somebody chose another area in the meantime; `theirs` holds it."""

    def __init__(self, theirs: SelfAssessment) -> None:
        super().__init__(f"The area is now {theirs.area_name}")
        self.theirs = theirs


@transaction.atomic
def save_answer(
    self_assessment: SelfAssessment, question: Question, text: str, *, version: int, by: User
) -> WrittenAnswer:
    """Keep the text. `version` is the one that was on the page: 0 when it was still empty.

    Raises OverwriteRefused when a later version is there and says something else. Saving
    what is there already, or nothing where nothing was, changes nothing.
    """
    self_assessment = _lock(self_assessment)
    permissions.write_self_assessment(by, self_assessment).require()
    answer = self_assessment.answers.filter(question=question).select_related("saved_by").first()
    if answer is None and not text:
        return WrittenAnswer(self_assessment=self_assessment, question=question, version=0)
    if answer and answer.text == text:
        return answer
    if answer and answer.version != version:
        raise OverwriteRefused(answer)
    if answer:
        answer.text, answer.saved_by, answer.version = text, by, version + 1
        answer.asked, answer.saved_at = question.text, timezone.now()
        answer.save()
    else:
        answer = WrittenAnswer.objects.create(
            self_assessment=self_assessment,
            question=question,
            text=text,
            asked=question.text,
            saved_by=by,
        )
    _begun(self_assessment, by)
    record("self_assessment.answer_saved", self_assessment, by=by, question=question.key)
    return answer


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
    self_assessment = _lock(self_assessment)
    permissions.write_self_assessment(by, self_assessment).require()
    before = self_assessment.area_seen
    self_assessment.area = area
    self_assessment.own_area = "" if area else own_area
    self_assessment.own_area_reason = "" if area else reason
    if self_assessment.area_seen == before:
        return self_assessment
    if seen is not None and seen != before:
        raise AreaRefused(_lock(self_assessment))
    self_assessment.save(update_fields=["area", "own_area", "own_area_reason"])
    _begun(self_assessment, by)
    record("self_assessment.area_chosen", self_assessment, by=by, area=self_assessment.area_name)
    return self_assessment


@transaction.atomic
def submit_self_assessment(self_assessment: SelfAssessment, *, by: User) -> SelfAssessment:
    """Send it to the board; from now on it is locked."""
    self_assessment = _lock(self_assessment)
    permissions.submit_self_assessment(by, self_assessment).require()
    if missing := queries.missing_from(self_assessment):
        no(f"Before you send it: {'; '.join(missing)}.").require()
    self_assessment.state = SelfAssessmentState.SUBMITTED
    self_assessment.submitted_at, self_assessment.submitted_by = timezone.now(), by
    self_assessment.save(update_fields=["state", "submitted_at", "submitted_by"])
    record("self_assessment.submitted", self_assessment, by=by)
    promise("rounds.confirm_self_assessment", self_assessment.pk)
    return self_assessment


@transaction.atomic
def return_self_assessment(
    self_assessment: SelfAssessment, *, reason: str, by: User
) -> SelfAssessment:
    """Give it back to its authority to change."""
    self_assessment = _lock(self_assessment)
    permissions.return_self_assessment(by, self_assessment).require()
    self_assessment.state = SelfAssessmentState.RETURNED
    self_assessment.save(update_fields=["state"])
    record("self_assessment.returned", self_assessment, by=by, reason=reason)
    promise("rounds.tell_self_assessment_returned", self_assessment.pk)
    return self_assessment


def _lock(self_assessment: SelfAssessment) -> SelfAssessment:
    return (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("participation__round__region", "participation__authority", "area")
        .get(pk=self_assessment.pk)
    )


def _begun(self_assessment: SelfAssessment, by: User) -> None:
    """The first word means the authority takes part."""
    participation = self_assessment.participation
    if self_assessment.state == SelfAssessmentState.NOT_STARTED:
        self_assessment.state = SelfAssessmentState.DRAFTING
        self_assessment.save(update_fields=["state"])
    if participation.state == ParticipationState.INVITED:
        Participation.objects.filter(pk=participation.pk).update(
            state=ParticipationState.TAKING_PART
        )
        record("participation.began", participation, by=by)
