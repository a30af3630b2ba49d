from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from feedback.models import Letter
from feedback.queries import render_effects
from feedback.states import LetterState
from peerchallenge.outbox.models import Effect
from rounds.models import Round
from tests.feedback.conftest import PERSONAS, Happened, again, cast
from tests.world import LETTER_TOKEN, WORDING_TOKEN, World, run_effects

Browser = Callable[[User], Client]
PAGES = ("round_letters", "round_letters_issue", "round_letters_progress")


def at(name: str, round: Round) -> str:
    return reverse(name, args=[round.pk])


def test_the_letters_of_a_round_are_for_officers_and_the_approver_without_a_word_of_them(
    world: World, browser: Browser
) -> None:
    letter = world.letter_approved()
    people = cast(world, letter.challenge)
    outside = {"stranger"}
    for name in PAGES:
        answers = {}
        for who in PERSONAS:
            response = browser(people[who]).get(at(name, letter.challenge.round))
            answers[who] = response.status_code
            assert LETTER_TOKEN not in response.text
            assert WORDING_TOKEN not in response.text
        follows = dict.fromkeys(("officer", "approver"), 200)
        assert answers == {
            who: follows.get(who, 404 if who in outside else 403) for who in PERSONAS
        }


def test_each_row_says_the_state_and_who_has_the_letter(world: World, browser: Browser) -> None:
    letter = world.letter_with_host()
    page = browser(world.officer).get(at("round_letters", letter.challenge.round))
    rows = {row.challenge.pk: row for row in page.context["letters"].rows}
    assert len(rows) == 3
    row = rows[letter.challenge_id]
    assert row.state == "With the host for accuracy"
    assert row.turn.who == f"Director of {letter.challenge.host_authority.short_name}"
    others = [other for pk, other in rows.items() if pk != letter.challenge_id]
    assert [(other.state, other.turn.what) for other in others] == [
        ("No letter yet", "The visit comes first")
    ] * 2


def test_the_list_takes_as_many_queries_for_three_letters_as_for_one(
    world: World, browser: Browser
) -> None:
    letter = world.letter_issuing()
    round = letter.challenge.round
    client, counts = browser(world.officer), {name: [] for name in PAGES}
    for _more in range(2):
        for name in PAGES:
            client.get(at(name, round))
            with CaptureQueriesContext(connection) as queries:
                client.get(at(name, round))
            counts[name].append(len(queries))
        for number, challenge in enumerate(round.challenges.exclude(pk=letter.challenge_id)):
            Letter.objects.get_or_create(
                challenge=challenge,
                state=LetterState.ISSUING,
                drafted_by=letter.drafted_by,
                number=number + 2,
                reference=f"X-{number}",
                issued_on=letter.issued_on,
                content=letter.content,
            )
    assert {name: len(set(found)) for name, found in counts.items()} == dict.fromkeys(PAGES, 1)
    assert max(max(found) for found in counts.values()) <= 20


