"""An officer: a question put right while authorities write, and the areas set from what came in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from rounds import actions
from rounds.models import Question, RegionPreset
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.world import ANSWER_TOKEN, World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_corrects_a_question_of_an_open_round_once_for_all(
    db: None, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    region = World()
    round = region.opened()
    question = Question.objects.filter(section__round=round).first()
    own = round.participations.first().self_assessment
    actions.save_answer(own, question, "By the sea.", version=0, by=region.directors[0])
    asked = question.text
    officer = comes_in(region.officer, way)
    officer.opens(f"/rounds/{round.pk}")
    officer.presses("Questions")
    officer.presses(f"Correct “{asked}”")
    officer.types("Describe your area and its children.", "Question")
    officer.presses("Check the difference")
    officer.sees_heading("Check the correction")
    officer.sees("1 authority has answered it.")
    officer.chooses("In both")
    officer.presses("Make the correction")
    officer.sees("corrected in this round and in the region’s preset")
    budget(f"officer, a correction for this round and the next, {way}", officer.clicks, most=5)
    question.refresh_from_db()
    assert question.text == "Describe your area and its children."
    assert own.answers.get().asked == asked
    assert RegionPreset.objects.count() == 1


def test_a_board_sets_its_areas_from_what_came_in(
    db: None, comes_in: Enter, budget: Callable[..., None]
) -> None:
    region = World()
    round = region.drafted()
    round.areas.all().delete()
    round = actions.invite_authorities(round, by=region.officer)
    question = Question.objects.filter(section__round=round).first()
    part = round.participations.get(authority=region.authorities[0])
    for one in Question.objects.filter(section__round=round):
        director = region.directors[0]
        actions.save_answer(part.self_assessment, one, ANSWER_TOKEN, version=0, by=director)
    actions.submit_self_assessment(part.self_assessment, by=region.directors[0])
    run_effects()
    mail.outbox.clear()
    officer = comes_in(region.officer)
    officer.opens(f"/rounds/{round.pk}")
    officer.presses("Areas")
    officer.presses("Add an area")
    officer.types("Neglect", "Name of the area")
    officer.types("Re-referrals rose in two of three authorities.", "Evidence (optional)")
    officer.chooses(question.text)
    officer.presses("Save")
    officer.presses("What came in on Neglect")
    officer.sees("1 of 3 self-assessments have been sent", ANSWER_TOKEN)
    officer.presses("Back to the areas")
    officer.presses("Set these areas and tell directors")
    officer.presses("Set 1 area and tell directors")
    officer.sees("The areas are set. Every director is being told.")
    budget("officer, an area from what came in to directors told", officer.clicks, most=8)
    run_effects()
    assert sorted(one.to for one in mail.outbox) == sorted([d.email] for d in region.directors)
    director = comes_in(region.directors[0], width=320)
    director.opens(f"/self-assessment/{part.self_assessment.pk}/area")
    director.sees("Re-referrals rose in two of three authorities.")
    director.chooses("Neglect")
    director.presses("Save and continue")
    part.self_assessment.refresh_from_db()
    assert part.self_assessment.area_name == "Neglect"


def test_an_officer_prepares_a_draft_by_its_buttons(db: None, comes_in: Enter) -> None:
    region = World()
    round = region.drafted()
    officer = comes_in(region.officer, "by keyboard alone")
    officer.opens(f"/rounds/{round.pk}/questionnaire")
    officer.presses("Move down Your area and its children")
    officer.presses("Preview as an authority")
    officer.sees_heading("Preview of the self-assessment")
    officer.presses("Back to the questions")
    officer.presses("Make this questionnaire the region’s preset")
    officer.sees("The region’s own wording")
    officer.presses("Back to the formats")
    officer.sees_heading("Formats and their questions")
    assert round.sections.first().key == "leadership"
