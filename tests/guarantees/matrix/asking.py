"""Everybody asks for every page of a moment, and then again without one guard after another."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, reverse

from tests.guarantees.matrix import policy
from tests.guarantees.matrix.addresses import arguments
from tests.guarantees.matrix.focused import FOCUSED, SHOWN
from tests.guarantees.matrix.guards import Guards, Place
from tests.guarantees.matrix.requests import Asking
from tests.guarantees.matrix.scenes import ON_THE_LETTER, SCENES, Scene
from tests.guarantees.matrix.thinned import asked, is_whole
from tests.guards import everything
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
    addresses = _addresses(scene, moment)
    asking = Asking(scene.people)
    wrong: list[str] = []
    seen: set[tuple[str, str]] = set()
    cells = 0
    with GUARDS.watched(), asking.begun():
        for place in _places(list(scene.people), moment, addresses):
            GUARDS.begin()
            response = asking.ask(place.person, place.method, addresses[place.name])
            got = policy.outcome(response)
            cells += 1
            if place.expected and got != place.expected:
                wrong.append(f"{_said(place)} got {got}, not {place.expected}")
            if not place.expected and got == "ok":
                wrong.append(f"{_said(place)} got in, and no row says so")
            if got in REFUSED and got == place.expected:
                GUARDS.note(place)
            seen |= {(token, place.person) for token in _tokens_in(response)}
        GUARDS.try_without(
            lambda place: policy.outcome(
                asking.ask(place.person, place.method, addresses[place.name])
            )
        )
    wrong += _tokens_wrong(moment, seen)
    DONE.add(moment)
    return cells, wrong


def _tokens_wrong(moment: str, seen: set[tuple[str, str]]) -> list[str]:
    """Who saw what they must not, or did not see what they must."""
    wrong: list[str] = []
    for token in (token for token in TOKENS if token.fits(moment)):
        for person, may in token.cells.items():
            found = (token.name, person) in seen
            if found and may != "ok":
                wrong.append(f"{person} saw {token.name}")
            elif _is_shown(token.name, moment) and may == "ok" and not found:
                wrong.append(f"{person} never saw {token.name}")
    return wrong


def _is_shown(token: str, moment: str) -> bool:
    """Is every page asked for on which those who may would see it?"""
    if moment in FOCUSED:
        return token in SHOWN[moment]
    return is_whole(moment) and (moment not in ON_THE_LETTER or token in OF_LETTERS)


def missed_in(moments: Sequence[str]) -> str | None:
    """How many removed guards the pages of these moments missed; None unless all was asked."""
    if not set(moments) <= DONE:
        return None
    of = len(everything())
    return f"{moments[0]} and later: {len(GUARDS.noticed)} of {of} removed guards missed by a page"


def _addresses(scene: Scene, moment: str) -> dict[str, str]:
    """By name, what is asked for; all that it needs is there before the first page is."""
    addresses: dict[str, str] = {}
    for name, pattern in policy.named_addresses().items():
        if not _is_asked(name, pattern, moment):
            continue
        found = arguments(scene, name)
        if found is not None:
            addresses[name] = reverse(name, kwargs=found)
    return addresses


def _is_asked(name: str, pattern: URLPattern, moment: str) -> bool:
    if moment in FOCUSED:
        return name in FOCUSED[moment]
    if name in ALWAYS_THE_SAME:
        return moment == FIRST
    module = pattern.callback.__module__ if pattern.callback else ""
    return moment not in ON_THE_LETTER or module.startswith(SPEAKS_OF_LETTERS)


def _places(everybody: Sequence[str], moment: str, addresses: dict[str, str]) -> Iterator[Place]:
    """Everybody at every address of this moment, with what the policy says they get."""
    for turn, name in enumerate(policy.named_addresses()):
        if name not in addresses:
            continue
        for method in METHODS:
            row = policy.row_for(POLICY, name, method, moment)
            people = everybody
            if (name, method) not in NAMED:
                # No row at any moment, such as a POST to a page that only shows: asked once.
                if (name, method) in REFUSED_ALWAYS:
                    continue
                REFUSED_ALWAYS.add((name, method))
            elif name not in ALWAYS_THE_SAME and moment not in FOCUSED:
                people = asked(POLICY, name, method, moment, people, turn)
            for person in people:
                yield Place(name, method, person, row.cells[person] if row else "")


def _said(place: Place) -> str:
    return f"{place.method} {place.name}: {place.person}"


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
