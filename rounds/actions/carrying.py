"""A new self-assessment begins with what the authority said last time, to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import CLOCK, Actor, record
from rounds import permissions
from rounds.actions.answers import begun, lock
from rounds.models import ProgressSince, SelfAssessment, WrittenAnswer
from rounds.models.content import ProgressContent
from rounds.queries.carrying import answers_that_fit, last_sent
from rounds.states import WRITING_OPEN


@transaction.atomic
def carry_forward(self_assessment: SelfAssessment, *, by: Actor = CLOCK) -> int:
    """Copy the answers that still fit, word for word, under the names of who wrote them.

    Says how many. Once only, and never over what somebody has written meanwhile; the
    authority has not begun by it. One that merged or took over from another begins empty.
    """
    self_assessment = lock(self_assessment)
    last = last_sent(self_assessment)
    if last is None or self_assessment.state not in WRITING_OPEN:
        return 0
    if self_assessment.answers.filter(carried_from__isnull=False).exists():
        return 0
    there = set(self_assessment.answers.values_list("question", flat=True))
    carried = WrittenAnswer.objects.bulk_create(
        WrittenAnswer(
            self_assessment=self_assessment,
            question=question,
            text=old.text,
            data=old.data,
            asked=old.asked or old.question.text,
            saved_at=old.saved_at,
            saved_by_id=old.saved_by_id,
            carried_from=old,
        )
        for question, old in answers_that_fit(self_assessment, last)
        if question.pk not in there
    )
    if carried:
        record(
            "self_assessment.carried_forward",
            self_assessment,
            by=by,
            answers=len(carried),
            left=last.answers.exclude(text="").count() - len(carried),
            last=last.pk,
        )
    return len(carried)


@transaction.atomic
def add_progress_rows(
    self_assessment: SelfAssessment, rows: Sequence[ProgressContent], *, by: Actor = CLOCK
) -> int:
    """The last letter's areas for consideration, to say what came of each; once only."""
    self_assessment = lock(self_assessment)
    if self_assessment.state not in WRITING_OPEN or self_assessment.progress.exists():
        return 0
    ProgressSince.objects.bulk_create(
        ProgressSince(
            self_assessment=self_assessment,
            position=place,
            source=row.source,
            area_for_consideration=row.area_for_consideration,
            plan_state=row.plan_state,
        )
        for place, row in enumerate(rows, 1)
    )
    if rows:
        record("self_assessment.areas_carried", self_assessment, by=by, areas=len(rows))
    return len(rows)


@transaction.atomic
def review_carried(self_assessment: SelfAssessment, *, by: User) -> int:
    """Let every answer of last time stand that nobody has reviewed yet; says how many."""
    self_assessment = lock(self_assessment)
    permissions.review_carried(by, self_assessment).require()
    old = self_assessment.answers.filter(
        carried_from__isnull=False, reviewed_at__isnull=True, question__withdrawn_at__isnull=True
    )
    number = old.exclude(text="").update(reviewed_at=timezone.now())
    if number:
        begun(self_assessment, by=by)
        record("self_assessment.carried_reviewed", self_assessment, by=by, answers=number)
    return number
