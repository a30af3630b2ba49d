"""What the matching board shows: places, rules, costs; how often it asks, and how large it is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Capacity, Conflict, ConflictKind, HostPreference, Participation, Round
from rounds.queries.board import Board, match_board
from rounds.queries.weighing import members_by_id
from tests.world import World

Browser = Callable[[User], Client]


def board_of(round: Round) -> Board:
    return match_board(round, None)


def wishes(round: Round, size: int) -> list[Participation]:
    """Each host wishes for the next in the row, and after that for the next but one."""
    members = sorted(members_by_id(round).values(), key=lambda one: one.authority.dfe_code)
    for at, host in enumerate(members):
        for rank in (1, 2)[: size - 1]:
            HostPreference.objects.create(
                participation=host, challenger=members[(at + rank) % len(members)], rank=rank
            )
    return members


def forbid(world: World, one: Participation, other: Participation) -> None:
    Conflict.objects.create(
        authority=one.authority,
        other=other.authority,
        kind=ConflictKind.CONTRACT,
        declared_by=world.officer,
    )


@pytest.mark.django_db
def test_each_row_says_what_the_next_best_would_cost() -> None:
    world = World(size=5)
    round = world.opened()
    members = wishes(round, 3)
    board = board_of(round)
    rows = {row.name: row.places[0] for row in board.rows}
    first = rows[members[0].authority.name]
    assert first.name == members[1].authority.name
    assert first.instead.startswith("Next best: ")
    assert board.cost == 0
    assert board.standing_lines[0] == f"{board.standing.total:,} points in all, the best possible."


@pytest.mark.django_db
def test_a_worse_board_says_its_cost_and_who_is_better() -> None:
    world = World(size=5)
    round = world.opened()
    members = [member.authority for member in wishes(round, 3)]
    ids = [one.dfe_code for one in members]
    # Everybody gets its second wish.
    pairs = [(host, ids[(at + 2) % 5]) for at, host in enumerate(ids)]
    scenario = actions.save_matches(round, None, pairs, by=world.officer)
    board = match_board(round, scenario)
    rows = {row.name: row.places[0] for row in board.rows}
    assert rows[members[0].name].instead == f"Suggested: {members[1].name}"
    assert board.cost is not None
    assert board.cost > 0
    assert board.standing_lines[0].startswith(f"{board.standing.total:,} points in all: this costs")


@pytest.mark.django_db
def test_what_an_officer_fixes_is_held_against_the_best_without_it() -> None:
    world = World(size=5)
    round = world.opened()
    members = wishes(round, 3)
    scenario = actions.choose_challenger(round, None, members[0], members[3], by=world.officer)
    scenario = actions.lock_match(round, scenario, members[0], members[3], by=world.officer)
    board = match_board(round, scenario)
    assert board.cost is not None
    assert board.cost > 0


@pytest.mark.django_db
def test_what_can_be_matched_is_matched_where_not_everybody_can_be() -> None:
    world = World(size=4)
    round = world.opened()
    a, b, c, _d = members_by_id(round).values()
    for one in (a, b):
        forbid(world, one, c)
    board = board_of(round)
    # C may only be challenged by D, and may only challenge D.
    assert board.impossible
    assert board.unmatched == 1
    assert not board.broken
    assert sum(bool(row.places[0].name) for row in board.rows) == 3
    assert board.cost is None
    assert board.standing_lines[0] == f"{board.standing.total:,} points in all."


@pytest.mark.django_db
def test_whoever_can_give_more_is_free_to_be_chosen() -> None:
    world = World(size=4)
    round = world.opened()
    one = next(iter(members_by_id(round).values()))
    Capacity.objects.create(participation=one, gives_least=0, gives_most=2)
    assert [place.name for place in board_of(round).free] == [one.authority.name]


@pytest.mark.django_db
def test_it_asks_as_often_for_three_hosts_as_for_eight(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    asked = []
    for size in (3, 8):
        world = World(size=size)
        round = world.opened()
        scenario = actions.suggest_again(round, None, by=world.officer)
        wishes(round, 3)
        round = Round.objects.select_related("region").get(pk=round.pk)
        with CaptureQueriesContext(connection) as seen:
            match_board(round, scenario)
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert asked[0] <= 45


@pytest.mark.django_db
def test_sixteen_fit_a_page_of_forty_kilobytes(signed_in: Browser) -> None:
    world = World(size=16)
    round = world.opened()
    wishes(round, 3)
    client, address = signed_in(world.officer), reverse("round_match", args=[round.pk])
    assert len(client.get(address).content) <= 40_000


@pytest.mark.django_db
def test_all_of_england_is_on_one_board_in_seconds(
    signed_in: Browser, figure: Callable[[str], None]
) -> None:
    world = World(size=152)
    round = world.opened()
    wishes(round, 3)
    client, address = signed_in(world.officer), reverse("round_match", args=[round.pk])
    started = time.monotonic()
    page = client.get(address).content
    taken = time.monotonic() - started
    figure(f"matching board of 152: {taken:.1f} s on arrival, {len(page) // 1000} kB of HTML")
    assert taken < 10
    assert len(page) <= 200_000
    assert b"Next best" not in page
