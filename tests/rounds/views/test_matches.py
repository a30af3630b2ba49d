"""The matching board: swaps, locks, suggesting again, empty places."""

from __future__ import annotations

import pytest

from rounds import actions
from rounds.models import Capacity, Conflict, ConflictKind, Participation, Round, Scenario
from rounds.queries.weighing import members_by_id
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


def conflict(world: World, host: Participation, challenger: Participation) -> None:
    Conflict.objects.create(
        authority=host.authority,
        other=challenger.authority,
        kind=ConflictKind.CONTRACT,
        declared_by=world.officer,
    )


def test_a_proposal_is_there_on_arrival_and_looking_saves_nothing(
    world: World, round: Round, signed_in: Browser, names: list[str]
) -> None:
    board = Board(signed_in(world.officer), round)
    assert sorted(board.challengers.values()) == names
    assert "Every rule is met." in board.text
    assert not round.scenarios.exists()
    assert round.state == Round.objects.get(pk=round.pk).state


@WAYS
def test_two_presses_swap_two_challengers_and_save_the_proposal(
    world: World, round: Round, signed_in: Browser, names: list[str], htmx: bool
) -> None:
    board = Board(signed_in(world.officer), round)
    before = board.challengers
    one = names[0]
    other = next(
        name
        for name in names[1:]
        if name != before[one] and before[name] != one and before[name] != before[one]
    )
    board.press(swap=board.key(one), htmx=htmx)
    assert f"{before[one]}, who challenges {one}, is chosen." in board.text
    assert board.text.count('aria-pressed="true"') == 1
    assert not round.scenarios.exists()
    board.press(swap=board.key(other), htmx=htmx)
    assert board.challengers == before | {one: before[other], other: before[one]}
    assert "Swapped." in board.text
    assert 'aria-pressed="true"' not in board.text
    assert [one.name for one in round.scenarios.all()] == ["First proposal"]


def test_pressing_the_same_place_twice_lets_it_go(board: Board, names: list[str]) -> None:
    before = board.challengers
    board.swap(names[0], names[0])
    assert board.challengers == before
    assert 'aria-pressed="true"' not in board.text


@WAYS
def test_a_swap_that_would_have_one_challenge_itself_is_not_made(
    board: Board, names: list[str], htmx: bool
) -> None:
    before = board.challengers
    board.swap(names[0], names[1], htmx=htmx)
    assert "one of the two would challenge itself" in board.text
    assert board.challengers == before


def test_a_broken_rule_is_said_above_and_beside_its_rows(board: Board, names: list[str]) -> None:
    # A from B, B from C, …, E from A; with A and C swapped, D challenges A and A challenges E.
    board.swap(names[0], names[3])
    assert board.challengers[names[0]] == names[4]
    assert f"{names[0]} and {names[4]} would challenge each other." in board.text
    assert board.text.count("They would challenge each other") == 2
    assert "app-ring__line--problem" in board.text


@WAYS
def test_a_locked_match_stays_when_suggested_again(
    world: World, board: Board, names: list[str], htmx: bool
) -> None:
    kept = board.challengers[names[0]]
    board.press(lock=board.key(names[0]), htmx=htmx)
    assert board.rows[names[0]].places[0].locked
    assert "Locked." in board.text
    assert board.text.count(">Unlock<") == 1
    board.press(suggest=1, htmx=htmx)
    assert board.challengers[names[0]] == kept
    assert "Every rule is met." in board.text
    board.press(unlock=board.key(names[0]), htmx=htmx)
    assert not board.rows[names[0]].places[0].locked
    assert "Unlocked." in board.text


@WAYS
def test_a_press_on_what_was_published_meanwhile_says_why_nothing_is_chosen(
    world: World, board: Board, ring: Scenario, names: list[str], htmx: bool
) -> None:
    actions.publish_scenario(ring, by=world.officer)
    board.press(swap=board.key(names[0]), htmx=htmx)
    assert "“First proposal” is published. To change its matches, take it back" in board.text
    assert "Now choose whom to swap with." not in board.text


