"""What stands on the pages of a scope: its lines, where they come from, and who has agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from rounds.models import Challenge, EnquiryLine, Limb, Question, Scope, SelfAssessment
from rounds.queries.challenges import Step, deadline_of
from rounds.scheduling import said


@dataclass(frozen=True)
class LimbRow:
    limb: Limb
    first: bool
    last: bool


@dataclass(frozen=True)
class LineRow:
    """`source`: where it comes from, in words; empty for one that was written here."""

    line: EnquiryLine
    source: str
    source_url: str
    limbs: list[LimbRow]
    first: bool
    last: bool


@dataclass(frozen=True)
class Agreement:
    """A side, and when it agreed and by whom; or that it has still to."""

    key: str
    value: str


@dataclass(frozen=True)
class ScopePage:
    """`version` is sent back with an agreement, so that nobody agrees to words they never saw."""

    lines: list[LineRow]
    agreements: list[Agreement]
    version: int
    host_agreed: bool
    lead_agreed: bool
    due: Step | None
    area: str

    @property
    def agreed(self) -> bool:
        return self.host_agreed and self.lead_agreed

    @property
    def any_agreed(self) -> bool:
        return self.host_agreed or self.lead_agreed

    @property
    def late(self) -> bool:
        """Its day has passed, and it is not agreed."""
        day = self.due.day if self.due else None
        return not self.agreed and day is not None and day < timezone.localdate()

    @property
    def takes_area(self) -> bool:
        """The host chose an area, and it is no line yet."""
        return bool(self.area) and not any(row.line.from_area for row in self.lines)


def scope_page(challenge: Challenge, user: User) -> ScopePage:
    """A fixed number of queries, however many lines and limbs there are."""
    scope = Scope.objects.filter(challenge=challenge).select_related(
        "host_agreed_by", "lead_agreed_by"
    )
    found = scope.first() or Scope(challenge=challenge)
    return ScopePage(
        lines_of(challenge, user),
        _agreements(challenge, found),
        found.version,
        found.host_agreed_at is not None,
        found.lead_agreed_at is not None,
        deadline_of(challenge, "scope_agreed"),
        challenge.area_name,
    )


def lines_of(challenge: Challenge, user: User) -> list[LineRow]:
    rows = list(challenge.lines.select_related("question__section").prefetch_related("limbs").all())
    readable = _readable(challenge, user) if any(one.question_id for one in rows) else None
    return [
        LineRow(
            line,
            _source(line),
            _answer_url(readable, line.question),
            [
                LimbRow(limb, place == 0, place == line.limbs.count() - 1)
                for place, limb in enumerate(line.limbs.all())
            ],
            position == 0,
            position == len(rows) - 1,
        )
        for position, line in enumerate(rows)
    ]


def _source(line: EnquiryLine) -> str:
    if line.from_area:
        return "From the area that the host chose."
    if line.question:
        return f"From the self-assessment: {line.question.section.title}."
    return ""


def _readable(challenge: Challenge, user: User) -> SelfAssessment | None:
    readers = SelfAssessment.objects.read_whole_by(user)
    return readers.filter(participation=challenge.host_id).first()


def _answer_url(readable: SelfAssessment | None, question: Question | None) -> str:
    """The section in which it was answered, for those who may read it."""
    if readable is None or question is None:
        return ""
    return reverse("self_assessment_section", args=[readable.pk, question.section.key])


def _agreements(challenge: Challenge, scope: Scope) -> list[Agreement]:
    called = challenge.round.format.label
    sides = (
        (f"{called('host')}: director", scope.host_agreed_at, scope.host_agreed_by),
        (called("lead_reviewer"), scope.lead_agreed_at, scope.lead_agreed_by),
    )
    return [
        Agreement(key, f"Agreed by {by} on {said(timezone.localdate(at))}" if at else "Not yet")
        for key, at, by in sides
    ]


@dataclass(frozen=True)
class QuestionGroup:
    """A section of the self-assessment, and its questions that are no lines yet."""

    title: str
    questions: Sequence[Question]


def questions_to_take(challenge: Challenge) -> list[QuestionGroup]:
    taken = challenge.lines.filter(question__isnull=False).values("question")
    asked = (
        Question.objects.asked()
        .filter(section__round=challenge.round_id)
        .exclude(pk__in=taken)
        .select_related("section")
    )
    groups: dict[str, list[Question]] = {}
    for question in asked:
        groups.setdefault(question.section.title, []).append(question)
    return [QuestionGroup(title, questions) for title, questions in groups.items()]
