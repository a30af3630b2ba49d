"""The officer's pages of what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Asked, Question, RegionPreset, Round, SelfAssessment
from rounds.states import RoundState
from tests.rounds.conftest import at
from tests.world import World

Browser = Callable[[User], Client]
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUESTION = {
    "text": "Where are you?",
    "guidance": "Say where.",
    "kind": "long_text",
    "required": "on",
    "answered_by": "anybody",
    "word_limit": "300",
}


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def draft(world: World) -> Round:
    return world.drafted()


def test_an_officer_sees_what_is_asked_and_what_can_be_done(
    world: World, signed_in: Browser, draft: Round
) -> None:
    client = signed_in(world.officer)
    page = text(client.get(url("round_questionnaire", draft.pk)))
    assert page.count("Change<span") == 22
    assert page.count('form="moves"') == 2 * (22 + 10) - 2 * 10 - 2
    actions.invite_authorities(draft, by=world.officer)
    page = text(client.get(url("round_questionnaire", draft.pk)))
    assert (page.count("Correct<span"), page.count('form="moves"')) == (22, 0)
    Round.objects.update(state=RoundState.CLOSED)
    page = text(client.get(url("round_questionnaire", draft.pk)))
    assert "Nobody writes in this round any more" in page
    assert "Correct<span" not in page


def test_the_pages_ask_as_often_for_one_question_as_for_three(
    world: World, signed_in: Browser, draft: Round, django_assert_num_queries: Any
) -> None:
    client = signed_in(world.officer)
    section = draft.sections.first()
    draft.sections.exclude(pk=section.pk).delete()
    section.questions.last().delete()
    pages = [url(f"{name}", draft.pk) for name in ("round_questionnaire", "questionnaire_preview")]
    for number in (1, 3):
        while section.questions.count() < number:
            actions.add_question(section, Asked("More?"), by=world.officer)
        for page, queries in zip(pages, (7, 7), strict=True):
            with django_assert_num_queries(queries):
                client.get(page)


def test_sections_and_questions_are_added_renamed_moved_and_removed(
    world: World, signed_in: Browser, draft: Round
) -> None:
    client = signed_in(world.officer)
    answer = client.post(url("section_add", draft.pk), {"title": "Last of all"})
    section = draft.sections.last()
    assert answer.url == url("question_add", draft.pk, section.pk)
    answer = client.post(answer.url, QUESTION)
    question = section.questions.get()
    assert answer.url.endswith(f"#question-{question.pk}")
    client.post(url("section_change", draft.pk, section.pk), {"title": "First of all"})
    assert draft.sections.last().title == "Last of all"
    form = client.get(url("section_change", draft.pk, section.pk)).context["form"]
    given = {"title": "First of all", "version": form.initial["version"]}
    client.post(url("section_change", draft.pk, section.pk), given)
    assert draft.sections.last().title == "First of all"
    client.post(url("questionnaire_move", draft.pk), {"section_up": section.pk})
    assert list(draft.sections.all())[-2] == section
    client.post(url("questionnaire_move", draft.pk), {"question_down": question.pk})
    assert "Where are you?" in text(client.get(url("section_remove", draft.pk, section.pk)))
    client.post(url("section_remove", draft.pk, section.pk))
    again = client.post(url("section_remove", draft.pk, section.pk), follow=True)
    assert "has been removed already" in text(again)
    assert draft.sections.count() == 10


@pytest.mark.parametrize("name", ["question_change", "question_remove"])
def test_a_question_of_another_round_is_not_found(
    world: World, signed_in: Browser, draft: Round, name: str
) -> None:
    other = World().drafted().sections.first().questions.first()
    client = signed_in(world.officer)
    assert client.get(url(name, draft.pk, other.pk)).status_code in {302, 404}
    assert client.post(url(name, draft.pk, other.pk), QUESTION).status_code in {302, 404}
    other.refresh_from_db()
    assert other.text != QUESTION["text"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"text": ""}, "Enter the question"),
        ({"kind": "essay"}, "Select one of the choices shown"),
        ({"kind": "choice", "choices": "One"}, "Enter at least 2 choices, one on each line"),
        ({"kind": "choice", "choices": "One\none"}, "Enter each choice once"),
        ({"kind": "choice", "choices": "\n".join("abcdefghijklm")}, "Enter at most 12 choices"),
        ({"kind": "table", "rows": "3"}, "Enter at least one column, one on each line"),
        ({"kind": "table", "columns": "One"}, "Enter how many rows a table may have at most"),
        ({"word_limit": "99999"}, "Most words must be 5,000 or less"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    world: World, signed_in: Browser, draft: Round, given: dict[str, str], message: str
) -> None:
    section = draft.sections.first()
    answer = signed_in(world.officer).post(
        url("question_add", draft.pk, section.pk), {**QUESTION, **given}
    )
    assert message in text(answer)
    assert section.questions.count() == 2


def test_in_a_draft_a_question_is_changed_at_once(
    world: World, signed_in: Browser, draft: Round
) -> None:
    client = signed_in(world.officer)
    question = draft.sections.first().questions.first()
    page = url("question_change", draft.pk, question.pk)
    seen = client.get(page).context["form"].initial["version"]
    kind = {"kind": "choice", "choices": "One\nTwo", "word_limit": ""}
    client.post(page, {**QUESTION, **kind, "version": seen})
    question.refresh_from_db()
    assert (question.text, question.options) == ("Where are you?", {"choices": ["One", "Two"]})
    stale = client.post(page, {**QUESTION, "text": "And you?", "version": seen})
    assert "What is saved now" in text(stale)
    mine = stale.context["form"]
    client.post(page, {**QUESTION, "text": "And you?", "version": mine.data["version"]})
    question.refresh_from_db()
    assert question.text == "And you?"


def test_in_an_open_round_the_difference_comes_first(
    world: World, signed_in: Browser, question: Question
) -> None:
    client, round = signed_in(world.officer), question.section.round
    before = question.text
    given = {**QUESTION, "version": question.asks.version}
    page = text(client.post(url("question_change", round.pk, question.pk), given))
    assert "<del>" in page
    assert "Where are you?</ins>" in page or "you?</ins>" in page
    question.refresh_from_db()
    assert question.text == before
    correct = url("question_correct", round.pk, question.pk)
    assert "Select where the correction counts" in text(client.post(correct, given))
    answer = client.post(correct, {**given, "applies_to": "both"}, follow=True)
    assert "corrected in this round and in the region’s preset" in text(answer)
    question.refresh_from_db()
    assert question.text == "Where are you?"
    assert RegionPreset.objects.get().version == 1


def test_a_correction_that_cannot_be_is_refused_before_it_is_made(
    world: World, signed_in: Browser, own: SelfAssessment, question: Question
) -> None:
    actions.save_answer(own, question, "By the sea.", version=0, by=world.directors[0])
    round = question.section.round
    given = {**QUESTION, "kind": "short_text", "version": question.asks.version}
    client = signed_in(world.officer)
    page = text(client.post(url("question_change", round.pk, question.pk), given))
    assert "its kind stays as it is" in page
    correct = url("question_correct", round.pk, question.pk)
    page = text(client.post(correct, {**given, "applies_to": "round"}))
    assert "its kind stays as it is" in page


def test_a_question_is_taken_out_and_asked_again(
    world: World, signed_in: Browser, question: Question
) -> None:
    client, round = signed_in(world.officer), question.section.round
    page = url("question_remove", round.pk, question.pk)
    assert "Nobody has answered it yet" in text(client.get(page))
    client.post(page)
    assert "has been taken out already" in text(client.post(page, follow=True))
    listed = text(client.get(url("round_questionnaire", round.pk)))
    assert "Ask it again" in listed
    again = client.post(url("question_restore", round.pk, question.pk), follow=True)
    assert "The question is asked again" in text(again)


def test_no_script_of_an_officer_runs_anywhere(
    world: World, signed_in: Browser, own: SelfAssessment, question: Question
) -> None:
    round, section = question.section.round, question.section
    client, director = signed_in(world.officer), signed_in(world.directors[0])
    Round.objects.update(state=RoundState.DRAFT)
    for kind in ("long_text", "short_text", "choice", "measure", "table", "file"):
        given = {
            "text": SCRIPT,
            "guidance": SCRIPT,
            "kind": kind,
            "answered_by": "anybody",
            "choices": f"{SCRIPT}\nother",
            "unit": SCRIPT[:30],
            "columns": SCRIPT,
            "rows": "3",
        }
        assert client.post(url("question_add", round.pk, section.pk), given).status_code == 302
    client.post(url("section_add", round.pk), {"title": SCRIPT})
    introduction = client.get(url("questionnaire_introduction", round.pk)).context["form"]
    given = {"text": SCRIPT, "version": introduction.initial["version"]}
    client.post(url("questionnaire_introduction", round.pk), given)
    client.post(url("area_add", round.pk), {"name": SCRIPT, "evidence": SCRIPT * 9})
    Round.objects.update(state=RoundState.OPEN)
    last = section.questions.first()
    changed = client.post(
        url("question_change", round.pk, last.pk),
        {**QUESTION, "text": SCRIPT, "version": last.asks.version},
    )
    client.post(url("questionnaire_keep", round.pk))
    pages = [
        changed,
        *(client.get(url(name, round.pk)) for name in ("round_questionnaire", "round_areas")),
        client.get(url("questionnaire_preview", round.pk)),
        client.get(url("preset", world.region.pk, "paired_visits")),
        director.get(url("self_assessment", own.pk)),
        director.get(url("self_assessment_area", own.pk)),
        *(director.get(at(own, section.key, place)) for place in range(1, 9)),
    ]
    assert [answer.status_code for answer in pages] == [200] * len(pages)
    assert [place for place, page in enumerate(pages) if "alert(1)" not in text(page)] == [7, 8]
    assert [text(page).count("<script>") + text(page).count("<img src=x") for page in pages] == [
        0
    ] * len(pages)
