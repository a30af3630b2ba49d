"""What an authority has written so far: its questions in order, and how each one stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from peerchallenge.shared.fields import count_words
from rounds.models import (
    Evidence,
    ProgressSince,
    Question,
    Section,
    SelfAssessment,
    WrittenAnswer,
)
from rounds.models.content import AnswerContent
from rounds.queries.sending import answer_content, attached_content
from rounds.states import QuestionKind

NOT_STARTED = "Not yet started"
IN_PROGRESS = "In progress"
TO_REVIEW = "To review"
COMPLETED = "Completed"
# Enough of a long answer to know it again.
BEGINNING = 40


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
    """One question, its place in its section from 1, and what the authority wrote.

    Its place is 0 once the question is no longer asked.
    """

    self_assessment_id: int
    question: Question
    place: int
    answer: WrittenAnswer | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def prefix(self) -> str:
        """Before the names of its fields: a page drawn before the questions moved still fits."""
        return f"q{self.question.pk}"

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0

    @cached_property
    def words(self) -> int:
        return self.answer.words if self.answer else 0

    @property
    def limit(self) -> int:
        """How many words it may have; 0 where they are not counted."""
        long = self.question.kind == QuestionKind.LONG_TEXT
        return self.question.word_limit if long else 0

    @property
    def too_many(self) -> int:
        """Words beyond the limit; 0 when it fits."""
        return max(0, self.words - self.limit) if self.limit else 0

    @property
    def answered(self) -> bool:
        if self.question.kind == QuestionKind.FILE:
            return bool(self.evidence)
        return bool(self.text)

    @property
    def unfinished(self) -> bool:
        return bool(self.too_many) or (
            self.question.required and (not self.answered or self._lacks_value)
        )

    @property
    def to_review(self) -> bool:
        return bool(self.answer and self.text and self.answer.to_review)

    @property
    def _lacks_value(self) -> bool:
        """A baseline alone is half a measure."""
        data = self.answer.data if self.answer else {}
        return self.question.kind == QuestionKind.MEASURE and bool(data) and not data.get("value")

    def says(self, text: str, data: dict[str, Any], leaning: str | None) -> bool:
        """Whether exactly this stands here, and nobody need say that it may stay."""
        answer = self.answer
        if answer is None or answer.to_review:
            return False
        same = leaning is None or answer.leaning == leaning
        return same and (answer.text, answer.data) == (text, data)

    @property
    def to_do(self) -> str:
        """What it still needs, as part of a sentence."""
        where = f"“{self.question.text}” in {self.question.section.title}"
        if self.too_many:
            return f"shorten {where} by {self.too_many} word{'' if self.too_many == 1 else 's'}"
        if self.question.kind == QuestionKind.FILE:
            return f"attach a document to {where}"
        if self.answered:
            return f"enter the value of {where}"
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
    def status(self) -> str:
        """What stands below the box before anything more is saved."""
        return f"{self.saved} {self.count}".strip()

    @property
    def count(self) -> str:
        """How long it is beside how long it may be; nothing for what is no text."""
        if self.question.kind != QuestionKind.LONG_TEXT:
            return ""
        if not self.limit:
            return f"{self.words} word{'' if self.words == 1 else 's'}."
        count = f"{self.words} of {self.limit} words."
        if not self.too_many:
            return count
        return f"{count} That is {self.too_many} too many: shorten it before it is sent."

    @property
    def content(self) -> AnswerContent:
        """As it is read: on a page, on paper, in the record."""
        attached = [attached_content(document) for document in self.evidence]
        return answer_content(self.question, self.answer, attached)

    @property
    def beginning(self) -> AnswerContent:
        """As it is checked: a long answer by its first words."""
        return replace(self.content, text=Truncator(self.text).words(BEGINNING))


@dataclass(frozen=True)
class Chapter:
    """A section with its questions in order; a section without questions has none.

    `withdrawn` are those that an officer took out of the open round.
    """

    section: Section
    entries: list[Entry]
    withdrawn: list[Entry] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The page with all its questions."""
        place = [self.entries[0].self_assessment_id, self.section.key]
        return reverse("self_assessment_section", args=place)

    @property
    def read(self) -> list[Entry]:
        """What a reader sees: also what was answered before the question was taken out."""
        return [*self.entries, *(entry for entry in self.withdrawn if entry.answered)]

    @cached_property
    def unfinished(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.unfinished]

    @property
    def to_review(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.to_review]

    @property
    def state(self) -> str:
        if not any(entry.answered for entry in self.entries):
            return NOT_STARTED
        if self.unfinished:
            return IN_PROGRESS
        return TO_REVIEW if self.to_review else COMPLETED

    @property
    def go_on(self) -> Entry:
        """Where writing goes on: what is not finished, else not reviewed, else the first."""
        return next(iter([*self.unfinished, *self.to_review]), self.entries[0])

    @property
    def hint(self) -> str:
        """How much is answered, and who saved last and when."""
        of = _questions(len(self.entries))
        answered = sum(entry.answered for entry in self.entries)
        if not answered and not any(entry.answer for entry in self.entries):
            return f"{of}."
        parts = [f"{answered} of {of} answered"]
        if long := sum(bool(entry.too_many) for entry in self.entries):
            parts.append(f"{long} too long")
        if old := len(self.to_review):
            parts.append(f"{old} from last year, not yet reviewed")
        if (left := len(self.entries) - answered) and not self.unfinished:
            parts.append("the other may be left out" if left == 1 else "the others may be left out")
        return f"{', '.join(parts)}. {self._last_saved}".strip()

    @property
    def _last_saved(self) -> str:
        saved = [
            (entry.answer.saved_at, entry.saved)
            for entry in self.entries
            if entry.answer and not entry.to_review
        ]
        return max(saved)[1] if saved else ""


def _questions(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"


def chapters_of(
    self_assessment: SelfAssessment, within: QuerySet[Section] | None = None
) -> list[Chapter]:
    """The questionnaire with what is written; six queries, however long it is.

    `within` narrows it to some of its sections.
    """
    answers = {
        answer.question_id: answer
        # Prefetched: a few people and sections instead of one of each with every row.
        for answer in self_assessment.answers.prefetch_related("saved_by").order_by()
    }
    evidence: dict[int | None, list[Evidence]] = {}
    for document in self_assessment.evidence.kept():
        evidence.setdefault(document.question_id, []).append(document)
    questions = Question.objects.filter(section__round=self_assessment.participation.round_id)
    if within is not None:
        questions = questions.filter(section__in=within)
    chapters: dict[int, Chapter] = {}
    for question in questions.prefetch_related("section", "areas"):
        chapter = chapters.setdefault(question.section_id, Chapter(question.section, []))
        asked = question.withdrawn_at is None
        row = chapter.entries if asked else chapter.withdrawn
        answer = answers.get(question.pk)
        if answer:
            answer.question = question  # spares a query for whoever asks how it was put
        attached = tuple(evidence.get(question.pk, ()))
        place = len(row) + 1 if asked else 0
        row.append(Entry(self_assessment.pk, question, place, answer, attached))
    return [chapter for chapter in chapters.values() if chapter.entries]


def progress_count(row: WrittenAnswer | ProgressSince | None) -> str:
    words = count_words(row.text) if row else 0
    return f"{words} word{'' if words == 1 else 's'}."


def progress_saved(row: ProgressSince) -> str:
    """Who saved it last and when, and how long it is."""
    if row.saved_at is None:
        return ""
    return f"Last saved {said_when(row.saved_at)} by {row.saved_by}. {progress_count(row)}"
