"""What a purge reaches: an answer, what it began as, what began with it, and every copy sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rounds.models import Purge, Question, SelfAssessment, SentVersion, WrittenAnswer


@dataclass(frozen=True)
class Reach:
    """The rows that hold the text, or may."""

    answers: list[WrittenAnswer]
    versions: list[SentVersion]

    @property
    def pdfs(self) -> int:
        return sum(version.pdf is not None for version in self.versions)

    @property
    def rounds(self) -> list[str]:
        names = {str(answer.self_assessment.participation.round) for answer in self.answers}
        return sorted(names)


def reach_of(purge: Purge) -> Reach:
    """Through all rounds: the text was carried forward from one to the next."""
    answers = _with_kin(
        WrittenAnswer.objects.filter(
            self_assessment=purge.self_assessment_id, question=purge.question_id
        )
    )
    places = {(purge.self_assessment_id, purge.question_id)} | {
        (answer.self_assessment_id, answer.question_id) for answer in answers
    }
    versions = SentVersion.objects.filter(self_assessment__in={place[0] for place in places})
    touched = [
        version
        for version in versions.order_by("self_assessment", "number")
        if any(
            (version.self_assessment_id, answer.question) in places
            for section in version.frozen.sections
            for answer in section.answers
        )
    ]
    return Reach(answers, touched)


def _with_kin(answers: Iterable[WrittenAnswer]) -> list[WrittenAnswer]:
    """Those it was carried from and to, however many rounds apart."""
    found: dict[int, WrittenAnswer] = {}
    rows = WrittenAnswer.objects.select_related("self_assessment__participation__round")
    waiting = {answer.pk for answer in answers}
    while waiting:
        new = list(rows.filter(pk__in=waiting).order_by("pk"))
        found |= {answer.pk: answer for answer in new}
        kin = {answer.carried_from_id for answer in new if answer.carried_from_id}
        kin |= set(
            WrittenAnswer.objects.filter(carried_from__in=waiting).values_list("pk", flat=True)
        )
        waiting = kin - set(found)
    return [found[pk] for pk in sorted(found)]


def answered_questions(self_assessment: SelfAssessment) -> list[Question]:
    """Those with an answer now, in the questionnaire's order."""
    return list(
        Question.objects.filter(answers__self_assessment=self_assessment)
        .exclude(answers__text="")
        .select_related("section")
        .distinct()
    )
