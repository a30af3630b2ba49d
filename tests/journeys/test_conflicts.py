"""A conflict of interest: a director declares it on a phone, an officer sees what it touches."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from authorities.models import Authority, User
from rounds import actions
from rounds.models import Conflict, Round
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.rounds.conftest import ring_of
from tests.world import World, fresh

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Paid work or a contract between the two"
DETAILS = "Our out-of-hours duty service is bought from them."


@pytest.fixture
def offered(world: World) -> Round:
    """Everybody has an offer; the host's challenger has a name that no other begins with."""
    Authority.objects.filter(pk=world.authorities[1].pk).update(name="Dunbury")
    round = ring_of(world)
    if not round.challenges.live().exists():
        actions.confirm_matches(round, by=fresh(world.officer))
    return round


@pytest.mark.parametrize("way", WAYS)
def test_a_director_declares_it_and_an_officer_sees_what_it_touches(
    world: World,
    offered: Round,
    comes_in: Enter,
    post_of: Callable[..., str],
    budget: Callable[..., None],
    way: str,
) -> None:
    director = comes_in(world.directors[0], way, width=320)
    declares(director)
    conflict = Conflict.objects.get()
    assert (conflict.declared_by, conflict.details) == (world.directors[0], DETAILS)
    budget(f"director, conflict declared from the account page, {way}", director.clicks, most=6)
    officer = comes_in(world.officer, way)
    officer.opens(post_of(world.officer))
    sees_what_it_touches(officer, offered, world.directors[0])
    director.presses("Withdraw this conflict")
    director.sees_heading("Withdraw this conflict of interest?")
    director.presses("Withdraw it")
    director.sees("Withdrawn. Matching does not keep to it any more.")
    officer.looks_again()
    officer.sees("No conflict counts today.")


def declares(director: Person) -> None:
    director.opens("/account")
    director.presses("Declare it, or see what is declared")
    director.sees("Nothing is declared by you or for your authority.")
    director.presses("Declare a conflict")
    director.selects("Dunbury", of="With which other authority?")
    director.types(DETAILS, "Details (optional)")
    director.chooses(WHY)
    director.presses("Declare this conflict", status=200)
    director.sees("Select whom it keeps apart")
    assert director.holds("Details (optional)") == DETAILS
    director.clicks -= 1
    director.chooses("The two authorities")
    director.presses("Declare this conflict")
    director.sees("Declared. From now on matching keeps to it.", DETAILS)


def sees_what_it_touches(officer: Person, round: Round, declared_by: User) -> None:
    officer.sees(WHY, DETAILS, declared_by.name, "Matches it touches", "Dunbury challenges")
    officer.presses("Conflicts")
    officer.sees_heading("Conflicts of interest")
    officer.selects("Dunbury", of="Authority")
    officer.presses("Show")
    officer.sees(WHY, f"{round} (offered)")
    sheet = load_workbook(io.BytesIO(officer.downloads("This list with all details (Excel)")))
    assert sheet.active is not None
    assert DETAILS in [cell.value for row in sheet.active.iter_rows() for cell in row]
    officer.opens("/conflicts")


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_lets_one_in_intervention_challenge(
    world: World, offered: Round, comes_in: Enter, way: str
) -> None:
    officer = comes_in(world.officer, way)
    officer.opens("/conflicts")
    officer.presses("Interventions")
    officer.sees("No authority of the region is or was in intervention")
    officer.presses("Add an intervention")
    officer.selects("Dunbury", of="Which authority?")
    for part, number in (("Day", "1"), ("Month", "2"), ("Year", "2026")):
        officer.types(number, part, group="First day")
    officer.presses("Add this intervention")
    officer.sees("It challenges nobody unless you say so.", "without an officer’s word")
    officer.presses(offered.name)
    officer.presses("Let it challenge (Dunbury)")
    officer.types("Its care leavers’ service is untouched.", "Why may it challenge all the same?")
    officer.presses("Let it challenge")
    officer.sees("Dunbury may challenge in this round.", "Its care leavers’ service is untouched.")
    officer.presses("Withdraw this word on Dunbury")
    officer.presses("Withdraw the word")
    officer.sees("Dunbury challenges nobody while it is in intervention.")
