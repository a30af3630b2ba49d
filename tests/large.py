"""A questionnaire as long as they come, all of it answered."""

from __future__ import annotations

import random

from authorities.models import User
from rounds.models import Question, Section, SelfAssessment, WrittenAnswer

TEXT = (
    "children families early-help thresholds reviewed partners council’s 1,250 plans and the of "
    "in we know because practice improved since quality audits show what social workers say"
)
WORDS = TEXT.split()


def enlarge(
    self_assessment: SelfAssessment, by: User, *, questions: int, words: int, sections: int = 10
) -> SelfAssessment:
    """In place of its round's questions so many, with so many words written in all."""
    chance = random.Random(1)
    round = self_assessment.participation.round
    self_assessment.answers.all().delete()
    round.sections.all().delete()
    made = Section.objects.bulk_create(
        Section(round=round, position=place, key=f"part-{place}", title=f"Part {place}")
        for place in range(1, sections + 1)
    )
    each = questions // sections
    asked = Question.objects.bulk_create(
        Question(
            section=section,
            position=place,
            key=f"{section.key}-{place}",
            text=f"What do you know about {section.title.lower()}, point {place}?",
            guidance="Say what you know, how you know it, and what you do about it.",
        )
        for section in made
        for place in range(1, each + 1)
    )
    WrittenAnswer.objects.bulk_create(
        WrittenAnswer(
            self_assessment=self_assessment,
            question=question,
            text=" ".join(chance.choices(WORDS, k=words // questions)) + ".",
            asked=question.text,
            saved_by=by,
        )
        for question in asked
    )
    return self_assessment
