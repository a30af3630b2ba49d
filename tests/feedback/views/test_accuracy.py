"""The check of a letter's facts, by those who say what is wrong and by the lead who answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from feedback import actions, queries
from feedback.models import Letter
from feedback.states import Audience, LetterState
from peerchallenge.audit.actions import CLOCK
from tests.feedback.conftest import again, cast
from tests.world import LETTER_TOKEN, World

Browser = Callable[[User], Client]
TITLE, BY = "face:title", {"HX-Request": "true"}


def at(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.pk])


def noted(page: Client, letter: Letter) -> str:
    """What the page says is noted by now: goes with the reply."""
    return page.get(at("letter_accuracy", letter)).context["form"].check.seen


def wrong(place: str, text: str, seen: str) -> dict[str, str]:
    return {f"wrong-{place}": text, f"seen-{place}": seen, "keep": place}


@pytest.fixture
def letter(world: World) -> Letter:
    return world.letter_with_host()


@pytest.fixture
def host(world: World, letter: Letter, browser: Browser) -> Client:
    return browser(world.director_of(letter.challenge.host_authority))


class TestTheHost:
    def test_agrees_with_one_press(self, letter: Letter, host: Client) -> None:
        page = host.get(at("letter_accuracy", letter))
        assert LETTER_TOKEN in page.text
        assert page.text.count('name="send"') == 1
        response = host.post(
            at("letter_accuracy", letter), {"send": "agree", "noted": noted(host, letter)}
        )
        assert response["Location"] == at("letter_accuracy", letter)
        assert again(letter).state == LetterState.CHECKED
        assert "everything is correct" in host.get(at("letter_accuracy", letter)).text

    def test_notes_by_htmx_or_without_and_sends_what_is_noted(
        self, letter: Letter, host: Client
    ) -> None:
        address = at("letter_accuracy", letter)
        opened = host.get(address, {"at": TITLE})
        seen = opened.context["form"][f"seen-{TITLE}"].value()
        response = host.post(address, wrong(TITLE, "Fostering <b>", seen))
        assert response["Location"] == f"{address}#face_title"
        part = host.get(address, {"at": TITLE}, headers=BY)
        assert "Fostering &lt;b&gt;" in part.text
        assert "<html" not in part.text
        swapped = host.post(address, wrong("whole", "Thanks.", seen), headers=BY)
        assert "2 paragraphs noted as wrong" in swapped.text
        assert "Send 2 corrections to the team" in swapped.text
        # A box still open goes along; agreeing by an old page sends nothing.
        seen = host.get(address, {"at": "face:salutation"}).context["form"]["seen-face:salutation"]
        also = {**wrong("face:salutation", "Madam", seen.value()), "noted": noted(host, letter)}
        refused = host.post(address, {**also, "send": "agree"})
        assert "Something is noted as wrong" in refused.text
        host.post(address, {"noted": noted(host, letter), "send": "wrong"})
        reply = again(letter).replies.get()
        assert [p.wrong for p in reply.points.all()] == ["Fostering <b>", "Thanks.", "Madam"]
        assert "3 paragraphs" not in host.get(address).text

    def test_sends_what_may_identify_a_child_only_in_their_own_name(
        self, letter: Letter, host: Client
    ) -> None:
        address = at("letter_accuracy", letter)
        seen = host.get(address, {"at": TITLE}).context["form"][f"seen-{TITLE}"].value()
        host.post(address, wrong(TITLE, "It was Jack Smith, aged 9", seen))
        page = host.get(address)
        assert "“Jack Smith, aged 9” looks like" in page.text
        sends = {"noted": noted(host, letter), "send": "wrong"}
        assert "Take it out, or confirm" in host.post(address, sends).text
        assert not again(letter).replies.exists()
        [detail] = page.context["form"].details
        assert host.post(address, {**sends, "no_child": detail.fingerprint}).status_code == 302
        assert again(letter).replies.get().points.count() == 1

    def test_sees_both_texts_and_sends_nothing_unseen(
        self, world: World, letter: Letter, host: Client, browser: Browser
    ) -> None:
        address = at("letter_accuracy", letter)
        form = host.get(address, {"at": TITLE}).context["form"]
        seen, before = form[f"seen-{TITLE}"].value(), form.check.seen
        colleague = world.person(Role.AUTHORITY_OFFICER, letter.challenge.host_authority)
        browser(colleague).post(address, wrong(TITLE, "What they say", seen))
        sent = host.post(address, {"send": "agree", "noted": before})
        assert "A colleague has noted something" in sent.text
        mine = host.post(address, wrong(TITLE, "What I say", seen))
        assert mine.status_code == 409
        assert "What I say" in mine.text
        assert "What they say" in mine.text
        seen = mine.context["form"][f"seen-{TITLE}"].value()
        assert host.post(address, wrong(TITLE, "Both", seen)).status_code == 302
        assert [p.wrong for p in letter.points.all()] == ["Both"]
        assert again(letter).state == LetterState.WITH_HOST

    def test_keeps_what_was_typed_when_the_days_ran_out_meanwhile(
        self, letter: Letter, host: Client
    ) -> None:
        actions.reply_on_accuracy(letter, agrees=True, by=CLOCK)
        data = wrong(TITLE, "Two, not three", "x") | {"send": "wrong"}
        response = host.post(at("letter_accuracy", letter), data)
        assert "Two, not three" in response.text
        assert "there is nothing to reply to" in response.text
        assert letter.points.count() == 0

    def test_is_warned_of_a_childs_details(self, letter: Letter, host: Client) -> None:
        actions.note_point(
            letter,
            TITLE,
            "It was Tom, aged 7.",
            by=cast_of(letter),
        )
        assert "This may identify a child" in host.get(at("letter_accuracy", letter)).text

    def test_is_read_but_not_answered_by_the_lead_member(
        self, world: World, letter: Letter, browser: Browser
    ) -> None:
        reader = browser(cast(world, letter.challenge)["lead_member"])
        page = reader.get(at("letter_accuracy", letter))
        assert "Only the host’s director and officers" in page.text
        assert 'name="send"' not in page.text


def cast_of(letter: Letter) -> User:
    """The host's director."""
    return User.objects.in_post(Role.DIRECTOR, authority=letter.challenge.host_authority).get()


