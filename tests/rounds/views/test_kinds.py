"""Every kind of question: asked, saved, said in words, and shown again as it was entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Question, SelfAssessment, WrittenAnswer
from rounds.queries.writing import chapters_of
from rounds.states import QuestionKind
from tests.rounds.conftest import at, boxed, text_of, words

SignedIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}
TABLE = {"columns": ["Aim", "By when"], "rows": 8}


def ask(question: Question, kind: QuestionKind, **options: Any) -> Question:
    """The first question, put in another kind."""
    question.kind, question.options = kind, options
    question.save()
    return question


def answer_of(own: SelfAssessment) -> WrittenAnswer:
    return own.answers.get()


def test_a_short_text_is_one_line_without_a_count(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.SHORT_TEXT)
    client = signed_in(director)
    page = words(client.get(here))
    assert "<textarea" not in page
    assert "of 350 words" not in page
    line = words(client.post(here, boxed(here, text="Two towns.", version=0), **HTMX))
    assert line.startswith("Saved at ")
    assert text_of(own) == ["Two towns."]


def test_a_choice_is_kept_as_its_words_and_another_is_refused(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.CHOICE, choices=["Yes", "In part", "No"])
    client = signed_in(director)
    assert words(client.get(here)).count('type="radio"') == 3
    assert client.post(here, boxed(here, text="In part", version=0)).status_code == 302
    assert text_of(own) == ["In part"]
    refused = client.post(here, boxed(here, text="Perhaps", version=1))
    assert refused.status_code == 422
    assert "Select one of the choices shown" in words(refused)
    assert text_of(own) == ["In part"]


def test_a_choice_that_is_no_longer_offered_stays_until_another_is_made(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.CHOICE, choices=["Yes", "No"])
    actions.save_answer(own, question, "Yes", version=0, by=director)
    ask(question, QuestionKind.CHOICE, choices=["Always", "Never"])
    page = words(signed_in(director).get(here))
    assert "Yes (no longer offered)" in page
    assert page.count("checked") == 1


def test_a_measure_is_two_numbers_that_its_text_says_in_words(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.MEASURE, unit="per 10,000")
    client = signed_in(director)
    fields = boxed(here, value="1,250.5", baseline="1,300", version=0)
    assert client.post(here, fields).status_code == 302
    answer = answer_of(own)
    assert answer.text == "Value: 1,250.5 per 10,000; Baseline: 1,300 per 10,000"
    assert answer.data == {"value": "1,250.5", "baseline": "1,300"}
    page = words(client.get(here))
    assert 'value="1,250.5"' in page
    assert 'value="1,300"' in page


@pytest.mark.parametrize("typed", ["twelve", "1.2.3", "NaN", "Infinity", "1e999999999", "--3"])
def test_what_is_no_number_is_said_and_stays_in_the_page(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    signed_in: SignedIn,
    typed: str,
) -> None:
    ask(question, QuestionKind.MEASURE, unit="%")
    client = signed_in(director)
    page = client.post(here, boxed(here, value=typed, baseline="3", version=0))
    assert page.status_code == 422
    assert "Value must be a number, like 12 or 3.5" in words(page)
    assert f'value="{typed}"' in words(page)
    assert text_of(own) == []


def test_a_baseline_alone_is_kept_but_is_no_answer_yet(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.MEASURE, unit="%")
    signed_in(director).post(here, boxed(here, value="", baseline="3", version=0))
    assert text_of(own) == ["Baseline: 3 %"]
    entry = chapters_of(own)[0].entries[0]
    assert entry.unfinished
    assert entry.to_do.startswith("enter the value of “")


def cells(here: str, *rows: tuple[str, str], version: int) -> dict[str, object]:
    named = {
        f"cell_{row}_{place}": cell
        for row, both in enumerate(rows)
        for place, cell in enumerate(both)
    }
    return boxed(here, version=version, **named)


def test_a_table_keeps_its_filled_rows_and_always_offers_three_more(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.TABLE, **TABLE)
    client = signed_in(director)
    assert words(client.get(here)).count("<textarea") == 6
    rows = cells(here, ("Fewer moves", "May"), ("", ""), ("Quicker plans", ""), version=0)
    more = client.post(here, {**rows, "more": f"q{question.pk}"})
    assert more.url == here
    answer = answer_of(own)
    assert answer.data == {"rows": [["Fewer moves", "May"], ["Quicker plans", ""]]}
    assert answer.text == "Aim: Fewer moves; By when: May\nAim: Quicker plans"
    page = words(client.get(here))
    assert page.count("<textarea") == 10
    assert "Quicker plans</textarea>" in page


def test_a_table_grows_to_its_most_rows_and_no_further(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.TABLE, **TABLE)
    client = signed_in(director)
    rows = [(f"Aim {number}", "") for number in range(12)]
    client.post(here, cells(here, *rows, version=0))
    assert len(answer_of(own).data["rows"]) == 8
    page = words(client.get(here))
    assert page.count("<textarea") == 16
    assert "Save and add rows" not in page


def test_a_file_is_answered_by_what_is_attached_to_the_question(
    own: SelfAssessment, here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    ask(question, QuestionKind.FILE)
    client = signed_in(director)
    assert "No document attached yet." in words(client.get(here))
    assert chapters_of(own)[0].entries[0].to_do.startswith("attach a document to “")
    own.evidence.create(
        section=question.section,
        question=question,
        title="Annual report",
        document_date=date(2025, 4, 1),
        link="https://example.org/report",
        added_by=director,
    )
    assert "Annual report, 1 April 2025" in words(client.get(here))
    assert not chapters_of(own)[0].entries[0].unfinished
    assert client.post(here, boxed(here, version=0)).url == at(own, "context", 2)


@pytest.mark.parametrize("kind", list(QuestionKind))
@pytest.mark.parametrize("address", ["self_assessment_question", "self_assessment_section"])
def test_every_kind_has_one_heading_and_a_page_of_its_section(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    signed_in: SignedIn,
    kind: QuestionKind,
    address: str,
) -> None:
    ask(question, kind, choices=["A", "B"], columns=["One"], unit="%")
    place = [own.pk, "context", 1] if address.endswith("question") else [own.pk, "context"]
    page = words(signed_in(director).get(reverse(address, args=place)))
    assert page.count("<h1") == 1
    assert question.text in page


# --- Two people in one answer, whatever its kind ---------------------------------------------


def test_two_measures_for_one_answer_are_both_shown_and_a_person_chooses(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    ask(question, QuestionKind.MEASURE, unit="%")
    theirs = {"value": "8", "baseline": ""}
    actions.save_answer(own, question, "Value: 8 %", data=theirs, version=0, by=colleague)
    client = signed_in(director)
    page = client.post(here, boxed(here, value="9", baseline="", version=0))
    assert page.status_code == 409
    assert "Keziah Brandt saved this meanwhile:" in words(page)
    assert "Value: 8 %" in words(page)
    assert 'value="9"' in words(page)
    assert answer_of(own).data == theirs
    again = boxed(here, value="9", baseline="", version=1, theirs="Keziah Brandt’s text")
    undecided = client.post(here, again)
    assert undecided.status_code == 422
    assert "Select which of the two to keep" in words(undecided)
    assert answer_of(own).data == theirs
    assert client.post(here, again | boxed(here, keep="theirs")).status_code == 302
    assert answer_of(own).data == theirs
    assert client.post(here, again | boxed(here, keep="mine")).status_code == 302
    assert answer_of(own).data == {"value": "9", "baseline": ""}


def test_keeping_theirs_when_they_have_saved_once_more_shows_the_newest(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    ask(question, QuestionKind.SHORT_TEXT)
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    actions.save_answer(own, question, "Theirs, newer.", version=1, by=colleague)
    chosen = boxed(here, text="Mine.", version=1, theirs="Keziah Brandt’s text", keep="theirs")
    page = signed_in(director).post(here, chosen)
    assert page.status_code == 409
    assert "Theirs, newer." in words(page)
    assert 'value="Mine."' in words(page)


# --- Read ------------------------------------------------------------------------------------


def test_a_reader_sees_each_kind_as_it_was_meant(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    table, measure = Question.objects.filter(section__key="context")
    ask(table, QuestionKind.TABLE, **TABLE)
    ask(measure, QuestionKind.MEASURE, unit="per 10,000")
    rows = {"rows": [["Fewer moves", "May"], ["Quicker plans", ""]]}
    actions.save_answer(own, table, "Aim: Fewer moves", data=rows, version=0, by=director)
    value = {"value": "52", "baseline": "49"}
    actions.save_answer(own, measure, "Value: 52", data=value, version=0, by=director)
    page = words(signed_in(director).get(reverse("self_assessment_read", args=[own.pk])))
    assert '<th scope="col" class="govuk-table__header">By when</th>' in page
    assert '<td class="govuk-table__cell app-text">Quicker plans</td>' in page
    assert "52 per 10,000" in page
    assert "49 per 10,000" in page


def test_a_reader_sees_what_was_answered_before_its_question_was_taken_out(
    own: SelfAssessment, question: Question, director: User, signed_in: SignedIn
) -> None:
    actions.save_answer(own, question, "Said before.", version=0, by=director)
    Question.objects.filter(pk=question.pk).update(withdrawn_at="2026-01-01T00:00:00Z")
    page = words(signed_in(director).get(reverse("self_assessment_read", args=[own.pk])))
    assert "This question is no longer asked." in page
    assert "Said before." in page
    tasks = words(signed_in(director).get(reverse("self_assessment", args=[own.pk])))
    assert "1 question." in tasks
