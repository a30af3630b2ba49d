from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Purge, Question, SelfAssessment, SentVersion
from rounds.queries.purges import reach_of


@transaction.atomic
def ask_for_purge(
    self_assessment: SelfAssessment, question: Question, *, reason: str, by: User
) -> Purge:
    """An answer holds what must not be here: a system administrator is to remove it."""
    self_assessment = SelfAssessment.objects.select_for_update().get(pk=self_assessment.pk)
    permissions.ask_for_purge(by, self_assessment).require()
    if self_assessment.purges.filter(question=question, done_at__isnull=True).exists():
        no("This has been asked for already; a system administrator has been told.").require()
    purge = self_assessment.purges.create(question=question, reason=reason, asked_by=by)
    record("self_assessment.purge_asked", self_assessment, by=by, question=question.key)
    promise("rounds.tell_administrators_of_purge", purge.pk)
    return purge


@transaction.atomic
def purge_answer(purge: Purge, *, by: User) -> Purge:
    """Remove it from the answer, from later and earlier rounds, and from what was sent."""
    purge = (
        Purge.objects.select_for_update(of=("self",))
        .select_related("self_assessment__participation__round", "question")
        .get(pk=purge.pk)
    )
    permissions.purge_answer(by, purge).require()
    reach = reach_of(purge)
    now = timezone.now()
    for answer in reach.answers:
        # A later version than any open page holds: none of them saves the text again unseen.
        answer.text, answer.data, answer.version = "", {}, answer.version + 1
        answer.saved_at, answer.saved_by = now, by
        answer.save()
    questions = {answer.question_id for answer in reach.answers} | {purge.question_id}
    for version in reach.versions:
        _empty(version, questions)
    purge.done_at, purge.done_by = now, by
    purge.save(update_fields=["done_at", "done_by"])
    record(
        "self_assessment.answer_purged",
        purge.self_assessment,
        by=by,
        question=purge.question.key,
        answers=len(reach.answers),
        versions=len(reach.versions),
    )
    promise("rounds.tell_purged", purge.pk)
    return purge


def _empty(version: SentVersion, questions: set[int]) -> None:
    """The version without the text; its PDF is made anew from what is left."""
    content: dict[str, Any] = version.content
    for section in content["sections"]:
        for answer in section["answers"]:
            if answer["question"] in questions:
                answer["text"], answer["data"] = "", None
    version.content, version.pdf, version.pdf_sha256 = content, None, ""
    version.save(update_fields=["content", "pdf", "pdf_sha256"])
    promise("rounds.render_self_assessment", version.pk)
