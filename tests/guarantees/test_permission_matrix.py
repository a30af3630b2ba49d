"""Guarantee 1: nobody reads what is not theirs, on any page, at any moment of a round."""

from __future__ import annotations

import io
import logging
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from authorities.models import User
from tests.guarantees.matrix import policy
from tests.guarantees.matrix.addresses import arguments
from tests.guarantees.matrix.guards import Guards, Place
from tests.guarantees.matrix.scenes import SCENES, Scene
from tests.world import World

POLICY = policy.read("policy/*.csv")
TOKENS = policy.read("tokens.csv")
METHODS = ("GET", "POST")
FIRST = next(iter(SCENES))
# Where the round stands changes nothing for these: asked about once.
REFUSED = {"403", "404"}
NAMED = {(row.name, row.method) for row in POLICY}
REFUSED_ALWAYS: set[tuple[str, str]] = set()
GUARDS, DONE = Guards(), set[str]()
# The matrix sends empty forms, so a rule behind a filled one is not missed here; the tests of
# permissions hold those.
MISSED_AT_LEAST = 60
ALWAYS_THE_SAME = {row.name for row in POLICY if row.scenes == ("*",)} - {"home"}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {row.name for row in POLICY} == set(policy.named_addresses())


def test_every_row_is_about_scenes_that_exist_and_all_people() -> None:
    people = set(POLICY[0].cells)
    assert [row for row in POLICY + TOKENS if not any(row.fits(scene) for scene in SCENES)] == []
    assert [row.name for row in POLICY + TOKENS if set(row.cells) != people] == []


# Thousands of pages: counting their lines and keeping their warnings would double the time.
@pytest.mark.no_cover
@pytest.mark.django_db
@pytest.mark.parametrize("moment", SCENES)
def test_everybody_gets_exactly_what_the_policy_says(
    moment: str, figure: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    scene = SCENES[moment](World())
    clients = {person: _signed_in(user) for person, user in scene.people.items()}
    wrong: list[str] = []
    seen: set[tuple[str, str]] = set()
    cells = 0
    with GUARDS.watched():
        for place, address in _places(scene, moment):
            GUARDS.begin()
            response = _ask(clients[place.person], place.method, address)
            got = policy.outcome(response)
            cells += 1
            if place.expected and got != place.expected:
                wrong.append(f"{_said(place)} got {got}, not {place.expected}")
            if not place.expected and got == "ok":
                wrong.append(f"{_said(place)} got in, and no row says so")
            if got in REFUSED and got == place.expected:
                GUARDS.note(place)
            seen |= {(token, place.person) for token in _tokens_in(response)}
        GUARDS.try_without(lambda place: _outcome_of(scene, clients, place))
    for token in TOKENS:
        for person, may in token.cells.items():
            if token.fits(moment) and ((token.name, person) in seen) != (may == "ok"):
                what = "saw" if (token.name, person) in seen else "never saw"
                wrong.append(f"{person} {what} {token.name}")
    figure(f"guarantee 1: {moment}: {cells} cells, {len(wrong)} wrong")
    DONE.add(moment)
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_guard_that_is_taken_away_is_missed(figure: Callable[[str], None]) -> None:
    if set(SCENES) != DONE:
        pytest.skip("needs every moment above")
    left = sorted(GUARDS.everything - GUARDS.noticed)
    figure(f"guarantee 1: {len(GUARDS.noticed)} of {len(GUARDS.everything)} removed guards missed")
    figure(f"guarantee 1: not missed: {', '.join(left)}")
    assert len(GUARDS.noticed) >= MISSED_AT_LEAST


def _places(scene: Scene, moment: str) -> Iterator[tuple[Place, str]]:
    """Everybody at every address of this moment, with what the policy says they get."""
    for name in policy.named_addresses():
        address = _address(scene, name)
        if address is None or (name in ALWAYS_THE_SAME and moment != FIRST):
            continue
        for method in METHODS:
            row = policy.row_for(POLICY, name, method, moment)
            if (name, method) not in NAMED:
                # No row at any moment, such as a POST to a page that only shows: asked once.
                if (name, method) in REFUSED_ALWAYS:
                    continue
                REFUSED_ALWAYS.add((name, method))
            for person in scene.people:
                yield Place(name, method, person, row.cells[person] if row else ""), address


def _said(place: Place) -> str:
    return f"{place.method} {place.name}: {place.person}"


def _outcome_of(scene: Scene, clients: dict[str, Client], place: Place) -> str:
    address = _address(scene, place.name)
    assert address is not None
    return policy.outcome(_ask(clients[place.person], place.method, address))


def _signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user)
    return client


def _address(scene: Scene, name: str) -> str | None:
    """The address in this scene, or None where the scene has nothing it could lead to."""
    found = arguments(scene, name)
    return None if found is None else reverse(name, kwargs=found)


def _ask(client: Client, method: str, address: str) -> HttpResponse:
    """One request whose changes are taken back, a sign-out or a sign-in too."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response: Any = client.generic(
            method, address, content_type="application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def _tokens_in(response: HttpResponse) -> set[str]:
    text = _text_of(response) + "".join(f"{k}: {v}\n" for k, v in response.headers.items())
    return {row.name for row in TOKENS if row.name in text}


def _text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/pdf"):
        done = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
        body = done.stdout
    if body.startswith(b"PK"):  # a spreadsheet or a Word document: its parts one after the other
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    return str(body.decode("utf-8", "replace"))
