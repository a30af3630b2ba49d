"""What an answer is marked with: whose it is, what it shows, where it comes from, what it risks."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import PriorityArea, Question, SelfAssessment, WrittenAnswer
from rounds.queries.writing import chapters_of
from rounds.states import AnsweredBy
from tests.rounds.conftest import at, boxed, text_of, words
from tests.world import World

SignedIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def answer_of(own: SelfAssessment) -> WrittenAnswer:
    return own.answers.get()


# --- Who answers, what it shows, what it was asked -------------------------------------------


def test_what_only_the_director_answers_others_read_there(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    Question.objects.filter(pk=question.pk).update(answered_by=AnsweredBy.DIRECTOR)
    actions.save_answer(own, question, "As the director sees it.", version=0, by=director)
    page = words(signed_in(colleague).get(here))
    assert "Only the director of children’s services answers this question." in page
    assert "As the director sees it." in page
    assert "<form method" not in page.split("<main", 1)[1]
    answer = signed_in(colleague).post(here, boxed(here, text="Mine.", version=1))
    assert answer.status_code == 403
    assert text_of(own) == ["As the director sees it."]


def test_what_an_answer_shows_is_asked_only_where_it_speaks_to_an_area(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    assert "What does this show?" not in words(client.get(here))
    question.areas.add(PriorityArea.objects.get(name="Adoption"))
    page = words(client.get(here))
    assert "What does this show?" in page
    assert "It speaks to: Adoption." in page
    client.post(here, boxed(here, text="Slow.", leaning="concern", version=0))
    assert (answer_of(own).text, answer_of(own).leaning) == ("Slow.", "concern")
    client.post(here, boxed(here, text="Slow.", leaning="", version=1))
    assert answer_of(own).leaning == ""


def test_a_question_put_in_other_words_says_how_it_read_when_it_was_answered(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    asked = question.text
    actions.save_answer(own, question, "Words.", version=0, by=director)
    Question.objects.filter(pk=question.pk).update(text="Put otherwise?")
    page = words(signed_in(director).get(here))
    assert f"When this was answered, the question read: “{asked}”" in page


def test_a_page_drawn_before_a_question_was_taken_out_saves_in_no_other_question(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    second = at(own, "context", 2)
    mine = boxed(second, text="About the second.", version=0)
    stale = boxed(here, text="About the first.", version=0)
    Question.objects.filter(pk=question.pk).update(withdrawn_at="2026-01-01T00:00:00Z")
    client = signed_in(director)
    assert client.post(second, mine).status_code == 302
    assert answer_of(own).question.key == "context_since"
    gone = client.post(here, stale)
    assert gone.status_code == 403
    assert "The board has taken this question out of the round." in words(gone)
    assert "About the first." in words(gone)
    assert text_of(own) == ["About the second."]


# --- Carried forward -------------------------------------------------------------------------


def carried(own: SelfAssessment, question: Question, by: User, world: World) -> WrittenAnswer:
    before = world.opened().participations.get(authority=own.participation.authority)
    ancestor = Question.objects.get(section__round=before.round, key=question.key)
    old = actions.save_answer(before.self_assessment, ancestor, "As ever.", version=0, by=by)
    return own.answers.create(question=question, text="As ever.", saved_by=by, carried_from=old)


def test_what_came_from_last_year_is_marked_until_somebody_saves_it_even_unchanged(
    world: World,
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    signed_in: SignedIn,
) -> None:
    carried(own, question, director, world)
    client = signed_in(director)
    assert "From last year, not yet reviewed" in words(client.get(here))
    tasks = words(client.get(reverse("self_assessment", args=[own.pk])))
    assert "1 of 2 questions answered, 1 from last year, not yet reviewed." in tasks
    assert client.post(here, boxed(here, text="As ever.", version=1)).status_code == 302
    answer = own.answers.get()
    assert answer.reviewed_at is not None
    assert answer.version == 1
    assert "From last year" not in words(client.get(here))


def test_changing_what_came_from_last_year_reviews_it(
    world: World, own: SelfAssessment, question: Question, director: User
) -> None:
    carried(own, question, director, world)
    answer = actions.save_answer(own, question, "Better.", version=1, by=director)
    assert not answer.to_review
    assert answer.version == 2


def test_a_section_that_is_all_from_last_year_waits_to_be_reviewed(
    world: World, own: SelfAssessment, director: User
) -> None:
    first, second = Question.objects.filter(section__key="context")
    actions.save_answer(own, second, "New.", version=0, by=director)
    carried(own, first, director, world)
    chapter = chapters_of(own)[0]
    assert chapter.state == "To review"
    assert chapter.go_on.question == first


# --- A child's details -----------------------------------------------------------------------


def test_what_may_identify_a_child_is_said_quietly_and_saved_all_the_same(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    text = "The number was 943 476 5919."
    line = words(client.post(here, boxed(here, text=text, version=0), **HTMX))
    assert line.startswith("Saved at ")
    assert "This may identify a child: “943 476 5919” looks like" in line
    assert "You will be asked about it before it is sent." in line
    assert text_of(own) == [text]
    assert "This may identify a child" in words(client.get(here))