class TestIssuingAll:
    def test_names_who_receives_a_letter_and_issues_just_those(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_approved()
        round, officer = letter.challenge.round, browser(world.officer)
        page = officer.get(at("round_letters_issue", round))
        director = world.director_of(letter.challenge.host_authority)
        assert "You are about to issue 1 letter" in page.text
        assert [(to.authority, to.director) for to in page.context["recipients"]] == [
            (letter.challenge.host_authority.name, director.name)
        ]
        shown = {"letters": page.context["letters"]}
        response = officer.post(at("round_letters_issue", round), shown)
        assert response["Location"] == at("round_letters_progress", round)
        happened = Happened()
        assert officer.post(at("round_letters_issue", round), shown).status_code == 302
        assert happened.promises == []
        assert Effect.objects.filter(task="feedback.render_letter").count() == 1

    def test_without_saying_which_does_not_exist(self, world: World, browser: Browser) -> None:
        letter = world.letter_approved()
        officer = browser(world.officer)
        for data in ({}, {"letters": "1,x"}, {"letters": "9" * 40}):
            response = officer.post(at("round_letters_issue", letter.challenge.round), data)
            assert response.status_code == 404
        assert again(letter).state == LetterState.APPROVED

    def test_with_nothing_approved_goes_back_to_the_list(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_checked()
        round = letter.challenge.round
        response = browser(world.officer).get(at("round_letters_issue", round))
        assert response["Location"] == at("round_letters", round)


class TestProgress:
    def test_is_asked_for_again_until_the_letter_is_issued(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_issuing()
        round, officer = letter.challenge.round, browser(world.officer)
        address = at("round_letters_progress", round)
        waiting = officer.get(address, headers={"HX-Request": "true"})
        assert "<html" not in waiting.text
        assert 'hx-trigger="load delay:1s"' in waiting.text
        assert (waiting.context["progress"].done, waiting.context["progress"].total) == (0, 1)
        assert (
            f'id="letter-{letter.pk}"'
            not in officer.get(address, {"since": 10**10}, headers={"HX-Request": "true"}).text
        )
        run_effects()
        moved = officer.get(address, {"since": 0}, headers={"HX-Request": "true"})
        assert f'<tr class="govuk-table__row" id="letter-{letter.pk}" hx-swap-oob' in moved.text
        over = officer.get(address)
        assert "hx-trigger" not in over.text
        assert "All 1 letters are issued" not in over.text
        assert "The letter is issued." in over.text
        assert reverse("letter_pdf", args=[letter.pk]) in over.text

    def test_says_why_a_letter_could_not_be_made_and_tries_again(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_issuing()
        round, officer = letter.challenge.round, browser(world.officer)
        effect = Effect.objects.filter(pk=render_effects([letter.pk])[letter.pk].pk)
        effect.update(error="RenderingFailed: No font here can print: 汉", attempts=1)
        page = officer.get(at("round_letters_progress", round))
        assert "No font here can print: 汉" in page.text
        assert "Try again" not in page.text
        effect.update(state="failed", attempts=3, ended_at=timezone.now())
        for name in ("round_letters", "round_letters_progress"):
            page = officer.get(at(name, round))
            assert "No font here can print: 汉" in page.text
            assert "Try again" in page.text
            assert "hx-trigger" not in page.text
            assert "The approver can send it back to the team" in page.text
        host = world.director_of(letter.challenge.host_authority)
        for who, sees in ((world.approver, True), (letter.drafted_by, True), (host, False)):
            page = browser(who).get(reverse("letter", args=[letter.pk])).text
            assert "Could not be made" in page
            assert "Approver and board officer: have what stands in the way" in page
            assert ("No font here can print: 汉" in page) is sees
        unmade = f"The PDF of the letter to {letter.challenge.host_authority} could not be made"
        assert unmade in browser(world.approver).get("/").text
        assert unmade not in browser(host).get("/").text
        sent = officer.get(reverse("round_messages", args=[round.pk])).text
        assert "No font here can print: 汉" in sent
        assert "RenderingFailed" not in sent
        officer.post(reverse("round_letter_issue", args=[round.pk, letter.pk]))
        assert (effect.get().state, effect.get().attempts) == ("waiting", 0)
        effect.update(state="failed", attempts=3, ended_at=timezone.now())
        for _twice in range(2):
            officer.post(reverse("round_letters_retry", args=[round.pk]))
            assert (effect.get().state, effect.get().attempts) == ("waiting", 0)

    def test_says_so_when_nothing_has_moved_for_minutes(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_issuing()
        officer, page = browser(world.officer), at("round_letters_progress", letter.challenge.round)
        assert "Nothing has moved" not in officer.get(page).text
        Effect.objects.update(promised_at=timezone.now() - timedelta(minutes=7))
        assert "Nothing has moved for 7 minutes: nothing is lost" in officer.get(page).text

    def test_keeps_what_is_ours_to_look_into_to_ourselves(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_issuing()
        Effect.objects.filter(pk=render_effects([letter.pk])[letter.pk].pk).update(
            error="OperationalError: password is hunter2", state="failed", ended_at=timezone.now()
        )
        page = browser(world.officer).get(at("round_letters_progress", letter.challenge.round))
        assert "hunter2" not in page.text
        assert "OperationalError" in page.text


class TestIssuingOne:
    def test_names_whom_it_goes_to_first(self, world: World, browser: Browser) -> None:
        letter = world.letter_approved()
        round, officer = letter.challenge.round, browser(world.officer)
        address = f"{at('round_letters_issue', round)}?only={letter.pk}"
        assert f'href="{address}"' in officer.get(at("round_letters", round)).text
        page = officer.get(address)
        assert world.director_of(letter.challenge.host_authority).name in page.text
        assert page.context["letters"] == str(letter.pk)
        assert officer.get(f"{address}0").status_code == 302

    def test_pressed_twice_it_is_issued_once(self, world: World, browser: Browser) -> None:
        letter = world.letter_approved()
        round, approver = letter.challenge.round, browser(world.approver)
        address = reverse("round_letter_issue", args=[round.pk, letter.pk])
        for _twice in range(2):
            response = approver.post(address)
            assert response["Location"] == at("round_letters_progress", round)
        world.region.refresh_from_db()
        assert world.region.letters_issued == 1
        assert Effect.objects.filter(task="feedback.render_letter").count() == 1

    def test_of_another_round_does_not_exist(self, world: World, browser: Browser) -> None:
        letter = world.letter_approved()
        other = world.opened()
        address = reverse("round_letter_issue", args=[other.pk, letter.pk])
        assert browser(world.officer).post(address).status_code == 404
        assert again(letter).state == LetterState.APPROVED