def test_suggesting_again_what_is_best_already_says_so(board: Board) -> None:
    board.press(suggest=1)
    board.press(suggest=1)
    assert "these are the best matches already" in board.text


def test_a_press_redraws_rows_rules_and_ring_and_keeps_the_address(
    board: Board, ring: Scenario, names: list[str]
) -> None:
    board.press(swap=board.key(names[0]), htmx=True)
    page = board.answer.content.decode()
    assert page.startswith('<div id="board">')
    assert '<div id="match-state" hx-swap-oob="innerHTML">' in page
    assert '<div id="match-ring" hx-swap-oob="innerHTML">' in page
    assert '<div id="match-lead" hx-swap-oob="innerHTML">' in page
    assert "<html" not in page
    where = f"{board.address}?scenario={ring.pk}&chosen={board.key(names[0])}"
    assert board.answer["HX-Replace-Url"] == where


def test_every_place_keeps_its_id_whoever_sits_there(board: Board, names: list[str]) -> None:
    """So that the focus stays on it when the board is redrawn."""
    before = {name: row.places[0].at for name, row in board.rows.items()}
    board.swap(names[0], names[2])
    assert {name: row.places[0].at for name, row in board.rows.items()} == before


def test_a_host_without_a_challenger_takes_whoever_is_free(
    world: World, round: Round, signed_in: Browser, names: list[str]
) -> None:
    ids = sorted(members_by_id(round))
    pairs = list(zip(ids, ids[1:] + ids[:1], strict=True))[1:]
    actions.save_matches(round, None, pairs, by=world.officer)
    board = Board(signed_in(world.officer), round)
    assert "1 has no challenger yet." in board.text
    [free] = board.context["board"].free
    board.press(swap=board.key(names[0]))
    assert f"{names[0]} is chosen." in board.text
    board.press(swap=free.key)
    assert board.challengers[names[0]] == free.name
    assert board.context["board"].free == ()
    assert "Every rule is met." in board.text


def test_where_nobody_gives_a_challenge_nothing_is_called_best_or_swapped(
    world: World, round: Round, signed_in: Browser, names: list[str]
) -> None:
    for member in round.participations.all():
        Capacity.objects.create(participation=member, gives_least=0, gives_most=0)
    board = Board(signed_in(world.officer), round)
    assert "Not everybody can be matched" in board.text
    assert "Below is as far as matching gets under the rules." in board.text
    assert "Below are the best matches" not in board.text
    assert "more than one has to change" in board.text
    board.swap(names[0], names[1])
    assert "Not swapped: nobody sits on either place." in board.text
    assert "Swapped." not in board.text


def test_a_pair_in_conflict_is_not_locked_without_a_reason(
    world: World, board: Board, round: Round, names: list[str]
) -> None:
    members = {member.authority.name: member for member in members_by_id(round).values()}
    conflict(world, members[names[0]], members[board.challengers[names[0]]])
    board.press(lock=board.key(names[0]))
    assert "has a declared conflict of interest" in board.text
    assert "Say why the match may stand all the same." in board.text
    assert not board.rows[names[0]].places[0].locked


def test_the_officers_reason_stands_beside_a_pair_that_a_rule_forbids(
    world: World, board: Board, ring: Scenario, signed_in: Browser, names: list[str]
) -> None:
    match = ring.matches.get(host__authority__name=names[0])
    conflict(world, match.host, match.challenger)
    actions.lock_match(
        ring.round,
        ring,
        match.host,
        match.challenger,
        reason="It <b>ended</b> in May",
        by=world.officer,
    )
    again = Board(signed_in(world.officer), ring.round)
    assert "Stands by your word: “It &lt;b&gt;ended&lt;/b&gt; in May”" in again.text
    assert "Every rule is met, but for 1 that you allowed." in again.text
