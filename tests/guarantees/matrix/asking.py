"""Everybody asks for every page of a moment, and then again without one guard after another."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from authorities.models import User
from tests.guarantees.matrix import policy
from tests.guarantees.matrix.addresses import arguments
from tests.guarantees.matrix.guards import Guards, Place
from tests.guarantees.matrix.scenes import ON_THE_LETTER, SCENES, Scene
from tests.guarantees.matrix.thinned import asked, is_whole
from tests.world import World

POLICY = policy.read("policy/*.csv")
TOKENS = policy.read("tokens.csv")
METHODS = ("GET", "POST")
FIRST = next(iter(SCENES))
REFUSED = {"403", "404"}
# The pages on which a letter, or its text, can be seen at all.
SPEAKS_OF_LETTERS = ("feedback.", "peerchallenge.", "rounds.views.challenges")
OF_LETTERS = {"tokfinding", "tokwording", "tokletter"}
NAMED = {(row.name, row.method) for row in POLICY}
REFUSED_ALWAYS: set[tuple[str, str]] = set()
GUARDS, DONE = Guards(), set[str]()
# Where the round stands changes nothing for these: asked about once.
ALWAYS_THE_SAME = {row.name for row in POLICY if row.scenes == ("*",)} - {"home"}


def ask_all(moment: str) -> tuple[int, list[str]]:
    """How many cells there are at this moment, and what is not as the policy says."""
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
    wrong += _tokens_wrong(moment, seen)
    DONE.add(moment)
    return cells, wrong


def _tokens_wrong(moment: str, seen: set[tuple[str, str]]) -> list[str]:
    """Who saw what they must not, or did not see what they must."""
    wrong: list[str] = []
    for token in (token for token in TOKENS if token.fits(moment)):
        for person, may in token.cells.items():
            found = (token.name, person) in seen
            all_asked = moment not in ON_THE_LETTER or token.name in OF_LETTERS
            if found and may != "ok":
                wrong.append(f"{person} saw {token.name}")
            elif is_whole(moment) and all_asked and may == "ok" and not found:
                wrong.append(f"{person} never saw {token.name}")
    return wrong


def missed_in(moments: Sequence[str]) -> str | None:
    """How many removed guards were missed, and which were not; None unless all was asked."""
    if not set(moments) <= DONE:
        return None
    left = sorted(GUARDS.everything - GUARDS.noticed)
    missed = f"{len(GUARDS.noticed)} of {len(GUARDS.everything)} removed guards missed"
    return f"{missed} ({moments[0]} and later); not: {', '.join(left)}"


def _places(scene: Scene, moment: str) -> Iterator[tuple[Place, str]]:
    """Everybody at every address of this moment, with what the policy says they get."""
    for turn, (name, pattern) in enumerate(policy.named_addresses().items()):
        module = pattern.callback.__module__ if pattern.callback else ""
        if moment in ON_THE_LETTER and not module.startswith(SPEAKS_OF_LETTERS):
            continue
        address = _address(scene, name)
        if address is None or (name in ALWAYS_THE_SAME and moment != FIRST):
            continue
        for method in METHODS:
            row = policy.row_for(POLICY, name, method, moment)
            people = list(scene.people)
            if (name, method) not in NAMED:
                # No row at any moment, such as a POST to a page that only shows: asked once.
                if (name, method) in REFUSED_ALWAYS:
                    continue
                REFUSED_ALWAYS.add((name, method))
            elif name not in ALWAYS_THE_SAME:
                people = asked(POLICY, name, method, moment, people, turn)
            for person in people:
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
