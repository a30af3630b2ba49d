"""The matching board of pairs, groups and panels: two presses, locks, free places, the table."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from authorities.models import User
from rounds.models import Round
from rounds.queries.groups import Group
from tests.rounds.views.test_matches import WAYS, Board
from tests.world import World

Browser = Callable[[User], Client]


def board_of(world: World, signed_in: Browser) -> Board:
    return Board(signed_in(world.officer), world.opened())


def groups_on(board: Board) -> list[set[str]]:
    return [{member.row.name for member in group.members} for group in found(board)]


def found(board: Board) -> tuple[Group, ...]:
    groups: tuple[Group, ...] = board.context["board"].groups
    return groups


@pytest.fixture
def grouped(db: None, signed_in: Browser) -> Board:
    """Seven: four together, and three."""
    return board_of(World(7, preset="group"), signed_in)


def test_groups_are_there_on_arrival(grouped: Board) -> None:
    assert sorted(len(group) for group in groups_on(grouped)) == [3, 4]
    assert "Every rule is met." in grouped.text
    assert "they change places" in grouped.text
    assert "Who meets whom: 2 groups, 0 alone" in grouped.text


@WAYS
def test_two_presses_exchange_members(grouped: Board, htmx: bool) -> None:
    one, other = (group.members[0] for group in found(grouped))
    before = groups_on(grouped)
    grouped.press(swap=one.place.key, htmx=htmx)
    assert f"{one.row.name} is chosen." in grouped.text
    grouped.press(swap=other.place.key, htmx=htmx)
    swap = {one.row.name, other.row.name}
    assert sorted(map(sorted, groups_on(grouped))) == sorted(sorted(g ^ swap) for g in before)
    assert "Every rule is met." in grouped.text


def test_a_free_place_takes_whoever_is_chosen(grouped: Board) -> None:
    three, four = sorted(found(grouped), key=lambda group: len(group.members))
    grouped.press(swap=four.members[0].place.key)
    grouped.press(swap=three.more.key if three.more else "")
    assert sorted(len(group) for group in groups_on(grouped)) == [3, 4]
    assert four.members[0].row.name in max(groups_on(grouped), key=len)


def test_a_group_that_becomes_too_small_is_said_at_once(grouped: Board) -> None:
    three, four = sorted(found(grouped), key=lambda group: len(group.members))
    grouped.press(swap=three.members[0].place.key)
    grouped.press(swap=four.members[0].place.key)
    assert "Every rule is met." in grouped.text


def test_two_of_one_group_change_nothing(grouped: Board) -> None:
    before = groups_on(grouped)
    one, other, *_ = found(grouped)[0].members
    grouped.press(swap=one.place.key)
    grouped.press(swap=other.place.key)
    assert groups_on(grouped) == before
    assert "are together already" in grouped.text


def test_a_group_is_locked_and_unlocked_as_one(grouped: Board) -> None:
    first, second = found(grouped)
    grouped.press(lock=first.key)
    assert [group.locked for group in found(grouped)] == [True, False]
    grouped.press(swap=second.members[0].place.key)
    grouped.press(swap=first.members[0].place.key)
    assert "is locked: unlock it first" in grouped.text
    grouped.press(suggest=1)
    assert {one.row.name for one in first.members} in groups_on(grouped)
    locked = next(group for group in found(grouped) if group.locked)
    grouped.press(unlock=locked.key)
    assert [group.locked for group in found(grouped)] == [False, False]


def test_with_an_odd_number_one_has_no_partner_and_takes_anothers_place(
    db: None, signed_in: Browser
) -> None:
    board = board_of(World(5, preset="top_three"), signed_in)
    assert [len(group) for group in groups_on(board)] == [2, 2]
    assert "1 has no partner yet." in board.text
    assert "an odd number, and cannot all be in pairs" in board.text
    [alone] = board.context["board"].free
    place = found(board)[0].members[0]
    board.press(swap=alone.key)
    board.press(swap=place.place.key)
    assert [one.name for one in board.context["board"].free] == [place.row.name]


def test_in_a_panel_readers_and_moderators_have_their_places(db: None, signed_in: Browser) -> None:
    board = board_of(World(5, preset="challenge_panel"), signed_in)
    rows = list(board.rows.values())
    assert {tuple(place.part for place in row.places) for row in rows} == {
        ("Reader", "Reader", "Moderator")
    }
    row = rows[0]
    board.press(swap=row.places[0].key)
    board.press(swap=row.places[2].key)
    now = board.rows[row.name].places
    assert now[2].name == row.places[0].name
    assert row.places[2].name in {now[0].name, now[1].name}
    assert "Every rule is met." in board.text


def test_the_table_says_who_meets_whom(grouped: Board) -> None:
    address = reverse("round_match_xlsx", args=[grouped.round.pk])
    book = load_workbook(io.BytesIO(b"".join(grouped.client.get(address))))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert any("Group 1" in row for row in rows)


@pytest.mark.parametrize(
    ("preset", "limit"), [("top_three", 40_000), ("group", 40_000), ("challenge_panel", 56_000)]
)
def test_sixteen_fit_a_page(db: None, signed_in: Browser, preset: str, limit: int) -> None:
    board = board_of(World(16, preset=preset), signed_in)
    assert len(board.answer.content) <= limit
    assert Round.objects.count() == 1