class TestTheLead:
    def test_answers_each_point_and_both_answers_are_shown_on_a_clash(
        self, letter: Letter, host: Client, browser: Browser
    ) -> None:
        actions.note_point(letter, TITLE, "It is fostering.", by=cast_of(letter))
        reply = actions.reply_on_accuracy(letter, agrees=False, by=cast_of(letter))
        pk, lead = reply.points.get().pk, browser(letter.drafted_by)
        address = at("letter_points", letter)
        assert "answer the point that the host made" in lead.get(at("letter_edit", letter)).text
        page = lead.get(address)
        assert "It is fostering." in page.text
        seen = {f"seen_{pk}": page.context["form"][f"seen_{pk}"].value()}
        kept = {f"outcome_{pk}": "kept", f"answer_{pk}": ""} | seen
        form = lead.post(address, kept).context["form"]
        assert form.errors == {f"answer_{pk}": ["Enter why it is kept as it is"]}
        done = {f"outcome_{pk}": "changed", f"answer_{pk}": "So it is."} | seen
        assert lead.post(address, done)["Location"] == address
        clash = lead.post(address, {**kept, f"answer_{pk}": "No, it is not."})
        assert clash.status_code == 409
        assert "So it is." in clash.text
        assert "No, it is not." in clash.text
        assert "So it is." not in host.get(at("letter", letter)).text
        lead.post(at("letter_hand_over", letter))
        assert "So it is." in host.get(at("letter", letter)).text
        assert "So it is." in host.get(address).text


