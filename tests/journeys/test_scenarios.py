"""An officer weighs one way to match a round against another, and asks why a host has whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rounds import actions
from rounds.models import Conflict, ConflictKind, HostPreference, Participation, Round, Scenario
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, OTHER = "First proposal", "What hosts ask for"


@pytest.fixture
def region(db: None) -> World:
    """Six authorities."""
    return World(size=6)


@pytest.fixture
def open_round(region: World) -> Round:
    """Matched once; then the first asks for the fourth, and is in conflict with the last."""
    round = region.opened()
    host, *others = members(round)
    actions.start_scenario(round, FIRST, by=region.officer)
    HostPreference.objects.create(participation=host, challenger=others[2], rank=1)
    Conflict.objects.create(
        authority=host.authority,
        other=others[-1].authority,
        kind=ConflictKind.FAMILY,
        declared_by=region.officer,
    )
    return round


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def challenger(scenario: str, host: Participation) -> Participation:
    return Scenario.objects.get(name=scenario).matches.get(host=host).challenger


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_makes_a_second_scenario_and_compares_the_two(
    region: World, open_round: Round, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    officer = comes_in(region.officer, way)
    officer.opens(f"/rounds/{open_round.pk}/match")
    officer.presses("Scenarios")
    officer.sees_heading("Scenarios")
    officer.presses("Make a scenario")
    officer.types(OTHER, "Name")
    officer.presses("Make it")
    weighs_wishes_alone(officer)
    officer.presses("Save and suggest again")
    officer.sees_heading("Match authorities")
    officer.sees("Saved, and matched again with what counts now.", OTHER)
    host, *others = members(open_round)
    assert challenger(OTHER, host) == others[2]
    officer.presses("Scenarios")
    officer.presses(f"Compare {OTHER}")
    sees_who_moves(officer, host)
    officer.presses(OTHER)
    officer.sees_heading("Match authorities")
    budget(f"officer, a second scenario weighed and compared, {way}", officer.clicks, most=9)


def weighs_wishes_alone(officer: Person) -> None:
    officer.sees_heading(f"What counts in “{OTHER}”")
    for other in ("Strength in the host’s area", "Not matched lately", "Statistical neighbours"):
        officer.types("0", other)
    officer.types("99", "The host’s wishes")
    officer.presses("Save and keep the matches")
    officer.sees("There is a problem")
    officer.types("10", "The host’s wishes")


def sees_who_moves(officer: Person, host: Participation) -> None:
    officer.sees_heading("Compare two scenarios")
    officer.sees("Who moves", "What each comes to", "Score by its own weights")
    assert challenger(FIRST, host) != challenger(OTHER, host)
    row = officer.page.get_by_role("row", name=host.authority.name).first
    assert challenger(FIRST, host).authority.name in row.inner_text()
    assert challenger(OTHER, host).authority.name in row.inner_text()


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_looks_at_why_and_chooses_the_next_best(
    region: World, open_round: Round, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    host, *others = members(open_round)
    before = challenger(FIRST, host)
    officer = comes_in(region.officer, way)
    officer.opens(f"/rounds/{open_round.pk}/match")
    officer.presses(f"Why, and who else for {host.authority}")
    officer.sees_heading(f"Who challenges {host.authority}, and why")
    best = officer.page.locator("p", has_text="with everybody else matched again.")
    name = best.locator("strong").inner_text()
    officer.presses(f"Choose {name}")
    officer.sees(f"{name} now challenges {host.authority}.")
    after = challenger(FIRST, host)
    assert after != before
    assert after.authority.name == name
    budget(f"officer, why, and the next best chosen, {way}", officer.clicks, most=2)
    locks_it_and_keeps_the_other_away(officer, host, after, before)
    sets_a_rule_aside(officer, host, after, others[-1])


def locks_it_and_keeps_the_other_away(
    officer: Person, host: Participation, mine: Participation, other: Participation
) -> None:
    officer.presses(f"Lock {mine.authority}")
    officer.sees("This match is locked: unlock it to choose somebody else.")
    officer.presses(str(other.authority))
    officer.types("They meet every week", "Why? (optional)")
    officer.presses("Keep them apart")
    officer.sees(f"{other.authority} does not challenge {host.authority} in this scenario.")
    assert challenger(FIRST, host) == mine


def sets_a_rule_aside(
    officer: Person, host: Participation, mine: Participation, forbidden: Participation
) -> None:
    officer.presses(f"Unlock {mine.authority}")
    officer.presses(str(forbidden.authority))
    officer.sees("has a declared conflict of interest")
    officer.presses("Choose it all the same, and lock it")
    officer.sees("There is a problem")
    officer.types("The cousin has left", "Why may the match stand all the same?")
    officer.presses("Choose it all the same, and lock it")
    officer.sees(f"{forbidden.authority} now challenges {host.authority}.", "The cousin has left")
    row = Scenario.objects.get(name=FIRST).matches.get(host=host)
    assert (row.challenger, row.locked, row.reason) == (forbidden, True, "The cousin has left")


def test_an_officer_gives_a_scenario_up_on_a_phone(
    region: World, open_round: Round, comes_in: Enter
) -> None:
    officer = comes_in(region.officer, width=320)
    officer.opens(f"/rounds/{open_round.pk}/match/scenarios")
    officer.presses(f"Settings of {FIRST}")
    officer.presses(f"Delete “{FIRST}”")
    officer.sees_heading(f"Delete “{FIRST}”?")
    officer.presses("Delete it")
    officer.sees("has been deleted.", "No scenario is saved yet.")
    officer.opens(f"/rounds/{open_round.pk}/match/scenarios/compare")
    officer.sees("it takes two scenarios")
