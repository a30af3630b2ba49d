"""A round's priority areas, and what came in on each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse

from peerchallenge.shared.fields import count_words
from rounds.models import PriorityArea, Question, Round, SelfAssessment, WrittenAnswer
from rounds.models.questionnaire import mark
from rounds.states import SENT, Leaning

MOST_AREAS = 6
PER_PAGE = 15
# What is longer is read in full on the self-assessment's own page.
EXCERPT = 120
NOT_MARKED = "none"
LEANINGS = {**dict(Leaning.choices), NOT_MARKED: "Not marked"}


@dataclass(frozen=True)
class AreaLine:
    """One area in the officers' list."""

    area: PriorityArea
    place: int
    first: bool
    last: bool
    questions: int
    # Once it is sent the board knows what an authority chose; until then only that it stays.
    chosen: int
    stays: bool

    @property
    def facts(self) -> str:
        words = count_words(self.area.evidence)
        evidence = f"{words} words of evidence" if words else "No evidence yet"
        speak = "1 question speaks" if self.questions == 1 else f"{self.questions} questions speak"
        return f"{evidence}. {speak if self.questions else 'No question speaks'} to it."


def areas_of(round: Round) -> list[AreaLine]:
    """In the officers' order; three queries."""
    areas = list(round.areas.annotate(asked=Count("questions")))
    chosen: Counter[int] = Counter()
    held: set[int] = set()
    choices = SelfAssessment.objects.filter(area__round=round).values_list("area", "state")
    for area, state in choices:
        held.add(area or 0)
        chosen[area or 0] += state in SENT
    return [
        AreaLine(
            area,
            place,
            place == 1,
            place == len(areas),
            area.asked,
            chosen[area.pk],
            area.pk in held,
        )
        for place, area in enumerate(areas, 1)
    ]


def area_version(area: PriorityArea) -> str:
    questions = sorted(area.questions.values_list("pk", flat=True))
    return mark([area.name, area.evidence, questions])


def questions_to_link(round: Round) -> list[Question]:
    """Those that may speak to an area, in the questionnaire's order."""
    asked = Question.objects.filter(section__round=round).asked()
    return list(asked.select_related("section"))


@dataclass(frozen=True)
class Said:
    """One authority's answer to a question that speaks to the area."""

    authority: str
    question: str
    text: str
    cut: bool
    leaning: str
    url: str


@dataclass(frozen=True)
class Totals:
    """How many say what, over all pages."""

    question: Question
    strength: int
    concern: int
    unmarked: int

    @property
    def answers(self) -> int:
        return self.strength + self.concern + self.unmarked


@dataclass(frozen=True)
class CameIn:
    area: PriorityArea
    sent: int
    of: int
    totals: list[Totals]
    page: Page[WrittenAnswer]
    said: list[Said]
    # Whose texts are on this page: that they were read is written down.
    read: list[SelfAssessment]


def came_in(
    area: PriorityArea, *, question: int | None = None, leaning: str = "", page: int = 1
) -> CameIn:
    """Who said what on this area; of self-assessments that were sent, and no other."""
    members = area.round.participations.taking_part()
    found = _answers(area)
    chosen = found
    if question:
        chosen = chosen.filter(question=question)
    if leaning:
        chosen = chosen.filter(leaning="" if leaning == NOT_MARKED else leaning)
    listed = Paginator(chosen, PER_PAGE).get_page(page)
    answers = list(listed.object_list)
    return CameIn(
        area,
        members.filter(self_assessment__state__in=SENT).count(),
        members.count(),
        _totals(area, found),
        listed,
        [_said(answer) for answer in answers],
        list({answer.self_assessment_id: answer.self_assessment for answer in answers}.values()),
    )


def _answers(area: PriorityArea) -> QuerySet[WrittenAnswer]:
    members = area.round.participations.taking_part()
    return (
        WrittenAnswer.objects.filter(
            question__in=area.questions.asked(),
            self_assessment__participation__in=members,
            self_assessment__state__in=SENT,
        )
        .exclude(text="")
        .select_related("question__section", "self_assessment__participation__authority")
        .order_by(
            "question__section__position",
            "question__position",
            "self_assessment__participation__authority__name",
            "pk",
        )
    )


def _totals(area: PriorityArea, answers: QuerySet[WrittenAnswer]) -> list[Totals]:
    rows = answers.order_by().values_list("question", "leaning").annotate(number=Count("pk"))
    counts = {(question, leaning): number for question, leaning, number in rows}
    return [
        Totals(
            question,
            counts.get((question.pk, Leaning.STRENGTH), 0),
            counts.get((question.pk, Leaning.CONCERN), 0),
            counts.get((question.pk, ""), 0),
        )
        for question in area.questions.asked().select_related("section")
    ]


def _said(answer: WrittenAnswer) -> Said:
    words = answer.text.split()
    cut = len(words) > EXCERPT
    mine = answer.self_assessment
    return Said(
        mine.participation.authority.name,
        answer.asked or answer.question.text,
        " ".join(words[:EXCERPT]) + " …" if cut else answer.text,
        cut,
        answer.get_leaning_display(),
        reverse("self_assessment_read", args=[mine.pk]),
    )
