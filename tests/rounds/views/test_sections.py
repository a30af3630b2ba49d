"""A whole section on one page: each box saves itself, one button saves all, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Participation, ProgressSince, Question, SelfAssessment
from rounds.states import GivenState
from tests.rounds.conftest import at, boxed, text_of, words
from tests.world import World

SignedIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def whole(own: SelfAssessment) -> str:
    """The address of the first section, which has two questions."""
    return section(own, "context")


def section(own: SelfAssessment, key: str) -> str:
    return reverse("self_assessment_section", args=[own.pk, key])


def first(own: SelfAssessment, **fields: Any) -> dict[str, object]:
    return boxed(at(own, "context", 1), **fields)


def second(own: SelfAssessment, **fields: Any) -> dict[str, object]:
    return boxed(at(own, "context", 2), **fields)


def test_a_section_shows_all_its_questions_and_the_way_to_one_a_page_and_back(
    own: SelfAssessment, whole: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    drawn = words(client.get(whole))
    questions = Question.objects.filter(section__key="context")
    assert [question.text in drawn for question in questions] == [True, True]
    assert drawn.count('role="status"') == 2
    assert f'href="{at(own, "context", 1)}">Answer one question a page instead' in drawn
    assert f'href="{whole}">All 2 questions of this section' in words(
        client.get(at(own, "context", 1))
    )


def test_one_button_saves_all_and_leads_to_the_next_section(
    own: SelfAssessment, whole: str, director: User, signed_in: SignedIn
) -> None:
    fields = first(own, text="One.", version=0) | second(own, text="Two.", version=0)
    client = signed_in(director)
    assert client.post(whole, fields).url == section(own, "leadership")
    assert text_of(own) == ["One.", "Two."]
    later = client.post(whole, {**fields, "later": "1"})
    assert later.url == reverse("self_assessment", args=[own.pk])


def test_a_box_that_saves_itself_sends_its_own_fields_and_gets_its_own_line(
    own: SelfAssessment, whole: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    line = words(client.post(whole, second(own, text="One two.", version=0), **HTMX))
    assert line.startswith("Saved at ")
    assert "2 of 300 words." in line
    name = next(iter(second(own, version=0)))
    assert f'name="{name}"' in line
    assert text_of(own) == ["One two."]


def test_a_clash_in_one_box_keeps_the_others_and_shows_both_texts(
    own: SelfAssessment,
    whole: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    client = signed_in(director)
    fields = first(own, text="Mine.", version=0) | second(own, text="Two.", version=0)
    drawn = client.post(whole, fields)
    assert drawn.status_code == 409
    shown = words(drawn)
    assert "1 answer is saved. 1 is not yet:" in shown
    assert "Keziah Brandt saved this meanwhile:" in shown
    assert "Theirs." in shown
    assert "Mine.</textarea>" in shown
    assert text_of(own) == ["Theirs.", "Two."]
    mine = first(own, text="Mine and theirs.", version=1, theirs="K", keep="mine")
    assert client.post(whole, mine | second(own, text="Two.", version=1)).status_code == 302
    assert text_of(own) == ["Mine and theirs.", "Two."]


def test_a_clash_is_said_beside_its_box_and_changes_nothing(
    own: SelfAssessment,
    whole: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    answer = signed_in(director).post(whole, first(own, text="Mine.", version=0), **HTMX)
    assert answer.status_code == 409
    assert words(answer).startswith("Not saved. Keziah Brandt saved another text here at ")
    assert text_of(own) == ["Theirs."]


def test_sent_meanwhile_every_text_stays_in_the_page(
    world: World, part: Participation, colleague: User, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    fields = first(own, text="First words.", version=1) | second(own, text="More.", version=1)
    drawn = signed_in(colleague).post(section(own, "context"), fields)
    assert drawn.status_code == 403
    shown = words(drawn)
    assert ["First words." in shown, "More." in shown] == [True, True]
    assert "has been sent" in shown


def test_what_is_not_on_the_page_is_left_alone(
    own: SelfAssessment, whole: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    assert client.post(whole, {}).status_code == 200
    assert client.post(whole, {"q99999-text": "x", "q99999-version": "0"}).status_code == 200
    gone = client.post(whole, {"q99999-text": "x", "q99999-version": "0"}, **HTMX)
    assert gone.status_code == 422
    assert "this question is no longer asked" in words(gone)
    assert text_of(own) == []


def test_odd_input_in_one_box_is_said_there_and_the_others_are_kept(
    own: SelfAssessment, whole: str, director: User, signed_in: SignedIn
) -> None:
    fields = first(own, text="a\x00b", version=0) | second(own, text="Two.", version="0")
    drawn = signed_in(director).post(whole, fields)
    assert drawn.status_code == 422
    assert "Remove the characters that cannot be kept" in words(drawn)
    assert "ab</textarea>" in words(drawn)
    assert text_of(own) == ["Two."]


def test_a_section_that_is_not_there_and_a_stranger_get_404(
    world: World, own: SelfAssessment, whole: str, director: User, signed_in: SignedIn
) -> None:
    assert signed_in(director).get(section(own, "nothing")).status_code == 404
    for user in (world.directors[1], world.officer):
        assert signed_in(user).get(whole).status_code == 404
        assert signed_in(user).post(whole, first(own, text="x", version=0)).status_code == 404


def test_whoever_only_reads_it_saves_nothing_even_unchanged(
    world: World, part: Participation, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    text = own.answers.get(question__section__key="context", question__position=1).text
    reader = signed_in(world.person(Role.LEAD_MEMBER))
    fields = first(own, text=text, version=1)
    for address in (section(own, "context"), at(own, "context", 1)):
        assert reader.post(address, fields).status_code == 403


@pytest.mark.parametrize("questions", [1, 3])
def test_a_section_costs_the_same_queries_however_many_questions_it_has(
    own: SelfAssessment,
    director: User,
    signed_in: SignedIn,
    questions: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    asked = Question.objects.filter(section__key="early_help")
    asked.filter(position__gt=questions).update(withdrawn_at="2026-01-01T00:00:00Z")
    client = signed_in(director)
    client.get(section(own, "early_help"))
    with django_assert_num_queries(SECTION_QUERIES):
        client.get(section(own, "early_help"))


SECTION_QUERIES = 12


# --- A colleague who was given the section ---------------------------------------------------


@pytest.fixture
def holder(world: World, own: SelfAssessment, question: Question) -> User:
    user = world.person(Role.COLLEAGUE, world.authorities[0], name="Ottilie Marsh")
    own.given.create(section=question.section, user=user, given_by=world.directors[0])
    return user


def test_a_colleague_writes_in_their_section_and_reaches_no_other(
    own: SelfAssessment, whole: str, holder: User, signed_in: SignedIn
) -> None:
    client = signed_in(holder)
    last = at(own, "context", 2)
    drawn = words(client.get(last))
    assert "Previous question" in drawn
    done = client.post(last, boxed(last, text="Written.", version=0))
    assert done.url == reverse("self_assessment", args=[own.pk])
    assert client.get(whole).status_code == 200
    assert client.post(whole, first(own, text="One.", version=0)).url == done.url
    assert text_of(own) == ["One.", "Written."]
    for other in (at(own, "leadership", 1), section(own, "leadership")):
        assert client.get(other).status_code == 404
    other = at(own, "leadership", 1)
    assert client.post(other, boxed(other, text="x", version=0)).status_code == 404


def test_once_a_colleague_has_said_that_it_is_ready_they_read_it_on_their_own_page(
    own: SelfAssessment, whole: str, holder: User, signed_in: SignedIn
) -> None:
    own.given.update(state=GivenState.READY)
    client = signed_in(holder)
    assert client.get(whole).url == reverse("self_assessment", args=[own.pk])
    refused = client.post(whole, first(own, text="Late words.", version=0))
    assert refused.status_code == 403
    assert "Late words." in words(refused)
    assert text_of(own) == []


# --- What came of the last letter ------------------------------------------------------------


@pytest.fixture
def row(own: SelfAssessment) -> ProgressSince:
    return own.progress.create(
        position=1,
        source="The letter of 2024",
        area_for_consideration="Fewer moves between homes.",
        plan_state="In progress",
    )


def progress(own: SelfAssessment) -> str:
    return reverse("self_assessment_progress", args=[own.pk])


def test_each_area_of_the_last_letter_is_shown_with_a_box_that_saves_itself(
    own: SelfAssessment, row: ProgressSince, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    drawn = words(client.get(progress(own)))
    assert "Fewer moves between homes." in drawn
    assert "The letter of 2024. Action plan: In progress." in drawn
    fields = {f"p{row.pk}-text": "Moves fell.", f"p{row.pk}-version": 0}
    line = words(client.post(progress(own), fields, **HTMX))
    assert line.startswith("Saved at ")
    assert "2 words." in line
    row.refresh_from_db()
    assert (row.progress, row.version, row.saved_by) == ("Moves fell.", 1, director)
    tasks = words(client.get(reverse("self_assessment", args=[own.pk])))
    assert "1 of 1 area for consideration answered." in tasks


def test_two_people_in_one_row_both_texts_are_shown(
    own: SelfAssessment, row: ProgressSince, director: User, colleague: User, signed_in: SignedIn
) -> None:
    actions.save_progress(row, "Theirs.", version=0, by=colleague)
    client = signed_in(director)
    fields = {f"p{row.pk}-text": "Mine.", f"p{row.pk}-version": 0}
    drawn = client.post(progress(own), fields)
    assert drawn.status_code == 409
    assert ["Theirs." in words(drawn), "Mine.</textarea>" in words(drawn)] == [True, True]
    chosen = {f"p{row.pk}-version": 1, f"p{row.pk}-theirs": "K", f"p{row.pk}-keep": "mine"}
    assert client.post(progress(own), fields | chosen).status_code == 302
    row.refresh_from_db()
    assert row.progress == "Mine."


def test_without_a_last_letter_there_is_no_such_page(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    assert signed_in(director).get(progress(own)).status_code == 404
