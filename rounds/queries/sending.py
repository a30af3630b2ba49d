"""What a self-assessment says as it stands, gathered to be frozen or to be printed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from rounds.models import Evidence, Question, SelfAssessment, WrittenAnswer
from rounds.models.content import (
    AnswerContent,
    Attached,
    ProgressContent,
    SectionContent,
    SelfAssessmentContent,
    Signature,
)


def frozen_content(
    self_assessment: SelfAssessment,
    *,
    version: int = 0,
    sent_on: date | None = None,
    sent_by: str = "",
) -> SelfAssessmentContent:
    """All it says now; a draft unless told when it is sent. Six queries, however long it is."""
    part = self_assessment.participation
    round, region = part.round, part.round.region
    return SelfAssessmentContent(
        authority=part.authority.name,
        round=round.name,
        board=region.board_name,
        colour=region.colour,
        introduction=round.format.introduction,
        area=self_assessment.area_name,
        own_area=bool(self_assessment.own_area),
        area_reason=self_assessment.own_area_reason,
        sections=_sections(self_assessment),
        progress=tuple(
            ProgressContent(row.source, row.area_for_consideration, row.plan_state, row.progress)
            for row in self_assessment.progress.all()
        ),
        sign_offs=tuple(
            Signature(str(row.signed_by), row.get_role_display(), timezone.localdate(row.signed_at))
            for row in self_assessment.sign_offs.select_related("signed_by")
        ),
        version=version,
        sent_on=sent_on,
        sent_by=sent_by,
    )


def _sections(self_assessment: SelfAssessment) -> tuple[SectionContent, ...]:
    """In the questionnaire's order; a question taken out of it stays where it was answered."""
    answers = {answer.question_id: answer for answer in self_assessment.answers.order_by()}
    attached: dict[tuple[int, int | None], list[Attached]] = {}
    for document in self_assessment.evidence.kept():
        place = (document.section_id, document.question_id)
        attached.setdefault(place, []).append(attached_content(document))
    asked: dict[int, list[AnswerContent]] = {}
    questions = Question.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(pk__in=[pk for pk, one in answers.items() if one.text]),
        section__round=self_assessment.participation.round_id,
    )
    for question in questions:
        evidence = attached.get((question.section_id, question.pk), [])
        asked.setdefault(question.section_id, []).append(
            answer_content(question, answers.get(question.pk), evidence)
        )
    return tuple(
        SectionContent(
            section.key,
            section.title,
            tuple(asked.get(section.pk, ())),
            tuple(attached.get((section.pk, None), ())),
        )
        for section in self_assessment.participation.round.sections.all()
    )


def answer_content(
    question: Question, answer: WrittenAnswer | None, evidence: list[Attached]
) -> AnswerContent:
    """One question with all that belongs to it."""
    return AnswerContent(
        question=question.pk,
        key=question.key,
        kind=question.kind,
        asks=question.text,
        required=question.required,
        text=answer.text if answer else "",
        data=answer.data if answer else {},
        options=question.options,
        asked=answer.asked if answer and answer.asked != question.text else "",
        leaning=answer.leaning if answer else "",
        carried=bool(answer and answer.to_review),
        withdrawn=question.withdrawn_at is not None,
        evidence=tuple(evidence),
    )


def attached_content(document: Evidence) -> Attached:
    return Attached(
        document.title,
        document.document_date,
        timezone.localdate(document.added_at),
        document.file_name,
        document.link,
    )
