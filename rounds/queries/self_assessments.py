from __future__ import annotations

from rounds.models import Question, SelfAssessment


def missing_from(self_assessment: SelfAssessment) -> list[str]:
    """What is still to be done before it can be sent, as parts of a sentence."""
    answered = self_assessment.answers.exclude(text="").values("question")
    open_questions = Question.objects.filter(
        section__round=self_assessment.participation.round_id, required=True
    ).exclude(pk__in=answered)
    missing = [
        f"answer “{question.text}” in {question.section.title}"
        for question in open_questions.select_related("section")
    ]
    if not self_assessment.area_name:
        missing.append("choose the area to be challenged on")
    return missing
