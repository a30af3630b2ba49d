"""Documents and links beside the answers; and what looks like a child's details before sending."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from rounds import actions
from rounds.models import SelfAssessment
from rounds.states import SelfAssessmentState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "943 476 5919"
DATE = "Date of the document"
FILE = "Choose the document"
LINK = "Or the address of a document that is public already"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "store", "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def own(world: World) -> SelfAssessment:
    part = world.opened().participations.get(authority=world.authorities[0])
    return world.answered(part)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book, kept = Workbook(), io.BytesIO()
    book.active.append(["Children in care", 312])
    book.save(kept)
    path = tmp_path / "figures.xlsx"
    path.write_bytes(kept.getvalue())
    return path


@pytest.mark.parametrize("way", WAYS)
def test_a_document_and_a_link_are_attached_and_a_refused_file_costs_no_word(
    world: World,
    own: SelfAssessment,
    workbook: Path,
    tmp_path: Path,
    comes_in: Enter,
    way: str,
) -> None:
    director = comes_in(world.directors[0], way)
    director.opens(f"/self-assessment/{own.pk}")
    director.presses("Evidence: documents and links")
    begins(director)
    notes = tmp_path / "notes.txt"
    notes.write_text("Some notes")
    describes(director, "Figures of the year")
    director.attaches(notes, FILE)
    director.presses("Attach it", status=422)
    director.sees("Files that end in .txt are not taken. Save it as PDF first")
    assert director.holds("What is it?") == "Figures of the year"
    assert [director.holds(part) for part in ("Day", "Month", "Year")] == ["3", "4", "2026"]
    director.attaches(workbook, FILE)
    director.presses("Attach it")
    director.sees("“Figures of the year” is attached.", "XLSX", "Dated 3 April 2026")
    begins(director)
    describes(director, "Annual report")
    director.types("https://example.org/report", LINK)
    director.presses("Attach it")
    director.sees("“Annual report” is attached.")
    assert director.downloads("Figures of the year") == workbook.read_bytes()
    assert own.evidence.kept().count() == 2


def begins(director: Person) -> None:
    director.sees_heading("Evidence")
    director.presses("Attach a document or a link to Leadership and direction")
    director.sees_heading("Attach a document or a link")


def describes(director: Person, title: str) -> None:
    director.types(title, "What is it?")
    for part, value in (("Day", "3"), ("Month", "4"), ("Year", "2026")):
        director.types(value, part, group=DATE)


@pytest.mark.parametrize("way", WAYS)
def test_what_looks_like_a_child_s_number_is_confirmed_by_name_before_it_is_sent(
    world: World, own: SelfAssessment, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    answer = own.answers.order_by("question__section__position", "question__position").first()
    assert answer is not None
    user = world.directors[0]
    text = f"Our helpline is {NUMBER}."
    actions.save_answer(own, answer.question, text, version=answer.version, by=user)
    director = comes_in(user, way)
    director.opens(f"/self-assessment/{own.pk}/check")
    director.presses("Send to the board")
    director.sees_heading("Does anything identify a child?")
    director.sees(f"“… {text} …”", answer.question.text)
    director.presses("Confirm these in my name", status=422)
    director.sees("Select those that identify no child")
    director.chooses(f"“{NUMBER}” looks like an NHS number")
    director.presses("Confirm these in my name")
    director.sees("Confirmed in your name.")
    director.presses("Send to the board")
    director.sees_heading("Self-assessment sent")
    own.refresh_from_db()
    assert own.state == SelfAssessmentState.SUBMITTED
    assert own.confirmed.get().confirmed_by == user
    # Sending, confirming nothing at first, one confirmation, sending.
    budget(f"director, a child's number confirmed before sending, {way}", director.clicks, most=5)


def test_while_writing_a_quiet_line_says_what_may_identify_a_child(
    world: World, own: SelfAssessment, comes_in: Enter
) -> None:
    question = own.participation.round.sections.first().questions.first()
    director = comes_in(world.directors[0], width=320)
    director.opens(f"/self-assessment/{own.pk}/{question.section.key}/1")
    director.types(f"We learned from {NUMBER}.", question.text)
    director.page.get_by_role("status").filter(has_text="looks like an NHS number").wait_for()
    assert own.answers.get(question=question).text == f"We learned from {NUMBER}."
