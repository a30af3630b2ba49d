"""One question a page: saved as it is typed, never overwritten unseen, never a server error."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Membership, User
from peerchallenge.shared.fields import TEXT_LIMIT
from rounds import actions
from rounds.models import Participation, Question, SelfAssessment
from tests.rounds.conftest import at, boxed, text_of, words
from tests.world import World

SignedIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def test_the_page_asks_one_question_under_its_section(
    here: str, question: Question, director: User, signed_in: SignedIn
) -> None:
    page = words(signed_in(director).get(here))
    assert "Your area and its children – question 1 of 2" in page
    assert page.count("<h1") == 1
    assert question.text in page
    assert f"Up to {question.word_limit} words." in page
    assert f"0 of {question.word_limit} words." in page


# --- Saved as typed ------------------------------------------------------------------------


def test_typing_saves_and_answers_with_the_time_the_count_and_the_new_version(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    for version, text in enumerate(("One", "One two", "One two three")):
        answer = client.post(here, boxed(here, text=text, version=version), **HTMX)
        assert answer.status_code == 200
        line = words(answer)
        assert line.startswith("Saved at ")
        count = f"{version + 1} of 350 words."
        assert count in line
        assert f'value="{version + 1}" autocomplete="off" hx-swap-oob="true"' in line
    assert text_of(own) == ["One two three"]


def test_too_many_words_are_saved_and_said(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    text = " ".join(["word"] * 353)
    answer = signed_in(director).post(here, boxed(here, text=text, version=0), **HTMX)
    assert "353 of 350 words. That is 3 too many: shorten it before it is sent." in words(answer)
    assert text_of(own) == [text]


def test_an_empty_box_saves_nothing(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    answer = signed_in(director).post(here, boxed(here, text=" \n ", version=0), **HTMX)
    assert words(answer).startswith("Nothing to save yet.")
    assert text_of(own) == []


def test_a_conflict_is_said_beside_the_box_and_changes_nothing(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    colleague: User,
    signed_in: SignedIn,
) -> None:
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    answer = signed_in(director).post(here, boxed(here, text="Mine.", version=0), **HTMX)
    assert answer.status_code == 409
    assert words(answer).startswith("Not saved. Keziah Brandt saved another text here at ")
    assert "hx-swap-oob" not in words(answer)  # the page keeps the version it started from
    assert text_of(own) == ["Theirs."]


def test_a_session_that_has_ended_saves_nothing_and_leads_away(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    client.logout()
    answer = client.post(here, boxed(here, text="Words.", version=0), **HTMX)
    assert answer.status_code == 302  # the browser's own script says so and keeps the text
    assert answer.url.startswith(reverse("account_login"))
    assert text_of(own) == []


def test_a_role_that_has_ended_saves_nothing_at_the_next_request(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    Membership.objects.filter(user=director).delete()
    assert client.post(here, boxed(here, text="Words.", version=0), **HTMX).status_code == 404
    assert text_of(own) == []


def test_sent_by_the_director_meanwhile_the_text_stays_in_the_page(
    world: World, part: Participation, colleague: User, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    client = signed_in(colleague)
    address = at(own, "context", 1)
    fields = boxed(address, text="My words so far.", version=1)
    line = client.post(address, fields, **HTMX)
    assert line.status_code == 422
    assert "has been sent" in words(line)
    page = client.post(address, fields)
    assert page.status_code == 403
    assert "My words so far." in words(page)
    assert "has been sent" in words(page)


# --- Without JavaScript --------------------------------------------------------------------


def test_save_and_continue_leads_through_the_section_and_on_to_what_is_unfinished(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    second = Question.objects.get(key="leadership_direction")
    actions.save_answer(own, second, "Written before.", version=0, by=director)
    first = client.post(at(own, "context", 1), boxed(at(own, "context", 1), text="One.", version=0))
    assert first.url == at(own, "context", 2)
    # “Leadership” lacks only what may be left out, so the next section is the one after it.
    last = client.post(first.url, boxed(first.url, text="Two.", version=0))
    assert last.url == at(own, "early_help", 1)


def test_after_the_last_question_comes_the_area_then_the_check(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    client = signed_in(director)
    last = at(own, "top_three", 2)
    answer = own.answers.get(question__key="top_concerns")
    fields = boxed(last, text=answer.text, version=1)
    assert client.post(last, fields).url == reverse("self_assessment_check", args=[own.pk])
    SelfAssessment.objects.filter(pk=own.pk).update(area=None)
    assert client.post(last, fields).url == reverse("self_assessment_area", args=[own.pk])


def test_come_back_later_leads_to_the_task_list_and_change_to_the_check(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    later = client.post(here, {**boxed(here, text="One.", version=0), "later": "1"})
    assert later.url == reverse("self_assessment", args=[own.pk])
    change = client.post(here + "?back=check", boxed(here, text="Two.", version=1))
    assert change.url == reverse("self_assessment_check", args=[own.pk])
    elsewhere = here + "?back=https://elsewhere.example"
    odd = client.post(elsewhere, boxed(here, text="3.", version=2))
    assert odd.url == at(own, "context", 2)


# --- Input nobody meant --------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a\x00b", "version": "0"},
        {"text": "a\ud800b", "version": "0"},
        {"text": "word", "version": "-1"},
        {"text": "word", "version": "9" * 400},
        {"text": "word", "version": "x"},
        {"text": "word"},
        {"version": "0"},
        {"text": "x" * (TEXT_LIMIT + 1), "version": "0"},
        {"mine": "x", "keep": "\x00", "version": "0"},
        {"mine": "x", "keep": "mine"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_odd_input_is_answered_and_never_kept_in_part(
    own: SelfAssessment,
    here: str,
    question: Question,
    director: User,
    signed_in: SignedIn,
    fields: dict[str, object],
    headers: dict[str, str],
) -> None:
    actions.save_answer(own, question, "Kept.", version=0, by=director)
    sent = urlencode(boxed(here, **fields), encoding="utf-8", errors="surrogatepass")
    form = "application/x-www-form-urlencoded"
    answer = signed_in(director).post(here, sent, content_type=form, **headers)
    assert answer.status_code in {302, 409, 422}
    assert text_of(own) == ["Kept."]


def test_what_cannot_be_kept_is_said_and_the_rest_stays_in_the_page(
    own: SelfAssessment, here: str, director: User, signed_in: SignedIn
) -> None:
    page = signed_in(director).post(here, boxed(here, text="before\x00after", version="0"))
    assert page.status_code == 422
    assert "Remove the characters that cannot be kept" in words(page)
    assert "beforeafter" in words(page)
    assert text_of(own) == []


@pytest.mark.parametrize(
    "place", ["context/0", "context/3", "nothing/1", "context/" + "9" * 18, "area/1"]
)
def test_a_question_that_is_not_asked_is_not_there(
    own: SelfAssessment, director: User, signed_in: SignedIn, place: str
) -> None:
    address = f"/self-assessment/{own.pk}/{place}"
    assert signed_in(director).get(address).status_code == 404
    assert signed_in(director).post(address, {"text": "x", "version": 0}).status_code == 404


def test_a_stranger_and_the_board_get_404(
    world: World, own: SelfAssessment, here: str, signed_in: SignedIn
) -> None:
    for user in (world.directors[1], world.officer, world.chair):
        client = signed_in(user)
        assert client.get(here).status_code == 404
        assert client.post(here, boxed(here, text="x", version=0)).status_code == 404
    assert text_of(own) == []


def test_whoever_reads_a_sent_one_cannot_write_in_it(
    world: World, part: Participation, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    before = text_of(own)
    address = at(own, "context", 1)
    answer = signed_in(world.officer).post(address, boxed(address, text="x", version=1))
    assert answer.status_code == 403
    assert text_of(own) == before
