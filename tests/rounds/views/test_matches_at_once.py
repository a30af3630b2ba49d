"""The matching board on other days: two at once, published, offered, and whose it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from authorities.states import Role
from rounds import actions
from rounds.models import Round, Scenario
from rounds.queries.proposals import scenario_on_board
from rounds.queries.weighing import members_by_id
from tests.rounds.at_board import WAYS, Board, Browser, ring_of
from tests.world import World, fresh


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


@WAYS
def test_the_later_of_two_officers_is_told_and_overwrites_nothing(
    world: World, ring: Scenario, signed_in: Browser, names: list[str], htmx: bool
) -> None:
    colleague = world.person(Role.BOARD_OFFICER, name="Second Officer")
    mine, theirs = (Board(signed_in(user), ring.round) for user in (world.officer, colleague))
    mine.press(swap=mine.key(names[1]), htmx=htmx)
    theirs.swap(names[0], names[2])
    before = mine.challengers
    mine.press(swap=mine.key(names[3]), htmx=htmx)
    assert mine.challengers == theirs.challengers
    assert "Second Officer changed these matches while you had this page open." in mine.text
    assert f"{before[names[1]]}, challenger of {names[1]}" in mine.text
    assert f"{before[names[3]]}, challenger of {names[3]}" in mine.text
    expected = theirs.challengers
    mine.swap(names[1], names[3], htmx=htmx)
    assert mine.challengers == expected | {
        names[1]: expected[names[3]],
        names[3]: expected[names[1]],
    }


@WAYS
def test_who_begins_to_swap_on_an_old_page_is_told_first(
    world: World, ring: Scenario, signed_in: Browser, names: list[str], htmx: bool
) -> None:
    mine, theirs = (Board(signed_in(world.officer), ring.round) for _ in range(2))
    theirs.swap(names[0], names[2])
    mine.press(swap=mine.key(names[0]), htmx=htmx)
    assert "You changed these matches on another page." in mine.text
    assert f"You had chosen {names[1]}, challenger of {names[0]}." in mine.text
    assert 'aria-pressed="true"' not in mine.text


def test_a_scenario_deleted_meanwhile_gives_way_to_what_is_there(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    actions.delete_scenario(ring, by=world.officer)
    board.press(suggest=1)
    assert board.context["board"].scenario is None
    assert "changed these matches while you had this page open" in board.text


@pytest.mark.parametrize(
    "nonsense",
    [
        {"swap": "x"},
        {"swap": "\x00"},
        {"swap": "9" * 30 + "-1", "chosen": "0-0"},
        {"swap": "0-0", "chosen": "0-1"},
        {"lock": "5-0"},
        {"unlock": "0-0"},
        {"scenario": "none"},
        {"scenario": "9" * 30},
        {"version": "\x00"},
        {},
    ],
)
def test_nonsense_changes_nothing(board: Board, ring: Scenario, nonsense: dict[str, str]) -> None:
    before = board.challengers
    sent = {"swap": "", "scenario": ring.pk, "version": ring.version, **nonsense}
    answer = board.client.post(board.address, sent, follow=True)
    assert answer.status_code == 200
    assert Board(board.client, ring.round).challengers == before


def test_another_scenario_is_shown_by_its_address(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    copy = actions.copy_scenario(ring, "By distance", by=world.officer)
    newest = Board(board.client, ring.round)
    assert newest.context["board"].scenario == copy
    first = Board(board.client, ring.round, f"?scenario={ring.pk}")
    assert first.context["board"].scenario == ring
    first.swap(names[0], names[2])
    assert first.context["board"].scenario == ring


def test_the_scenario_of_another_round_is_not_shown(
    world: World, board: Board, signed_in: Browser
) -> None:
    other = World()
    theirs = actions.suggest_again(other.opened(), None, by=other.officer)
    shown = Board(board.client, board.round, f"?scenario={theirs.pk}")
    assert shown.context["board"].scenario != theirs
    before = theirs.version
    board.press(suggest=1, scenario=theirs.pk)
    theirs.refresh_from_db()
    assert theirs.version == before


def test_what_is_published_is_not_changed_before_it_is_taken_back(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    actions.publish_scenario(ring, by=world.officer)
    before = board.challengers
    board.swap(names[0], names[2])
    assert "take it back first" in board.text
    assert board.challengers == before
    assert 'name="swap"' not in board.text
    assert 'name="suggest"' not in board.text


def test_once_offers_are_out_the_board_goes_on_as_a_scenario_of_its_own(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    actions.publish_scenario(ring, by=world.officer)
    actions.confirm_matches(ring.round, by=world.officer)
    board = Board(board.client, ring.round)
    assert board.rows[names[0]].offer == "Offered"
    board.swap(names[0], names[2])
    assert "Kept as “Second proposal”" in board.text
    assert board.challengers[names[2]] == names[1]
    assert board.rows[names[0]].offer == f"Offered to {names[1]}"
    assert scenario_on_board(ring.round) == ring


def test_why_a_match_was_declined_stands_on_its_row(
    world: World, board: Board, ring: Scenario, names: list[str]
) -> None:
    actions.publish_scenario(ring, by=world.officer)
    actions.confirm_matches(ring.round, by=world.officer)
    challenge = world.first(ring.round)
    host = fresh(world.director_of(challenge.host_authority))
    actions.decline_challenge(challenge, reason="Inspected <b>this</b> winter", by=host)
    assert "Inspected &lt;b&gt;this&lt;/b&gt; winter" in Board(board.client, ring.round).text


def test_an_area_shows_once_the_self_assessment_is_sent(world: World, signed_in: Browser) -> None:
    round = world.opened()
    one, other, *_ = members_by_id(round).values()
    world.sent(one)
    world.answered(other)
    board = Board(signed_in(world.officer), round)
    areas = [row.area for row in board.rows.values()]
    assert areas == ["Adoption", "", "", "", ""]


def test_before_the_invitation_the_page_says_why_not(world: World, signed_in: Browser) -> None:
    board = Board(signed_in(world.officer), world.drafted())
    assert "Matching starts once the authorities are invited" in board.text
    assert board.client.post(board.address, {**board.sends, "suggest": 1}).status_code == 403
    assert not Scenario.objects.exists()


def test_the_board_is_the_officers_alone(world: World, ring: Scenario, signed_in: Browser) -> None:
    for name in ("round_match", "round_match_changes", "round_match_xlsx"):
        address = reverse(name, args=[ring.round_id])
        assert signed_in(world.chair).get(address).status_code == 403
        assert signed_in(world.directors[0]).get(address).status_code == 403
        assert signed_in(World().officer).get(address).status_code == 404
