"""What was changed on the matching board, undoing it, and the table of it."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from rounds import actions
from rounds.models import Round, Scenario
from tests.rounds.at_board import WAYS, Board, Browser, ring_of
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    return World(size=5)


@pytest.fixture
def round(world: World) -> Round:
    return world.opened()


@pytest.fixture
def names(world: World) -> list[str]:
    return sorted(authority.name for authority in world.authorities)


@pytest.fixture
def ring(world: World, round: Round) -> Scenario:
    return ring_of(world, round)


@pytest.fixture
def board(world: World, ring: Scenario, signed_in: Browser) -> Board:
    return Board(signed_in(world.officer), ring.round)


def test_the_board_is_taken_away_as_a_table(world: World, board: Board, names: list[str]) -> None:
    board.press(lock=board.key(names[0]))
    answer = board.client.get(reverse("round_match_xlsx", args=[board.round.pk]))
    assert "attachment" in answer["Content-Disposition"]
    [sheet] = load_workbook(io.BytesIO(answer.content))
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:3] == ("Authority", "Area for challenge", "Challenged by")
    assert {row[0]: row[2] for row in rows} == board.challengers
    assert [row[0] for row in rows if row[head.index("Locked")] == "Yes"] == [names[0]]


@WAYS
def test_the_last_change_is_undone_and_that_too(board: Board, names: list[str], htmx: bool) -> None:
    before = board.challengers
    board.swap(names[0], names[2])
    swapped = board.challengers
    assert "Undo the last change" in board.text
    board.press(undo=board.context["undo"], htmx=htmx)
    assert "Put back as it was." in board.text
    assert "Redo what was undone" in board.text
    assert "Undo the last change" not in board.text
    assert board.challengers == before
    board.press(undo=board.context["undo"], htmx=htmx)
    assert board.challengers == swapped


def test_a_scenario_goes_back_to_before_any_of_its_changes(
    board: Board, ring: Scenario, names: list[str]
) -> None:
    before = board.challengers
    board.swap(names[0], names[2])
    first = board.context["undo"]
    board.press(suggest=1)
    board.swap(names[1], names[3])
    page = board.client.get(
        reverse("round_match_changes", args=[ring.round_id]), {"scenario": ring.pk}
    ).content.decode()
    assert page.count("Go back to before this") == 4
    assert f"{names[0]}: {names[3]} instead of {names[1]}" in page
    board.press(undo=first)
    assert board.challengers == before


def test_what_was_locked_since_stays_when_a_change_is_taken_back(
    board: Board, names: list[str]
) -> None:
    board.swap(names[0], names[2])
    board.press(lock=board.key(names[0]))
    swapped = board.challengers
    board.press(undo=board.context["undo"])
    assert f"The match of {names[0]} is locked: unlock it first." in board.text
    assert board.challengers == swapped


def test_a_change_of_another_scenario_is_not_undone_here(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    board.swap(names[0], names[2])
    change = board.context["undo"]
    copy = actions.copy_scenario(ring, "Another", by=world.officer)
    other = Board(board.client, board.round, f"?scenario={copy.pk}")
    before = other.challengers
    other.press(undo=change)
    assert other.challengers == before


def test_the_changes_of_all_scenarios_name_each(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    board.press(lock=board.key(names[0]))
    actions.publish_scenario(ring, by=world.officer)
    page = board.client.get(reverse("round_match_changes", args=[ring.round_id])).content.decode()
    assert page.count("in First proposal") == 3
    assert f"{world.officer.name} published the matches" in page
    assert "Go back to before this" not in page
