"""What a self-assessment says, gathered to be frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from authorities.models import User
from rounds.models import Question, SelfAssessment
from rounds.models.content import AnswerContent, SelfAssessmentContent
from rounds.queries import frozen_content
from tests.world import World


@pytest.fixture
def full(own: SelfAssessment, world: World) -> SelfAssessment:
    """Every question answered; evidence on the first section and its first question; a row of
    progress; the director's name under it."""
    world.answered(own.participation)
    question = Question.objects.filter(section__round=own.participation.round).first()
    about = {"document_date": date(2026, 3, 4), "added_by": world.directors[0]}
    own.evidence.create(
        section=question.section, title="Our plan", link="https://example.org/plan", **about
    )
    own.evidence.create(
        section=question.section,
        question=question,
        title="Audit of March",
        file="x",
        file_name="audit.pdf",
        sha256="0" * 64,
        **about,
    )
    gone = own.evidence.create(
        section=question.section, title="Gone", link="https://example.org/gone", **about
    )
    own.evidence.filter(pk=gone.pk).update(removed_at=timezone.now(), removed_by=world.directors[0])
    own.progress.create(
        position=1, source="Letter of 2025", area_for_consideration="Hear more", progress="We do."
    )
    own.sign_offs.create(role="director", signed_by=world.directors[0])
    return SelfAssessment.objects.with_round().get(pk=own.pk)


def answer_of(content: SelfAssessmentContent, key: str) -> AnswerContent:
    return next(a for s in content.sections for a in s.answers if a.key == key)


def test_it_holds_all_that_was_written(full: SelfAssessment, director: User) -> None:
    content = frozen_content(full, version=1, sent_on=date(2026, 5, 1), sent_by="Ann")
    first = content.sections[0]
    assert (content.area, content.version, content.is_draft) == ("Adoption", 1, False)
    assert [one.title for one in first.evidence] == ["Our plan"]
    assert [one.file_name for one in first.answers[0].evidence] == ["audit.pdf"]
    assert [row.progress for row in content.progress] == ["We do."]
    assert [one.name for one in content.sign_offs] == [director.name]
    written = {answer.question.key: answer.text for answer in full.answers.all()}
    assert {a.key: a.text for s in content.sections for a in s.answers} == written


def test_it_comes_back_from_json_as_it_went(full: SelfAssessment) -> None:
    content = frozen_content(full, version=2, sent_on=date(2026, 5, 1), sent_by="Ann")
    assert SelfAssessmentContent.from_json(content.to_json()) == content


def test_a_question_reads_as_it_does_now_and_as_it_did_when_answered(
    full: SelfAssessment, question: Question
) -> None:
    before = question.text
    Question.objects.filter(pk=question.pk).update(text="Put better")
    answer = answer_of(frozen_content(full), question.key)
    assert (answer.asks, answer.asked) == ("Put better", before)


def test_a_question_taken_out_stays_where_it_was_answered(
    full: SelfAssessment, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(withdrawn_at=timezone.now())
    assert answer_of(frozen_content(full), question.key).withdrawn
    full.answers.filter(question=question).update(text="")
    answers = [a.key for s in frozen_content(full).sections for a in s.answers]
    assert question.key not in answers


def test_measures_and_tables_say_what_they_hold() -> None:
    bare = AnswerContent(question=1, key="k", kind="measure", asks="How many?")
    measure = replace(bare, data={"value": "12", "baseline": "15"}, options={"unit": "days"})
    assert measure.measures == [("Value", "12 days"), ("Baseline", "15 days")]
    table = replace(
        bare,
        kind="table",
        data={"rows": [["a", "b"], ["", ""], ["c"]]},
        options={"columns": ["X", "Y"]},
    )
    assert (table.is_table, table.rows) == (True, [["a", "b"], ["c", ""]])


def test_it_takes_as_many_queries_however_long_it_is(
    full: SelfAssessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        frozen_content(full)