class TestACorrection:
    def test_is_begun_with_a_reason_and_the_old_letter_says_so(
        self, world: World, browser: Browser
    ) -> None:
        old = actions.seal_letter(world.letter_issuing(), b"%PDF-", by=CLOCK)
        lead = browser(old.drafted_by)
        address = at("letter_correct", old)
        assert at("letter_correct", old) in lead.get(at("letter", old)).text
        assert lead.post(address, {"reason": ""}).context["form"].errors == {
            "reason": ["Enter why the letter is replaced"]
        }
        assert lead.post(address, {"reason": "A wrong name."}).status_code == 302
        new = Letter.objects.get(supersedes=old)
        assert lead.post(address, {"reason": "Twice."})["Location"] == at("letter", new)
        assert "A wrong name." in lead.get(at("letter_edit", new)).text
        assert lead.get(at("letter_give_up", new)).status_code == 200
        host = browser(world.director_of(old.challenge.host_authority))
        assert "A wrong name." not in host.get(at("letter", old)).text
        page = browser(world.officer).get(reverse("round_letters", args=[old.challenge.round_id]))
        assert "Correction of an issued letter" in page.text
        assert at("letter_pdf", old) in page.text
        assert "1 of 3 issued" in page.text
        new = actions.hand_letter_over(new, by=old.drafted_by)
        assert host.get(at("letter", new)).status_code == 404
        page = browser(world.approver).get(at("letter", new))
        assert "The host has not checked it" in page.text
        assert f"Nothing has changed since {old.reference} was issued." in page.text
        new = actions.approve_letter(new, by=world.approver)
        actions.seal_letter(actions.issue_letter(new, by=world.officer), b"%PDF-", by=CLOCK)
        page = host.get(at("letter", old))
        assert "This letter has been replaced" in page.text
        assert at("letter", new) in page.text
        assert "A wrong name." in host.get(at("letter", new)).text


def test_what_the_host_was_sent_and_notes_is_read_by_the_host_alone(
    world: World, letter: Letter, browser: Browser
) -> None:
    people, address = cast(world, letter.challenge), at("letter_accuracy", letter)
    place = next(one for one in queries.places_of(letter.as_sent) if LETTER_TOKEN in one.text)
    actions.note_point(letter, place.place, "Not sent yet.", by=people["director"])
    asked = {"keep": place.place, f"wrong-{place.place}": "Mine."}
    for name in ("lead_member", "lead", "member"):
        client = browser(people[name])
        part = client.get(address, {"at": place.place}, headers=BY).text
        assert ("Not sent yet." in part, place.text in part) == (name == "lead_member",) * 2
        kept = client.post(address, asked, headers=BY).text
        assert (place.text in kept) == (name == "lead_member")
    actions.reply_on_accuracy(letter, agrees=False, by=people["director"])
    for key in again(letter).parts.filter(text=place.text).values_list("key", flat=True):
        actions.edit_letter(letter, {key: "Put right."}, by=people["lead"])
    point = {letter.points.get().pk: actions.PointAnswer("changed")}
    actions.answer_points(letter, point, by=people["lead"])
    actions.hand_letter_over(letter, by=people["lead"])
    actions.approve_letter(letter, by=world.approver)
    issued = actions.seal_letter(actions.issue_letter(letter, by=world.officer), b"%PDF-", by=CLOCK)
    actions.share_letter(issued, Audience.DIRECTORS, by=people["director"])
    for name in ("officer", "approver", "director_elsewhere"):
        client = browser(people[name])
        assert "Put right." in client.get(address).text
        assert place.text not in client.get(address, {"at": place.place}, headers=BY).text


def test_before_anything_was_sent_there_is_nothing_to_check(client: Client, world: World) -> None:
    letter = world.letter_drafted()
    client.force_login(world.lead_of(letter.challenge))
    for ask in (client.get, client.post):
        assert ask(f"/letters/{letter.pk}/accuracy")["Location"] == f"/letters/{letter.pk}"


def test_a_paragraph_as_the_host_was_sent_it_is_not_drawn_for_the_team(
    world: World, letter: Letter, client: Client
) -> None:
    client.force_login(world.lead_of(letter.challenge))
    place = next(one for one in queries.places_of(letter.as_sent) if LETTER_TOKEN in one.text)
    answer = client.get(at("letter_accuracy", letter), {"at": place.place}, headers=BY)
    assert (answer.get("HX-Refresh"), place.text in answer.text) == ("true", False)


def test_what_the_host_replied_is_not_read_by_the_boards_officers(
    world: World, client: Client
) -> None:
    letter = actions.seal_letter(world.letter_issuing(), b"%PDF-", by=CLOCK)
    client.force_login(world.officer)
    assert client.get(at("letter_points", letter)).status_code == 403
