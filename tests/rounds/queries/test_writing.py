"""How far an authority has come with its questionnaire."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from authorities.models import User
from rounds import actions
from rounds.models import Participation, Question, SelfAssessment
from rounds.queries.gaps import gaps_in, missing_from
from rounds.queries.writing import Chapter, chapters_of, said_when
from tests.world import World


def at(days_ago: int) -> datetime:
    now = timezone.localtime().replace(hour=10, minute=42)
    return now - timedelta(days=days_ago)


def test_a_moment_is_said_as_people_say_it() -> None:
    assert said_when(at(0)) == "at 10:42 today"
    assert said_when(at(1)) == "at 10:42 yesterday"
    long_ago = at(40)
    assert said_when(long_ago) == f"at 10:42 on {long_ago.day} {long_ago:%B %Y}"


def test_sections_and_questions_come_in_the_questionnaires_order(own: SelfAssessment) -> None:
    chapters = chapters_of(own)
    assert [chapter.section.position for chapter in chapters] == list(range(1, 11))
    asked = [entry.question for chapter in chapters for entry in chapter.entries]
    assert asked == list(Question.objects.order_by("section__position", "position"))
    assert [entry.place for entry in chapters[2].entries] == [1, 2, 3]


def section(own: SelfAssessment, key: str) -> Chapter:
    return next(chapter for chapter in chapters_of(own) if chapter.section.key == key)


def write(own: SelfAssessment, key: str, text: str, by: User) -> None:
    question = Question.objects.get(key=key)
    answer = own.answers.filter(question=question).first()
    actions.save_answer(own, question, text, version=answer.version if answer else 0, by=by)


def test_a_section_is_completed_when_whatever_is_required_is_answered(
    own: SelfAssessment, director: User
) -> None:
    assert section(own, "leadership").state == "Not yet started"
    write(own, "leadership_resources", "Money.", director)  # may be left out
    assert section(own, "leadership").state == "In progress"
    write(own, "leadership_direction", "Priorities.", director)
    assert section(own, "leadership").state == "Completed"
    write(own, "leadership_resources", "", director)
    assert section(own, "leadership").state == "Completed"
    write(own, "leadership_direction", "", director)
    assert section(own, "leadership").state == "Not yet started"


def test_writing_goes_on_where_something_is_missing(own: SelfAssessment, director: User) -> None:
    assert section(own, "early_help").go_on.place == 1
    write(own, "early_help_quality", "Known.", director)
    assert section(own, "early_help").go_on.place == 2
    for key in ("early_help_thresholds", "early_help_next"):
        write(own, key, "Known.", director)
    assert section(own, "early_help").go_on.place == 1


@pytest.mark.parametrize(("beyond", "said"), [(1, "1 word"), (2, "2 words")])
def test_a_text_that_is_too_long_is_a_gap_that_says_by_how_much(
    world: World, part: Participation, beyond: int, said: str
) -> None:
    own = world.answered(part)
    assert missing_from(own) == []
    question = Question.objects.get(key="care_next")
    text = "word " * (question.word_limit + beyond)
    write(own, "care_next", text, world.directors[0])
    (gap,) = gaps_in(own, chapters_of(own))
    where = f"“{question.text}” in {question.section.title}"
    assert gap.text == f"shorten {where} by {said}"
    assert gap.url == f"/self-assessment/{own.pk}/care/3"


def test_six_queries_read_it_whole(
    world: World, part: Participation, django_assert_num_queries: object
) -> None:
    own = SelfAssessment.objects.with_round().get(pk=world.answered(part).pk)
    with django_assert_num_queries(6):
        hints = [chapter.hint for chapter in chapters_of(own)]
    assert hints[0].startswith("2 of 2 questions answered. Last saved at ")
