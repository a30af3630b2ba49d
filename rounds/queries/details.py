"""What in a self-assessment looks like a child's details, and who said that it is none."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from peerchallenge.shared.personal_data.passages import Detail, Written, details_in
from rounds.models import ConfirmedDetail, Question, SelfAssessment


def details_of(self_assessment: SelfAssessment) -> list[Detail[ConfirmedDetail]]:
    """Everything found, in the order of the text; the same thing twice in a place is one."""
    confirmed = {
        one.fingerprint: one for one in self_assessment.confirmed.select_related("confirmed_by")
    }
    return details_in(_texts(self_assessment), confirmed, salt="rounds.details")


def details_to_settle(self_assessment: SelfAssessment) -> list[Detail[ConfirmedDetail]]:
    """What nobody has put their name to yet."""
    return [detail for detail in details_of(self_assessment) if detail.confirmed is None]


def details_to_do(self_assessment: SelfAssessment) -> list[tuple[str, str]]:
    """Part of a sentence and where it is done; nothing once all is settled."""
    waiting = len(details_to_settle(self_assessment))
    what = "a place that looks" if waiting == 1 else f"{waiting} places that look"
    url = reverse("self_assessment_details", args=[self_assessment.pk])
    return [(f"change or confirm {what} like a child’s details", url)] if waiting else []


def _texts(self_assessment: SelfAssessment) -> Iterator[Written]:
    pk = self_assessment.pk
    answers = {one.question_id: one.text for one in self_assessment.answers.order_by()}
    questions = Question.objects.filter(pk__in=answers).select_related("section")
    for question in questions:
        url = reverse("self_assessment_section", args=[pk, question.section.key])
        yield Written(
            f"answer {question.pk}",
            question.section.title,
            question.text,
            f"{url}#id_q{question.pk}-text",
            answers[question.pk],
        )
    area = reverse("self_assessment_area", args=[pk])
    yield Written("area", "Area for challenge", "Name", area, self_assessment.own_area)
    reason = self_assessment.own_area_reason
    yield Written("reason", "Area for challenge", "Why this area", area, reason)
    progress = reverse("self_assessment_progress", args=[pk])
    for row in self_assessment.progress.all():
        name = row.area_for_consideration[:100]
        yield Written(f"progress {row.pk}", "Progress since", name, progress, row.progress)
    evidence = reverse("self_assessment_evidence", args=[pk])
    for document in self_assessment.evidence.kept().select_related("section"):
        title = f"{document.title} ({document.file_name})" if document.file_name else document.title
        where = f"Evidence {document.pk}"
        yield Written(where, document.section.title, "Title of a document", evidence, title)
