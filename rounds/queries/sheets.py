"""A round's self-assessments as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from authorities.models import User
from peerchallenge.shared.spreadsheets import Sheet
from rounds.models import Participation, Round, SelfAssessment, SentVersion
from rounds.models.content import AnswerContent, SelfAssessmentContent
from rounds.queries.rounds import directors_by_authority
from rounds.queries.self_assessments import days_late
from rounds.states import SENT, GivenState, ParticipationState, QuestionKind, SelfAssessmentState

STATES = {
    "Authority": 34,
    "Director": 28,
    "State": 14,
    "First opened": 14,
    "Last written": 14,
    "Questions answered": 12,
    "Questions asked": 12,
    "Sections given": 12,
    "Sections checked": 12,
    "Signed by": 40,
    "Area for challenge": 34,
    "Sent on": 14,
    "Sent by": 28,
    "Days late": 10,
    "Versions": 10,
}
ANSWERS = {
    "Authority": 28,
    "Version": 10,
    "Sent on": 14,
    "Section": 28,
    "Question": 44,
    "Kind": 16,
    "Answer": 80,
    "What it shows": 18,
    "Words": 10,
    "Evidence": 40,
}


def states_sheet(round: Round) -> Sheet:
    """How far each authority is; of what it wrote only the area, once it is sent."""
    asked = sum(
        question.withdrawn_at is None
        for section in round.sections.prefetch_related("questions")
        for question in section.questions.all()
    )
    parts = (
        round.participations.select_related(
            "authority", "self_assessment__area", "self_assessment__submitted_by"
        )
        .prefetch_related(
            "self_assessment__answers__question",
            "self_assessment__given",
            "self_assessment__sign_offs__signed_by",
            "self_assessment__versions",
        )
        .order_by("authority__name", "pk")
    )
    directors = directors_by_authority(part.authority_id for part in parts)
    rows = []
    for part in parts:
        names = ", ".join(user.name for user in directors.get(part.authority_id, []))
        rows.append(_state_row(round, part, names, asked))
    return Sheet("Self-assessments", list(STATES), rows, list(STATES.values()))


def _state_row(
    round: Round, part: Participation, directors: str, asked: int
) -> list[str | int | date | None]:
    found: SelfAssessment = part.self_assessment
    sent = found.state in SENT
    withdrawn = part.state == ParticipationState.WITHDRAWN
    answers = [
        answer
        for answer in found.answers.all()
        # What was carried forward is nobody's work of this round until it is reviewed.
        if answer.question.withdrawn_at is None and not answer.to_review
    ]
    given = [one for one in found.given.all() if one.state != GivenState.ENDED]
    return [
        part.authority.name,
        directors or "Nobody",
        "Withdrawn" if withdrawn else SelfAssessmentState(found.state).label,
        _day(found.opened_at),
        _day(max((answer.saved_at for answer in answers), default=None)),
        sum(bool(answer.text) for answer in answers),
        asked,
        len(given),
        sum(one.state == GivenState.CHECKED for one in given),
        ", ".join(f"{one.signed_by} ({one.get_role_display()})" for one in found.sign_offs.all()),
        found.area_name if sent else "",
        _day(found.submitted_at) if sent else None,
        str(found.submitted_by) if sent else "",
        0 if withdrawn else days_late(found, round.self_assessment_due),
        len(found.versions.all()),
    ]


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def versions_to_read(round: Round, by: User) -> list[SentVersion]:
    """The latest version of each self-assessment that this person may read, by authority."""
    latest = {
        version.self_assessment_id: version
        for version in SentVersion.objects.visible_to(by)
        .filter(self_assessment__participation__round=round)
        .select_related("self_assessment__participation__authority")
        .order_by("number")
    }
    return sorted(latest.values(), key=lambda one: one.self_assessment.participation.authority.name)


def answers_sheet(versions: Sequence[SentVersion]) -> Sheet:
    """Every question of every version with what was answered, as it was sent."""
    rows: list[list[str | int | date | None]] = []
    for version in versions:
        content = version.frozen
        start: list[str | int | date | None] = [
            content.authority,
            version.number,
            content.sent_on,
        ]
        about = f"{content.area}\n{content.area_reason}".strip()
        rows.append([*start, "", "Area for challenge", "", about, "", None, ""])
        rows += [[*start, *row] for row in _answer_rows(content)]
    return Sheet("Answers", list(ANSWERS), rows, list(ANSWERS.values()))


def _answer_rows(content: SelfAssessmentContent) -> list[list[str | int | date | None]]:
    heading = "Progress since the last letter"
    progress: list[list[str | int | date | None]] = [
        [heading, row.area_for_consideration, "", row.progress, "", None, row.plan_state]
        for row in content.progress
    ]
    answers: list[list[str | int | date | None]] = [
        [
            section.title,
            answer.asks,
            QuestionKind(answer.kind).label,
            _said(answer),
            answer.leaning_said,
            answer.words,
            "\n".join(one.title for one in answer.evidence),
        ]
        for section in content.sections
        for answer in section.answers
    ]
    return progress + answers


def _said(answer: AnswerContent) -> str:
    """The answer in one cell, whatever its kind."""
    if answer.is_table:
        return "\n".join(
            "; ".join(f"{column}: {cell}" for column, cell in zip(answer.columns, row, strict=True))
            for row in answer.rows
        )
    if answer.measures:
        return "\n".join(f"{name}: {value}" for name, value in answer.measures)
    return answer.text
