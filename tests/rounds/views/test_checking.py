"""The page on which everything is checked before it is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Participation, Question, SelfAssessment
from rounds.states import QuestionKind
from tests.rounds.conftest import words
from tests.world import World

SignedIn = Callable[[User], Client]


def at(name: str, found: SelfAssessment, *more: object) -> str:
    return reverse(name, args=[found.pk, *more])


def test_the_task_list_and_the_check_page_agree_on_what_may_be_left_out(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    own.progress.create(position=1, source="A letter", area_for_consideration="Say more.")
    page = signed_in(director).get(at("self_assessment", own)).context["page"]
    assert "Not yet started" in {task.status for task in page.tasks}
    assert page.send[0].status == "Ready"
    assert page.next_url == at("self_assessment_check", own)
    check = signed_in(director).get(at("self_assessment_check", own))
    assert check.context["page"].gaps == []
    assert "Send to the board" in words(check)


def test_the_check_page_shows_each_kind_of_answer_and_a_long_one_by_its_beginning(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    first, second = Question.objects.filter(section__key="context")
    Question.objects.filter(pk=first.pk).update(
        kind=QuestionKind.TABLE, options={"columns": ["Team", "Posts"]}
    )
    own.answers.create(
        question=first, text="Duty 14", data={"rows": [["Duty", "14"]]}, saved_by=director
    )
    actions.save_answer(own, second, "word " * 60 + "tokend", version=0, by=director)
    page = words(signed_in(director).get(at("self_assessment_check", own)))
    assert '<th scope="col" class="govuk-table__header">Posts</th>' in page
    assert '<td class="govuk-table__cell app-text">14</td>' in page
    assert "word word…" in page
    assert "tokend" not in page
