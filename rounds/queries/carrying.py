"""What an authority's next self-assessment begins with: its own answers of an earlier round."""

from __future__ import annotations

from collections.abc import Iterator

from rounds.models import Participation, Question, Round, SelfAssessment, WrittenAnswer
from rounds.states import SENT, QuestionKind, RoundState


def been_before(round: Round) -> set[int]:
    """The authorities that an earlier round of the region invited."""
    earlier = Participation.objects.filter(
        round__region=round.region_id, round__created_at__lt=round.created_at
    )
    never = (RoundState.DRAFT, RoundState.CANCELLED)
    opened = earlier.exclude(round__state__in=never).order_by()
    return set(opened.values_list("authority", flat=True))


def last_sent(self_assessment: SelfAssessment) -> SelfAssessment | None:
    """The same authority's newest one of an earlier round; a merged authority begins empty."""
    here = self_assessment.participation
    return (
        SelfAssessment.objects.filter(
            state__in=SENT,
            participation__authority=here.authority_id,
            participation__round__region=here.round.region_id,
            participation__round__created_at__lt=here.round.created_at,
        )
        .order_by("-submitted_at", "-pk")
        .first()
    )


def answers_that_fit(
    self_assessment: SelfAssessment, last: SelfAssessment
) -> Iterator[tuple[Question, WrittenAnswer]]:
    """Each question asked now, and what the authority said to it then; four queries."""
    here = self_assessment.participation
    asked = Question.objects.filter(section__round=here.round_id).asked()
    known = Question.objects.filter(section__round__region=here.round.region_id)
    ancestors = dict(known.order_by().values_list("pk", "ancestor"))
    answers = {
        answer.question_id: answer
        for answer in last.answers.exclude(text="").select_related("question").order_by()
    }
    for question in asked:
        answer = _first_of(question.ancestor_id, ancestors, answers)
        if answer and _fits(answer, question):
            yield question, answer


def _first_of(
    question_id: int | None, ancestors: dict[int, int | None], answers: dict[int, WrittenAnswer]
) -> WrittenAnswer | None:
    """Up through the rounds, for an authority that left some out."""
    while question_id is not None:
        if question_id in answers:
            return answers[question_id]
        question_id = ancestors.get(question_id)
    return None


def _fits(answer: WrittenAnswer, question: Question) -> bool:
    """Whether it still says what is asked for; a document does not come along."""
    then, now = answer.question.options, question.options
    if answer.question.kind != question.kind or question.kind == QuestionKind.FILE:
        return False
    if question.kind == QuestionKind.CHOICE:
        return answer.text in now.get("choices", [])
    if question.kind == QuestionKind.TABLE:
        return bool(then.get("columns") == now.get("columns"))
    if question.kind == QuestionKind.MEASURE:
        return bool(then.get("unit", "") == now.get("unit", ""))
    return True
