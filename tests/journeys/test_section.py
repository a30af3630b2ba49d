"""Somebody writes a whole section on one page, whatever its questions ask for."""

from __future__ import annotations

from datetime import date

import pytest

from rounds import actions
from rounds.models import PriorityArea, Question, SelfAssessment
from rounds.states import QuestionKind
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = {
    QuestionKind.SHORT_TEXT: ("Your early help partnership", {}),
    QuestionKind.CHOICE: ("Do all teams work alike?", {"choices": ["Yes", "In part", "No"]}),
    QuestionKind.MEASURE: ("Children in care", {"unit": "per 10,000"}),
    QuestionKind.TABLE: ("Aims for the year", {"columns": ["Aim", "By when"], "rows": 9}),
    QuestionKind.FILE: ("Your annual report", {}),
}


@pytest.fixture
def own(world: World) -> SelfAssessment:
    """Its first section asks for every kind of answer, and a letter came before it."""
    own = world.opened().participations.get(authority=world.authorities[0]).self_assessment
    first, second = Question.objects.filter(section__key="context")
    first.areas.add(PriorityArea.objects.get(name="Adoption"))
    for place, (kind, (text, options)) in enumerate(KINDS.items(), start=3):
        Question.objects.create(
            section=first.section,
            position=place,
            key=str(kind),
            kind=kind,
            text=text,
            options=options,
            guidance="As it stands on 31 March.",
        )
    actions.save_answer(own, second, "As last year.", version=0, by=world.directors[0])
    answer = own.answers.get()
    answer.carried_from, answer.asked = answer, "Asked otherwise last year?"
    answer.save()
    own.evidence.create(
        section=first.section,
        question=Question.objects.get(key="file"),
        title="Annual report",
        document_date=date(2025, 4, 1),
        link="https://example.org/report",
        added_by=world.directors[0],
    )
    own.progress.create(
        position=1, source="the last letter", area_for_consideration="Fewer moves between homes."
    )
    return own


@pytest.mark.parametrize("way", WAYS)
def test_a_section_of_every_kind_is_written_on_one_page(
    own: SelfAssessment, world: World, comes_in: Enter, way: str
) -> None:
    director = comes_in(world.directors[0], way)
    director.opens(f"/self-assessment/{own.pk}/context")
    director.sees("From last year, not yet reviewed", "Annual report, 1 April 2025")
    first = Question.objects.get(key="context_place").text
    director.types("Two towns and the coast between them.", into=first)
    director.chooses("Mostly a concern")
    director.types("The Coast Partnership", into="Your early help partnership")
    director.chooses("In part")
    director.types("many", into="Value")
    director.types("Fewer moves", into="Aim, row 1")
    director.presses("Save and continue", status=422)
    director.sees("There is a problem", "Value must be a number, like 12 or 3.5")
    director.types("52", into="Value")
    director.presses("Save and continue")
    assert director.where.endswith("/leadership")
    answers = own.answers.order_by("question__position")
    assert list(answers.values_list("text", flat=True)) == [
        "Two towns and the coast between them.",
        "As last year.",
        "The Coast Partnership",
        "In part",
        "Value: 52 per 10,000",
        "Aim: Fewer moves",
    ]
    assert [answer.leaning for answer in answers if answer.leaning] == ["concern"]
    assert not any(answer.to_review for answer in answers)


def test_every_kind_fits_a_phone_one_question_a_page(
    own: SelfAssessment, world: World, comes_in: Enter
) -> None:
    director = comes_in(world.directors[0], width=320)
    for place in range(1, 8):
        director.opens(f"/self-assessment/{own.pk}/context/{place}")
    director.opens(f"/self-assessment/{own.pk}/context/6")
    director.types("Fewer moves", into="Aim, row 1")
    director.presses("Save and add rows")
    assert director.page.get_by_label("Aim, row 4").count() == 1
    director.opens(f"/self-assessment/{own.pk}/read")
    director.sees("Fewer moves between homes.", "From last year, not yet reviewed.")


@pytest.mark.parametrize("way", WAYS)
def test_what_came_of_the_last_letter_is_said_in_one_sitting(
    own: SelfAssessment, world: World, comes_in: Enter, way: str
) -> None:
    director = comes_in(world.directors[0], way)
    director.opens(f"/self-assessment/{own.pk}")
    director.presses("Progress since the last letter")
    director.types("Moves fell by a third.", into="Progress since")
    director.presses("Save and continue")
    director.sees("1 of 1 area for consideration answered.")
    assert own.progress.get().progress == "Moves fell by a third."


def test_two_people_in_a_measure_choose_which_is_kept(
    own: SelfAssessment, world: World, comes_in: Enter
) -> None:
    director = comes_in(world.directors[0])
    director.opens(f"/self-assessment/{own.pk}/context/5")
    question = Question.objects.get(key="measure")
    value = {"value": "50", "baseline": ""}
    other = world.directors[0]
    actions.save_answer(own, question, "Value: 50", data=value, version=0, by=other)
    director.types("52", into="Value")
    director.checks.expected.add(409)
    director.presses("Save and continue", status=409)
    director.sees("saved this meanwhile:", "Value: 50")
    director.chooses("What stands in the box on this page")
    director.page.wait_for_timeout(1_100)  # sooner, the button takes it for a double press
    director.presses("Save and continue")
    assert own.answers.get(question=question).data == {"value": "52", "baseline": ""}
