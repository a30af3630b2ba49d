"""The letter in other shapes, and the public page that knows it by its fingerprint."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from authorities.models import User
from feedback import actions
from feedback.models import Letter, LetterFile
from feedback.states import FileKind, LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox.models import Effect
from tests.feedback.conftest import Happened, cast
from tests.pdfs import faults
from tests.world import World, run_effects

Browser = Callable[[User], Client]
VERIFY = "/verify"
CURRENT = "This letter was issued, and it is current"
REPLACED = "This letter was issued, and a later one has replaced it"
UNKNOWN = "No issued letter has this fingerprint"


def at(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.pk])


def answers(client: Client, **said: object) -> list[str]:
    page = client.post(VERIFY, said, follow=True).content.decode()
    return [answer for answer in (CURRENT, REPLACED, UNKNOWN) if answer in page]


class TestAFileBesideTheLetter:
    def test_is_made_when_somebody_first_asks_and_then_handed_over(
        self, world: World, browser: Browser
    ) -> None:
        letter = actions.seal_letter(world.letter_issuing(), b"%PDF-one", by=CLOCK)
        run_effects()
        people = cast(world, letter.challenge)
        client = browser(people["director"])
        for name in ("letter_large_print", "letter_docx"):
            for _twice in range(2):
                assert "The file is being made" in client.get(at(name, letter)).text
        browser(people["lead"]).get(at("letter_docx", letter))
        assert Effect.objects.filter(task="feedback.make_file").count() == 2
        run_effects()
        waiting = client.get(at("letter_docx", letter), headers={"HX-Request": "true"})
        assert "Download it" in waiting.text
        happened = Happened()
        large = client.get(at("letter_large_print", letter)).content
        assert faults(large) == []
        word = Document(io.BytesIO(client.get(at("letter_docx", letter)).content))
        assert happened.verbs == ["letter.downloaded"] * 2
        headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
        assert headings[0] == letter.frozen_content.title
        assert {part.heading for part in letter.frozen_content.all_parts} <= set(headings)
        page = client.get(at("letter", letter)).text
        assert page.count("KB)") == 2

    def test_made_twice_it_stays_as_it_was(self, world: World) -> None:
        letter = actions.seal_letter(world.letter_issuing(), b"%PDF-one", by=CLOCK)
        file = actions.want_file(letter, FileKind.WORD, by=letter.drafted_by)
        actions.keep_file(file, b"one", by=CLOCK)
        actions.keep_file(file, b"another", by=CLOCK)
        assert LetterFile.objects.get().kept_data == b"one"


class TestThePublicPage:
    def test_knows_a_letter_by_its_file_or_fingerprint_until_it_is_replaced(
        self, world: World, client: Client
    ) -> None:
        cache.clear()
        letter = world.letter_issuing()
        content = letter.frozen_content
        assert answers(client, fingerprint=content.short_fingerprint) == [UNKNOWN]
        letter = actions.seal_letter(letter, b"%PDF-one", by=CLOCK)
        file = actions.want_file(letter, FileKind.WORD, by=letter.drafted_by)
        actions.keep_file(file, b"a copy", by=CLOCK)
        assert letter.fingerprint == content.fingerprint

        def asked() -> list[list[str]]:
            return [
                answers(client, fingerprint=content.short_fingerprint),
                answers(client, fingerprint=content.fingerprint.upper()),
                answers(client, fingerprint=letter.sha256),
                answers(client, file=SimpleUploadedFile("letter.pdf", b"%PDF-one")),
                answers(client, file=SimpleUploadedFile("letter.docx", b"a copy")),
            ]

        assert asked() == [[CURRENT]] * 5
        assert answers(client, file=SimpleUploadedFile("a.pdf", b"%PDF-One")) == [UNKNOWN]
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.SUPERSEDED)
        assert asked() == [[REPLACED]] * 5

    def test_says_nothing_of_whose_letter_it_is(self, world: World, client: Client) -> None:
        cache.clear()
        letter = actions.seal_letter(world.letter_issuing(), b"%PDF-one", by=CLOCK)
        known = client.get(VERIFY, {"of": letter.sha256}).text
        assert CURRENT in known
        content = letter.frozen_content
        for word in (content.host, content.challenger, content.reference, content.round_name):
            assert word not in known

    @pytest.mark.django_db
    def test_says_what_to_enter_and_refuses_to_be_asked_without_end(self, client: Client) -> None:
        cache.clear()
        assert "Enter the fingerprint, or choose the file below" in client.post(VERIFY).text
        assert "must have 16 or 64" in client.post(VERIFY, {"fingerprint": "0f3a 91"}).text
        large = SimpleUploadedFile("letter.pdf", b"%" * 5_000_001)
        assert "larger than 5 MB" in client.post(VERIFY, {"file": large}).text
        assert client.get(VERIFY, {"of": "a letter"}).status_code == 404
        statuses = [client.get(VERIFY, {"of": "0" * 16}).status_code for _ in range(60)]
        assert (statuses[0], statuses[-1]) == (200, 429)
