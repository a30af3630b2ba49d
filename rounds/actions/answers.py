"""What an authority writes: kept as it is typed, and never over somebody else's words unseen."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from rounds import permissions
from rounds.models import (
    Participation,
    ProgressSince,
    Question,
    SelfAssessment,
    WrittenAnswer,
)
from rounds.states import ParticipationState, SelfAssessmentState


class OverwriteRefused(Exception):
    """Somebody saved this answer in the meantime; `theirs` is what they saved."""

    def __init__(self, theirs: WrittenAnswer | ProgressSince) -> None:
        super().__init__(f"{theirs.saved_by} saved this answer too")
        self.theirs = theirs


@transaction.atomic
def save_answer(
    self_assessment: SelfAssessment,
    question: Question,
    text: str,
    *,
    version: int,
    by: User,
    data: dict[str, Any] | None = None,
    leaning: str | None = None,
) -> WrittenAnswer:
    """Keep the text. `version` is the one that was on the page: 0 when it was still empty.

    `data` is what the text says in words, for kinds that are no plain text; no `leaning`
    leaves it as it is. Raises OverwriteRefused when a later version is there and says
    something else. Saving what is there already, or nothing where nothing was, changes
    nothing, except that what was carried forward now counts as reviewed.
    """
    self_assessment = lock(self_assessment)
    permissions.write_answer(by, self_assessment, question).require()
    answer = self_assessment.answers.filter(question=question).select_related("saved_by").first()
    data = data or {}
    if answer is None:
        if not text and not leaning:
            return WrittenAnswer(self_assessment=self_assessment, question=question, version=0)
        answer = WrittenAnswer(self_assessment=self_assessment, question=question, version=0)
    leaning = answer.leaning if leaning is None else leaning
    if (answer.text, answer.data, answer.leaning) == (text, data, leaning):
        return _reviewed(answer, by) if answer.to_review else answer
    if answer.version and answer.version != version:
        raise OverwriteRefused(answer)
    answer.text, answer.data, answer.leaning = text, data, leaning
    answer.saved_by, answer.version = by, answer.version + 1
    answer.asked, answer.saved_at = question.text, timezone.now()
    answer.reviewed_at = answer.saved_at if answer.to_review else answer.reviewed_at
    answer.save()
    begun(self_assessment, by=by)
    record("self_assessment.answer_saved", self_assessment, by=by, question=question.key)
    return answer


def _reviewed(answer: WrittenAnswer, by: User) -> WrittenAnswer:
    """Somebody lets what was carried forward stand as it is."""
    answer.reviewed_at = timezone.now()
    answer.save(update_fields=["reviewed_at"])
    begun(answer.self_assessment, by=by)
    record(
        "self_assessment.answer_reviewed",
        answer.self_assessment,
        by=by,
        question=answer.question.key,
    )
    return answer


@transaction.atomic
def save_progress(row: ProgressSince, text: str, *, version: int, by: User) -> ProgressSince:
    """Keep what came of an area for consideration since the last letter.

    Raises OverwriteRefused as `save_answer` does.
    """
    self_assessment = lock(row.self_assessment)
    permissions.write_self_assessment(by, self_assessment).require()
    row = self_assessment.progress.select_related("saved_by").get(pk=row.pk)
    if row.progress == text:
        return row
    if row.version != version:
        raise OverwriteRefused(row)
    row.progress, row.version = text, version + 1
    row.saved_by, row.saved_at = by, timezone.now()
    row.save(update_fields=["progress", "version", "saved_by", "saved_at"])
    begun(self_assessment, by=by)
    record("self_assessment.progress_saved", self_assessment, by=by, place=row.position)
    return row


def lock(self_assessment: SelfAssessment) -> SelfAssessment:
    """As it is now, and nobody else changes it until this transaction ends."""
    return (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("participation__round__region", "participation__authority", "area")
        .get(pk=self_assessment.pk)
    )


def begun(self_assessment: SelfAssessment, *, by: User) -> None:
    """The first word means the authority takes part."""
    participation = self_assessment.participation
    if self_assessment.state == SelfAssessmentState.NOT_STARTED:
        self_assessment.state = SelfAssessmentState.DRAFTING
        self_assessment.save(update_fields=["state"])
    if participation.state == ParticipationState.INVITED:
        # One that has been withdrawn this moment stays so.
        invited = Participation.objects.filter(
            pk=participation.pk, state=ParticipationState.INVITED
        )
        if invited.update(state=ParticipationState.TAKING_PART):
            record("participation.began", participation, by=by)
