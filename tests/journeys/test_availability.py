"""Everybody says when they cannot; reviewers say what they know, officers enter training."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import Reviewer
from authorities.states import Role
from rounds import actions
from rounds.models import AvailabilityAnswer, Round
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round(world: World) -> Round:
    return world.opened()


def types_day(person: Person, days: int, group: str) -> None:
    day = timezone.localdate() + timedelta(days=days)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        person.types(str(number), into=part, group=group)


def test_an_officer_asks_everybody(
    world: World, round: Round, comes_in: Enter, budget: Callable[..., None]
) -> None:
    officer = comes_in(world.officer, WAYS[0])
    officer.opens(f"/rounds/{round.pk}/availability")
    types_day(officer, 20, "By when should everybody have said so?")
    officer.presses("Set the date and e-mail 3 people")
    officer.sees("Everybody is being asked.", "Not yet")
    budget("officer, all asked when they cannot", officer.clicks, most=1)


@pytest.mark.parametrize("way", WAYS)
def test_a_director_can_on_all_days(
    world: World, round: Round, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    due = timezone.localdate() + timedelta(days=20)
    actions.ask_availability(round, due, by=world.officer)
    director = comes_in(world.directors[0], way)
    director.opens("/")
    director.presses("Say when you cannot")
    director.sees("Who sees what")
    director.presses(f"We can on all days in {round.name}, {world.authorities[0].name}")
    director.sees("Thank you.", "Answered")
    assert AvailabilityAnswer.objects.get().by == world.directors[0]
    budget(f"director, from home to an answer, {way}", director.clicks, most=2)


@pytest.mark.parametrize("way", WAYS)
def test_a_reviewer_says_what_they_know_and_an_officer_enters_training(
    world: World, comes_in: Enter, way: str
) -> None:
    person = world.person(Role.REVIEWER, name="Rosamund Tate")
    reviewer = comes_in(person, way)
    reviewer.opens("/account")
    reviewer.presses("You as a reviewer")
    reviewer.page.get_by_label("Practitioner").check()
    reviewer.types("Adoption", into="What do you know well?")
    reviewer.presses("Save")
    reviewer.sees("Officers see it when they look for teams.")
    officer = comes_in(world.officer, way)
    officer.opens("/reviewers")
    officer.sees("Adoption", "Not trained")
    officer.presses("Rosamund Tate")
    types_day(officer, -30, "Trained on (optional)")
    officer.presses("Save")
    officer.sees("Saved for Rosamund Tate.", "Trained until")
    officer.opens("/reviewers/training")
    officer.types(f"{person.email}\t4 February 2026", into="Paste the rows here")
    officer.presses("Check the rows")
    officer.sees("1 row is taken")
    officer.page.wait_for_timeout(1_100)  # sooner, the button takes it for a double press
    officer.presses("Enter training of 1 person")
    officer.sees("Training of 1 person has been entered.")
    assert Reviewer.objects.get(user=person).trained_on.isoformat() == "2026-02-04"
