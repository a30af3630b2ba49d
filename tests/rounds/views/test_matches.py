"""The matching board: lists, swaps, filling, rules, two officers at once, confirming."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Participation, Round
from rounds.states import ChallengeState
from tests.world import World, fresh, run_effects

Browser = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def pairs(round: Round) -> dict[int, int]:
    standing = round.challenges.exclude(state__in=["declined", "cancelled"])
    return dict(standing.values_list("host", "challenger"))


class Board:
    """The page of one officer: what it shows, and what pressing its buttons sends."""

    def __init__(self, client: Client, round: Round) -> None:
        self.client, self.address = client, reverse("round_match", args=[round.pk])
        self.read(client.get(self.address))

    def read(self, answer: Any) -> None:
        self.answer = answer
        if answer.context:
            form = answer.context["form"]
            self.sends = {"version": answer.context["board"].version} | {
                f"challenger_{row.host}": row.challenger or "" for row in form.hosts
            }
            if chosen := answer.context["chosen"]:
                self.sends["chosen"] = chosen.host

    def press(self, *, htmx: bool = False, **changed: Any) -> Any:
        answer = self.client.post(
            self.address,
            {**self.sends, **changed},
            headers=HTMX if htmx else {},
        )
        if answer.status_code == 302 and answer.url.startswith(self.address + "/"):
            return answer
        self.read(self.client.get(answer.url) if answer.status_code == 302 else answer)
        return self.answer

    @property
    def text(self) -> str:
        return self.answer.content.decode()


@pytest.fixture
def open_round(world: World) -> Round:
    return world.opened()


@pytest.fixture
def board(world: World, open_round: Round, signed_in: Browser) -> Board:
    return Board(signed_in(world.officer), open_round)


def test_a_new_board_is_empty_and_offers_to_fill_itself(board: Board) -> None:
    assert "Nobody is matched yet." in board.text
    assert "Fill the empty ones in alphabetical order" in board.text


@pytest.mark.parametrize("htmx", [False, True])
def test_filling_makes_one_ring_by_name(board: Board, open_round: Round, htmx: bool) -> None:
    a, b, c = (member.pk for member in members(open_round))
    board.press(fill=1, htmx=htmx)
    assert pairs(open_round) == {a: b, b: c, c: a}
    assert "Every rule is met." in board.text
    assert "Fill the empty ones" not in board.text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_choice_from_the_lists_is_kept_and_checked(
    board: Board, open_round: Round, htmx: bool
) -> None:
    a, b, _c = members(open_round)
    board.press(**{f"challenger_{a.pk}": b.pk, f"challenger_{b.pk}": a.pk}, htmx=htmx)
    assert pairs(open_round) == {a.pk: b.pk, b.pk: a.pk}
    assert f"{a.authority} and {b.authority} would challenge each other." in board.text
    assert "1 has no challenger yet." in board.text
    assert board.text.count("They would challenge each other") == 2
    assert "app-ring__line--problem" in board.text


@pytest.mark.parametrize("htmx", [False, True])
def test_two_presses_swap_two_challengers(
    world: World, open_round: Round, signed_in: Browser, htmx: bool
) -> None:
    a, b, c = members(open_round)
    actions.propose_matches(open_round, {a: b, b: c}, by=world.officer)
    board = Board(signed_in(world.officer), open_round)
    board.press(swap=a.pk, htmx=htmx)
    assert f"{b.authority}, who challenges {a.authority}, is chosen." in board.text
    assert board.text.count('aria-pressed="true"') == 1
    board.press(swap=c.pk, htmx=htmx)
    assert pairs(open_round) == {b.pk: c.pk, c.pk: b.pk}
    assert "Swapped." in board.text
    assert 'aria-pressed="true"' not in board.text


def test_a_swap_that_would_have_one_challenge_itself_is_not_made(
    board: Board, open_round: Round
) -> None:
    a, b, _c = members(open_round)
    board.press(fill=1)
    before = pairs(open_round)
    board.press(swap=a.pk)
    board.press(swap=b.pk)
    assert "one of the two would challenge itself" in board.text
    assert pairs(open_round) == before


def test_pressing_the_same_row_twice_lets_it_go(board: Board, open_round: Round) -> None:
    a = members(open_round)[0]
    board.press(fill=1)
    before = pairs(open_round)
    board.press(swap=a.pk)
    board.press(swap=a.pk)
    assert 'aria-pressed="true"' not in board.text
    assert pairs(open_round) == before


def test_a_change_of_the_board_redraws_rows_rules_and_ring(board: Board) -> None:
    answer = board.press(fill=1, htmx=True)
    page = answer.content.decode()
    assert page.startswith('<form id="board"')
    assert '<div id="match-state" hx-swap-oob="innerHTML">' in page
    assert '<div id="match-ring" hx-swap-oob="innerHTML">' in page
    assert "<html" not in page


@pytest.mark.parametrize("htmx", [False, True])
def test_the_later_of_two_officers_sees_both_and_overwrites_nothing(
    world: World, open_round: Round, signed_in: Browser, htmx: bool
) -> None:
    a, b, c = members(open_round)
    colleague = world.person(Role.BOARD_OFFICER, name="Second Officer")
    mine, theirs = (Board(signed_in(user), open_round) for user in (world.officer, colleague))
    theirs.press(**{f"challenger_{a.pk}": c.pk})
    mine.press(**{f"challenger_{a.pk}": b.pk}, htmx=htmx)
    assert pairs(open_round) == {a.pk: c.pk}
    assert "Second Officer changed the matches while you had this page open." in mine.text
    assert f"Saved now: {c.authority}" in mine.text
    assert mine.sends[f"challenger_{a.pk}"] == b.pk
    mine.press(htmx=htmx)
    assert pairs(open_round) == {a.pk: b.pk}


def test_a_host_that_is_no_choice_is_refused(board: Board, open_round: Round) -> None:
    a, b, _ = members(open_round)
    for wrong in (a.pk, 999_999, "x", "\x00", "9" * 40):
        board.press(**{f"challenger_{a.pk}": wrong, f"challenger_{b.pk}": ""})
        assert board.answer.status_code == 200
    assert pairs(open_round) == {}


def test_what_stands_in_the_way_of_confirming_is_said_once_on_its_row(
    board: Board, open_round: Round
) -> None:
    a, b, c = members(open_round)
    board.press(**{f"challenger_{a.pk}": b.pk, f"challenger_{b.pk}": a.pk, "confirm": 1})
    errors = board.answer.context["form"].errors
    assert {name: list(found) for name, found in errors.items()} == {
        f"challenger_{a.pk}": [f"{a.authority} and {b.authority} would challenge each other"],
        f"challenger_{c.pk}": [f"{c.authority} has no challenger yet"],
    }
    assert f'href="#id_challenger_{c.pk}"' in board.text


def test_confirming_stops_first_and_names_every_pair(
    world: World, board: Board, open_round: Round, signed_in: Browser
) -> None:
    board.press(fill=1)
    answer = board.press(confirm=1)
    assert answer.url == reverse("round_match_confirm", args=[open_round.pk])
    page = signed_in(world.officer).get(answer.url).content.decode()
    assert "You are about to e-mail 3 directors" in page
    assert "Confirm 3 matches and tell directors" in page
    assert [director.name in page for director in world.directors] == [True] * 3
    assert set(open_round.challenges.values_list("state", flat=True)) == {"proposed"}


def test_confirming_twice_tells_nobody_twice(
    world: World, proposed: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), reverse("round_match_confirm", args=[proposed.pk])
    version = {"version": client.get(address).context["board"].version}
    assert client.post(address, version).url == reverse("round_visits", args=[proposed.pk])
    again = client.post(address, version, follow=True)
    assert "confirmed already: nobody is told twice" in again.content.decode()
    run_effects()
    assert sum("challenge" in message.subject for message in mail.outbox) == 6


def test_confirming_what_has_changed_meanwhile_looks_again(
    world: World, proposed: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), reverse("round_match_confirm", args=[proposed.pk])
    version = {"version": client.get(address).context["board"].version}
    a, _b, _c = members(proposed)
    actions.propose_matches(proposed, {a: None}, by=world.officer)
    answer = client.post(address, version, follow=True)
    assert "changed since you looked at them" in answer.content.decode()
    assert set(proposed.challenges.values_list("state", flat=True)) <= {"proposed"}


def test_there_is_nothing_to_confirm_before_every_rule_is_met(
    world: World, open_round: Round, signed_in: Browser
) -> None:
    answer = signed_in(world.officer).get(reverse("round_match_confirm", args=[open_round.pk]))
    assert answer.url == reverse("round_match", args=[open_round.pk])


def test_a_host_with_an_offer_is_fixed_until_it_is_taken_back(
    world: World, offered: Round, signed_in: Browser
) -> None:
    challenge = world.first(offered)
    client = signed_in(world.officer)
    assert "<select" not in client.get(reverse("round_match", args=[offered.pk])).content.decode()
    address = reverse("challenge_cancel", args=[challenge.pk])
    assert "Take it back and tell both sides" in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address).url == reverse("round_match", args=[offered.pk])
    assert world.again(challenge).state == ChallengeState.CANCELLED
    board = Board(client, offered)
    assert [row.host for row in board.answer.context["form"].hosts] == [challenge.host_id]


def test_taking_back_is_the_officers(world: World, offered: Round, signed_in: Browser) -> None:
    address = reverse("challenge_cancel", args=[world.first(offered).pk])
    host = world.director_of(world.first(offered).host_authority)
    assert signed_in(host).post(address).status_code == 403
    assert signed_in(World().officer).post(address).status_code == 404


def test_why_a_match_was_declined_stands_on_its_row(
    world: World, offered: Round, signed_in: Browser
) -> None:
    challenge = world.first(offered)
    host = fresh(world.director_of(challenge.host_authority))
    actions.decline_challenge(challenge, reason="Inspected <b>this</b> winter", by=host)
    board = Board(signed_in(world.officer), offered)
    assert "was declined: “Inspected &lt;b&gt;this&lt;/b&gt; winter”" in board.text


def test_an_area_shows_once_the_self_assessment_is_sent(
    world: World, open_round: Round, signed_in: Browser
) -> None:
    one, other, _ = members(open_round)
    world.sent(one)
    world.answered(other)
    rows = Board(signed_in(world.officer), open_round).answer.context["board"].rows
    assert [row.area for row in rows] == ["Adoption", "", ""]


def test_before_the_invitation_the_page_says_why_not(world: World, signed_in: Browser) -> None:
    round = world.drafted()
    board = Board(signed_in(world.officer), round)
    assert "Matching starts once the authorities are invited" in board.text
    assert board.client.post(board.address, board.sends).status_code == 403
    assert not Challenge.objects.exists()
