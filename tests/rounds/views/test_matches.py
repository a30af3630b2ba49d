"""The matching board: swaps, locks, suggesting again, two officers at once, taking away."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Conflict, ConflictKind, Participation, Round, Scenario
from rounds.queries.proposals import scenario_on_board
from rounds.queries.weighing import members_by_id
from tests.world import World, fresh

Browser = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


class Board:
    """The page of one officer: what it shows, and what pressing its buttons sends."""

    def __init__(self, client: Client, round: Round, query: str = "") -> None:
        self.client, self.round = client, round
        self.address = reverse("round_match", args=[round.pk])
        self.read(client.get(self.address + query))

    def read(self, answer: Any) -> None:
        self.answer, self.context = answer, answer.context
        board = self.context["board"]
        self.rows = {row.name: row for row in board.rows}
        self.sends = {
            "version": board.version,
            "scenario": board.scenario_pk,
            "chosen": self.context["chosen_key"],
        }

    def press(self, *, htmx: bool = False, **pressed: Any) -> None:
        sent = {**self.sends, **pressed}
        answer = self.client.post(self.address, sent, headers=HTMX if htmx else {})
        self.read(self.client.get(answer.url) if answer.status_code == 302 else answer)

    def key(self, host: object) -> str:
        return self.rows[str(host)].places[0].key

    def swap(self, one: object, other: object, *, htmx: bool = False) -> None:
        self.press(swap=self.key(one), htmx=htmx)
        self.press(swap=self.key(other), htmx=htmx)

    @property
    def challengers(self) -> dict[str, str]:
        return {name: row.places[0].name for name, row in self.rows.items()}

    @property
    def text(self) -> str:
        return " ".join(self.answer.content.decode().split())


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
    """Saved: each is challenged by the next in the row."""
    ids = sorted(members_by_id(round))
    pairs = list(zip(ids, ids[1:] + ids[:1], strict=True))
    return actions.save_matches(round, None, pairs, by=world.officer)


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
    assert board.text.count(">Unlock<") == 1
    board.press(suggest=1, htmx=htmx)
    assert board.challengers[names[0]] == kept
    assert "Every rule is met." in board.text
    board.press(unlock=board.key(names[0]), htmx=htmx)
    assert not board.rows[names[0]].places[0].locked


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
    board.press(undo=board.context["undo"], htmx=htmx)
    assert "Put back as it was." in board.text
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


def test_the_board_is_the_officers_alone(world: World, ring: Scenario, signed_in: Browser) -> None:
    for name in ("round_match", "round_match_changes", "round_match_xlsx"):
        address = reverse(name, args=[ring.round_id])
        assert signed_in(world.chair).get(address).status_code == 403
        assert signed_in(world.directors[0]).get(address).status_code == 403
        assert signed_in(World().officer).get(address).status_code == 404
