"""Guarantee 12: rendering fetches nothing; a letter fails loudly, never appears with a hole."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any

import pytest

from feedback.documents import render_letter_pdf
from feedback.models.content import LetterContent, LetterPart, NextStep, TeamMember, ThemeFindings
from peerchallenge.shared.pdf import RenderingFailed, render_html
from tests.guarantees.fetch_vectors import vectors

CANARY = "canary-7f3e"
HEAD = '<!DOCTYPE html><html lang="en-GB"><head><title>A page</title></head><body><h1>A page</h1>'


@dataclass
class Watch:
    """What the process reached for: on the wire, on the disk, and through Python's own hooks."""

    file: str
    port: int = 0
    requests: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        return [
            f"HTTP://127.0.0.1:{self.port}/{CANARY}.svg?a=1",
            f"//127.0.0.1:{self.port}/{CANARY}.png",
            f"ftp://127.0.0.1:{self.port}/{CANARY}.ttf",
            f"file://{self.file}",
            f"FILE://localhost{self.file}?a#b",
        ]

    @property
    def caught(self) -> list[str]:
        return [*self.requests, *self.opened, *self.connected]

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and CANARY in str(arguments[0]):
            self.opened.append(str(arguments[0]))
        elif event in {"socket.connect", "socket.getaddrinfo"}:
            self.connected.append(f"{event} {arguments[1:]}")


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """A web server and a file that both hold a canary, and ears on every open and connect."""
    canary = tmp_path_factory.mktemp("canary") / f"{CANARY}.svg"
    canary.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text y="9">{CANARY}</text></svg>')
    watching = Watch(str(canary))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            watching.requests.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(canary.read_bytes())

        def log_message(self, *_: object) -> None: ...

    # Nobody can take a hook away again: it looks whether it is still wanted.
    on = [True]
    sys.addaudithook(lambda event, arguments: watching.hear(event, arguments) if on[0] else None)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        watching.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield watching
        on[0] = False
        server.shutdown()


def letter_full_of(texts: Iterator[str]) -> LetterContent:
    """A letter that says another of them in each of its fields."""
    said = [next(texts) for _ in range(32)]
    return LetterContent(
        reference=said[0],
        host=said[1],
        challenger=said[2],
        area=said[3],
        board=said[4],
        round_name=said[5],
        issued_on=date(2027, 3, 4),
        recipient_post=said[6],
        recipient_name=said[7],
        salutation=said[8],
        opening=(LetterPart(said[9], f"{said[10]}\n- {said[11]}"),),
        themes=(ThemeFindings(said[12], (said[13],), (said[14],), (said[15],)),),
        closing=(LetterPart(said[16], said[17]),),
        next_steps=(NextStep(said[18], said[19]),),
        team=(TeamMember(said[20], said[21], said[22], said[23].lower()),),
        signatory_name=said[24],
        signatory_post=said[25],
        signatory_authority=said[26],
        approved_by_name=said[27],
        approved_by_post=said[28],
        verify_at=said[29],
        supersedes=said[30],
        supersedes_reason=said[31],
    )


def leaves(value: Any) -> Iterator[str]:
    """Every line of text in it, without what marks a list and without dates and colour."""
    if isinstance(value, dict):
        plain = {"version", "issued_on", "colour", "by"}
        value = [item for key, item in value.items() if key not in plain]
    if isinstance(value, str):
        yield from (line.removeprefix("- ") for line in value.splitlines())
    elif value:
        for item in value:
            yield from leaves(item)


def text_of(pdf: bytes) -> str:
    """What is printed above the footers, in the order of the letter."""
    above = ["-raw", "-x", "0", "-y", "0", "-W", "595", "-H", "782"]
    run = subprocess.run(
        ["pdftotext", *above, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return run.stdout.decode()


def test_whatever_the_markup_asks_for_is_not_fetched(
    watch: Watch, figure: Callable[[str], None]
) -> None:
    documents = [f"{HEAD}{vector}" for url in watch.urls for vector in vectors(url)]
    refused, harmless = 0, []
    for html in documents:
        try:
            harmless.append(render_html(html, stylesheet="pdf/letter.css"))
        except RenderingFailed:
            refused += 1
    assert watch.caught == []
    assert not any(CANARY.encode() in pdf or CANARY in text_of(pdf) for pdf in harmless)
    assert len(vectors("x")) >= 60
    assert refused > len(documents) / 2
    figure(
        f"rendering fetches nothing: {len(vectors('x'))} ways × {len(watch.urls)} addresses = "
        f"{len(documents)} documents, {refused} refused, {len(harmless)} harmless, "
        f"{len(watch.caught)} fetched"
    )


def test_in_a_letter_the_same_is_only_text(watch: Watch, figure: Callable[[str], None]) -> None:
    tried = [" ".join(text.split()) for text in vectors(watch.urls[0])]
    turns = cycle(tried)
    letters = [letter_full_of(turns) for _ in range(10)]
    for letter in letters:
        # Without spaces and hyphens: a long word is broken where its line ends.
        printed = "".join(text_of(render_letter_pdf(letter)).replace("-", "").split())
        words = [word for text in leaves(letter.to_json()) for word in text.split()]
        assert [word for word in words if word.replace("-", "") not in printed] == []
    assert watch.caught == []
    figure(
        f"rendering fetches nothing: {len(tried)} ways as text in {len(letters)} letters, every "
        f"field another, {len(watch.caught)} fetched"
    )


def test_the_watch_would_notice(watch: Watch) -> None:
    """The same page without our guard is caught by each of its ears."""
    from weasyprint import HTML

    for url in (watch.urls[0], watch.urls[3]):
        HTML(string=f'{HEAD}<img alt="x" src="{url}">').write_pdf()
    heard = len(watch.requests), bool(watch.opened), bool(watch.connected)
    for ear in (watch.requests, watch.opened, watch.connected):
        ear.clear()
    assert heard == (1, True, True)
