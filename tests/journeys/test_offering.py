"""A director says what the authority can give, and an officer reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from rounds import actions
from rounds.models import Capacity, Round, Unavailable
from rounds.queries.offering import Strength, strengths_mark
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round(world: World) -> Round:
    return world.opened()


def to_the_offer(director: Person) -> None:
    """From home."""
    director.opens("/")
    director.presses(f"Self-assessment of {director_of(director)}")
    director.presses("What you can give")


def director_of(person: Person) -> str:
    """The authority in the address of the page's only self-assessment."""
    return str(person.page.locator("a", has_text="Self-assessment of").inner_text()).removeprefix(
        "Self-assessment of "
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_director_gives_what_the_round_asks(
    world: World, round: Round, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    director = comes_in(world.directors[0], way)
    to_the_offer(director)
    director.sees("1 challenge, as the round asks")
    director.presses("Nothing special: we give what the round asks")
    director.sees("The board’s officers see what you can give when they match challengers.")
    assert Capacity.objects.get().answered_by == world.directors[0]
    # Home to the task list, to the page, and the press.
    budget(f"director, from home to what can be given, {way}", director.clicks, most=3)


@pytest.mark.parametrize("way", WAYS)
def test_a_director_says_what_is_different_and_on_which_days(
    world: World, round: Round, comes_in: Enter, way: str
) -> None:
    director = comes_in(world.directors[0], way)
    to_the_offer(director)
    director.presses("Change challenges you can give")
    director.types("2", into="At least")
    director.types("1", into="At most")
    director.types("One in May", into="Anything the officers should know? (optional)")
    director.presses("Save")
    director.sees("The most challenges must be 2 or more")
    assert director.holds("Anything the officers should know? (optional)") == "One in May"
    director.types("0", into="At least")
    director.page.wait_for_timeout(1_100)  # sooner, the button takes it for a double press
    director.presses("Save")
    director.sees("0 to 1 challenges", "One in May")
    director.presses("Change what you are strong in")
    director.page.get_by_role("group", name="Adoption").get_by_label("We can help").check()
    director.types("We place fast.", into="How do you know? (optional)", group="Adoption")
    director.presses("Save")
    director.sees("We place fast.")
    director.presses("Change whom you would like as challenger")
    wished = world.authorities[1].name
    director.selects(wished, of="First wish (optional)")
    director.presses("Save")
    director.sees(f"1. {wished}")
    director.presses("Say on which days you cannot visit or be visited")
    day = timezone.localdate() + timedelta(days=40)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        director.types(str(number), into=part, group="First day")
    director.types("Full council", into="Why? (optional)")
    director.presses("Add these days")
    director.sees(f"{day:%A} {day.day} {day:%B %Y}", "Full council")
    assert Unavailable.objects.get().authority == world.authorities[0]
    director.presses(f"Remove {day:%A} {day.day} {day:%B %Y}")
    director.sees("No days so far.")


def test_two_who_say_it_at_once_see_both(world: World, round: Round, comes_in: Enter) -> None:
    part = round.participations.get(authority=world.authorities[0])
    director = comes_in(world.directors[0])
    director.opens(f"/self-assessment/{part.self_assessment.pk}/offer/strengths")
    actions.say_strengths(
        part, [Strength(None, "Theirs")], seen=strengths_mark([]), by=world.directors[0]
    )
    director.types("Mine", into="Name of the area (optional)", group="Own area 1")
    director.presses("Save")
    director.sees("Somebody changed this while you had the page open.", "Theirs")
    own = director.page.get_by_role("group", name="Own area 1")
    assert own.get_by_label("Name of the area (optional)").input_value() == "Mine"


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_reads_all_and_writes_down_what_was_told(
    world: World, round: Round, comes_in: Enter, way: str
) -> None:
    name = world.authorities[0].name
    officer = comes_in(world.officer, way)
    officer.opens(f"/rounds/{round.pk}/match/offers")
    officer.sees("not answered yet")
    officer.presses(name)
    officer.types("2", into="At most")
    officer.presses("Save")
    officer.sees(f"Saved for {name}.", "1 to 2")
    assert Capacity.objects.get().answered_by == world.officer
