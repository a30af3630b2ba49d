"""An officer at the matching board: what the page shows, and what pressing its buttons sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Round, Scenario
from rounds.queries.weighing import members_by_id
from tests.world import World

Browser = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def ring_of(world: World, round: Round) -> Scenario:
    """Saved: each is challenged by the next in the row."""
    ids = sorted(members_by_id(round))
    pairs = list(zip(ids, ids[1:] + ids[:1], strict=True))
    return actions.save_matches(round, None, pairs, by=world.officer)


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
