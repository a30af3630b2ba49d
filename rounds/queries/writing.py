"""What an authority has written so far: its questions in order, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from rounds.models import Question, Section, SelfAssessment, WrittenAnswer

NOT_STARTED = "Not yet started"
IN_PROGRESS = "In progress"
COMPLETED = "Completed"


def said_when(moment: datetime) -> str:
    """“at 10:42 today”, and the date for what is older than yesterday."""
    local = timezone.localtime(moment)
    today = timezone.localdate()
    if local.date() == today:
        return f"at {local:%H:%M} today"
    if local.date() == today - timedelta(days=1):
        return f"at {local:%H:%M} yesterday"
    return f"at {local:%H:%M} on {local.day} {local:%B %Y}"


@dataclass(frozen=True)
class Entry:
    """One question, its place in its section from 1, and what the authority wrote."""

    self_assessment_id: int
    question: Question
    place: int
    answer: WrittenAnswer | None = None

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0

    @property
    def words(self) -> int:
        return self.answer.words if self.answer else 0

    @property
    def too_many(self) -> int:
        """Words beyond the limit; 0 when it fits."""
        return max(0, self.words - self.question.word_limit)

    @property
    def unfinished(self) -> bool:
        return bool(self.too_many) or (self.question.required and not self.text)

    @property
    def to_do(self) -> str:
        """What it still needs, as part of a sentence."""
        where = f"“{self.question.text}” in {self.question.section.title}"
        if self.too_many:
            return f"shorten {where} by {self.too_many} word{'' if self.too_many == 1 else 's'}"
        return f"answer {where}"

    @property
    def url(self) -> str:
        place = [self.self_assessment_id, self.question.section.key, self.place]
        return reverse("self_assessment_question", args=place)

    @property
    def saved(self) -> str:
        """Who saved it last and when; nothing while nobody has."""
        if not self.answer:
            return ""
        return f"Last saved {said_when(self.answer.saved_at)} by {self.answer.saved_by}."

    @property
    def count(self) -> str:
        """How long it is beside how long it may be."""
        count = f"{self.words} of {self.question.word_limit} words."
        if not self.too_many:
            return count
        return f"{count} That is {self.too_many} too many: shorten it before it is sent."


@dataclass(frozen=True)
class Chapter:
    """A section with its questions in order; a section without questions has none."""

    section: Section
    entries: list[Entry]

    @property
    def unfinished(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.unfinished]

    @property
    def state(self) -> str:
        if not any(entry.text for entry in self.entries):
            return NOT_STARTED
        return IN_PROGRESS if self.unfinished else COMPLETED

    @property
    def go_on(self) -> Entry:
        """Where writing goes on: the first question that is not finished, else the first."""
        return next(iter(self.unfinished), self.entries[0])

    @property
    def hint(self) -> str:
        """How much is answered, and who saved last and when."""
        saved = sorted(
            (entry.answer.saved_at, entry.saved) for entry in self.entries if entry.answer
        )
        of = f"{len(self.entries)} question{'' if len(self.entries) == 1 else 's'}"
        if not saved:
            return f"{of}."
        answered = sum(bool(entry.text) for entry in self.entries)
        long = sum(bool(entry.too_many) for entry in self.entries)
        too_long = f", {long} too long" if long else ""
        return f"{answered} of {of} answered{too_long}. {saved[-1][1]}"


def chapters_of(self_assessment: SelfAssessment) -> list[Chapter]:
    """The whole questionnaire with what is written; two queries, however long it is."""
    answers = {
        answer.question_id: answer
        for answer in self_assessment.answers.select_related("saved_by").order_by()
    }
    asked = Question.objects.filter(section__round=self_assessment.participation.round_id)
    sections: dict[Section, list[Question]] = {}
    for question in asked.select_related("section"):
        sections.setdefault(question.section, []).append(question)
    return [
        Chapter(
            section,
            [
                Entry(self_assessment.pk, question, place, answers.get(question.pk))
                for place, question in enumerate(questions, 1)
            ],
        )
        for section, questions in sections.items()
    ]


@dataclass(frozen=True)
class Gap:
    """Something to be done before it can be sent, as part of a sentence, and where."""

    text: str
    url: str


def gaps_in(self_assessment: SelfAssessment, chapters: list[Chapter]) -> list[Gap]:
    """What stands between this self-assessment and sending it."""
    gaps = [Gap(entry.to_do, entry.url) for chapter in chapters for entry in chapter.unfinished]
    if not self_assessment.area_name:
        area = reverse("self_assessment_area", args=[self_assessment.pk])
        gaps.append(Gap("choose the area to be challenged on", area))
    return gaps


def missing_from(self_assessment: SelfAssessment) -> list[str]:
    """What is still to be done before it can be sent, as parts of a sentence."""
    return [gap.text for gap in gaps_in(self_assessment, chapters_of(self_assessment))]
