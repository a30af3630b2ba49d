"""A letter as each may read it, and its PDF."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from feedback import actions
from feedback.models import Letter
from peerchallenge.audit.actions import CLOCK
from tests.feedback.conftest import Happened, cast
from tests.world import World

Browser = Callable[[User], Client]


def at(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.pk])


class TestReading:
    def test_is_recorded_and_names_who_has_it(self, world: World, browser: Browser) -> None:
        letter = world.letter_with_host()
        happened = Happened()
        page = browser(letter.drafted_by).get(at("letter", letter))
        assert happened.verbs == ["letter.read"]
        assert f"Director of {letter.challenge.host_authority}: checks the facts" in page.text

    def test_takes_as_many_queries_for_three_of_a_team_as_for_one(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_drafted()
        client, counts = browser(letter.drafted_by), []
        for _size in range(2):
            client.get(at("letter", letter))
            with CaptureQueriesContext(connection) as queries:
                client.get(at("letter", letter))
            counts.append(len(queries))
            for _more in range(2):
                person = world.person("reviewer", letter.challenge.challenger_authority)
                letter.challenge.team.create(user=person, from_date=timezone.localdate())
        assert counts[0] == counts[1]
        assert counts[0] <= 45

    def test_beside_what_the_team_noted_is_not_the_approvers(
        self, world: World, client: Client
    ) -> None:
        letter = world.letter_checked()
        client.force_login(world.approver)
        assert "Read the draft beside" not in client.get(at("letter", letter)).text
        assert client.get(at("letter_beside", letter)).status_code == 403

    def test_the_pdf_gives_the_very_bytes_and_is_recorded(
        self, world: World, browser: Browser
    ) -> None:
        letter = actions.seal_letter(world.letter_issuing(), b"%PDF-the bytes", by=CLOCK)
        people = cast(world, letter.challenge)
        for name in ("lead", "member", "director", "lead_member", "officer", "approver"):
            happened = Happened()
            response = browser(people[name]).get(at("letter_pdf", letter))
            assert response.content == b"%PDF-the bytes"
            assert response["X-Content-SHA256"] == letter.sha256
            assert response["Content-Type"] == "application/pdf"
            assert response["Content-Disposition"].startswith("attachment; filename=")
            assert response["Cache-Control"] == "no-store"
            assert happened.verbs == ["letter.downloaded"]
        for name in ("chair", "director_elsewhere", "stranger"):
            assert browser(people[name]).get(at("letter_pdf", letter)).status_code == 404
            assert browser(people[name]).get(at("letter", letter)).status_code == 404

    def test_there_is_no_pdf_before(self, world: World, browser: Browser) -> None:
        letter = world.letter_checked()
        response = browser(world.approver).get(at("letter_pdf", letter))
        assert response.status_code == 403
        assert "The PDF is made when the letter is issued." in response.text

    def test_bytes_that_were_tampered_with_are_an_error_and_not_a_letter(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_issuing()
        Letter.objects.filter(pk=letter.pk).update(
            state="issued", pdf=b"%PDF-forged", sha256="0" * 64, sealed_at=timezone.now()
        )
        client = browser(world.officer)
        client.raise_request_exception = False
        response = client.get(at("letter_pdf", letter))
        assert response.status_code == 500
        assert b"forged" not in response.content
