"""Writing, checking and approving a letter, as the browser asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from feedback import actions
from feedback.models import Letter
from feedback.states import LetterState
from tests.feedback.conftest import Happened, again, cast
from tests.world import LETTER_TOKEN, WORDING_TOKEN, World

Browser = Callable[[User], Client]


def at(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.pk])


def typed(letter: Letter, **texts: str) -> dict[str, str]:
    """What the form sends: every part as it is, but for these."""
    data = {}
    for part in letter.parts.all():
        data[f"text_{part.key}"] = texts.get(part.key, part.text)
        data[f"seen_{part.key}"] = part.seen
    return data


class TestDrafting:
    def test_twice_is_one_letter(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        lead = browser(world.lead_of(challenge))
        address = reverse("letter_draft", args=[challenge.pk])
        first, second = lead.post(address), lead.post(address)
        assert first["Location"] == second["Location"] == at("letter_edit", Letter.objects.get())

    def test_is_the_leads(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        address = reverse("letter_draft", args=[challenge.pk])
        response = browser(world.member_of(challenge)).post(address)
        assert response.status_code == 403
        assert "Only the lead reviewer drafts the letter." in response.text
        assert browser(world.officer).post(address).status_code == 403
        assert browser(world.lead_of(challenge)).get(address).status_code == 405


class TestWriting:
    def test_saves_and_says_so(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        member = browser(world.member_of(letter.challenge))
        response = member.post(at("letter_edit", letter), typed(letter, headlines="New words"))
        assert response["Location"] == at("letter_edit", letter)
        assert letter.parts.get(key="headlines").text == "New words"
        page = member.get(at("letter_edit", letter))
        assert "New words" in page.text
        assert WORDING_TOKEN in page.text

    def test_is_what_the_page_of_the_challenge_asks_for(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_drafted()
        lead = browser(letter.drafted_by)
        page = lead.get(reverse("challenge", args=[letter.challenge_id]))
        assert "Finish the letter and send it" in page.text
        assert "Nothing is needed" not in page.text

    def test_goes_on_to_sending(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        data = {**typed(letter, headlines="New"), "onward": "1"}
        response = browser(letter.drafted_by).post(at("letter_edit", letter), data)
        assert response["Location"] == at("letter_send", letter)

    def test_previews_without_saving(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        happened = Happened()
        data = {**typed(letter, headlines="- One\n- Two <b>"), "preview": "1"}
        lead = browser(letter.drafted_by)
        response = lead.post(at("letter_edit", letter), data, headers={"HX-Request": "true"})
        assert "<li>One</li><li>Two &lt;b&gt;</li>" in response.text
        assert "<html" not in response.text
        assert happened.verbs == []
        whole = lead.post(at("letter_edit", letter), data)
        assert "<li>One</li>" in whole.text
        assert "(not saved yet)" in whole.text
        assert LETTER_TOKEN in letter.parts.get(key="headlines").text

    def test_shows_both_texts_when_somebody_was_first(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        mine = typed(letter, headlines="What I say")
        member = browser(world.member_of(letter.challenge))
        member.post(at("letter_edit", letter), typed(letter, headlines="What they say"))
        lead = browser(letter.drafted_by)
        response = lead.post(at("letter_edit", letter), mine)
        assert response.status_code == 409
        assert "What I say" in response.text
        assert "What they say" in response.text
        form = response.context["form"]
        assert list(form.errors) == ["text_headlines"]
        assert letter.parts.get(key="headlines").text == "What they say"
        mine["seen_headlines"] = form["seen_headlines"].value()
        assert lead.post(at("letter_edit", letter), mine).status_code == 302
        assert letter.parts.get(key="headlines").text == "What I say"

    def test_saves_one_part_while_it_is_typed_and_leaves_the_others(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_drafted()
        lead, page = browser(letter.drafted_by), at("letter_edit", letter)
        before = letter.parts.get(key="headlines")
        closing = letter.parts.get(key="closing").text
        box = {
            "heading_headlines": "In short",
            "text_headlines": "Typed. One was 943 476 5919.",
            "seen_headlines": before.seen,
        }
        htmx = {"HX-Request": "true"}
        saved = lead.post(page, box, headers=htmx)
        assert saved.status_code == 200
        assert "Saved at " in saved.text
        assert "looks like an NHS number" in saved.text
        now = letter.parts.get(key="headlines")
        assert (now.heading, now.text) == ("In short", "Typed. One was 943 476 5919.")
        assert f'value="{now.seen}"' in saved.text
        assert letter.parts.get(key="closing").text == closing
        again = lead.post(page, box | {"text_headlines": "Other"}, headers=htmx)
        assert again.status_code == 409
        assert "You saved another text here" in again.text
        both = lead.post(page, box | {"text_headlines": "Other"})
        assert "You saved “In short” in another window too" in both.text
        assert "You saved this in another window on" in both.text
        assert letter.parts.get(key="headlines").text == now.text

    def test_keeps_the_words_when_the_letter_has_gone_meanwhile(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_drafted()
        data = typed(letter, headlines="Too late")
        actions.send_letter_to_host(letter, by=letter.drafted_by)
        response = browser(letter.drafted_by).post(at("letter_edit", letter), data)
        assert "Too late" in response.text
        assert "so its text stands" in response.text
        page = browser(letter.drafted_by).get(at("letter_edit", letter))
        assert page["Location"] == at("letter", letter)

    def test_is_not_for_the_host_whatever_it_sends(self, world: World, browser: Browser) -> None:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        actions.reply_on_accuracy(letter, agrees=False, comment="x", by=host)
        actions.edit_letter(letter, {"headlines": "Not for you yet"}, by=letter.drafted_by)
        client = browser(host)
        for data in ({}, {"preview": "1"}, {"onward": "1"}):
            response = client.post(at("letter_edit", letter), data)
            assert response.status_code == 403
            assert "Not for you yet" not in response.text
        for name in ("letter", "letter_accuracy"):
            response = client.get(at(name, letter))
            assert LETTER_TOKEN in response.text
            assert "Not for you yet" not in response.text


class TestSending:
    def test_says_to_whom_and_by_when_before_it_sends(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        lead = browser(letter.drafted_by)
        page = lead.get(at("letter_send", letter))
        director = world.director_of(letter.challenge.host_authority)
        assert director.name in page.text
        due = page.context["due"]
        assert f"{due:%A} {due.day} {due:%B %Y}" in page.text
        assert lead.post(at("letter_send", letter))["Location"] == at("letter", letter)
        assert again(letter).state == LetterState.WITH_HOST
        happened = Happened()
        assert lead.post(at("letter_send", letter)).status_code == 302
        assert happened.promises == []

    def test_says_what_is_missing(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        actions.edit_letter(letter, {"headlines": ""}, by=letter.drafted_by)
        page = browser(letter.drafted_by).get(at("letter_send", letter))
        assert "write “Headline messages”" in page.text
        assert 'type="submit"' not in page.text
        assert browser(letter.drafted_by).post(at("letter_send", letter)).status_code == 403

    def test_is_the_leads(self, world: World, browser: Browser) -> None:
        letter = world.letter_drafted()
        member = browser(world.member_of(letter.challenge))
        assert member.get(at("letter_send", letter)).status_code == 403


class TestApproving:
    def objected(self, world: World) -> Letter:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        actions.reply_on_accuracy(letter, agrees=False, comment="Two, not three.", by=host)
        actions.edit_letter(letter, {"headlines": "Two it is"}, by=letter.drafted_by)
        return letter

    def test_follows_on_the_leads_handing_over(self, world: World, browser: Browser) -> None:
        letter = self.objected(world)
        lead = browser(letter.drafted_by)
        page = lead.get(at("letter_send", letter))
        assert "Two it is" in page.text
        for _twice in range(2):
            response = lead.post(at("letter_hand_over", letter))
            assert response["Location"] == at("letter", letter)
        approver = browser(world.approver)
        page = approver.get(at("letter", letter))
        assert "Two, not three." in page.text
        assert [change.heading for change in page.context["page"].changes] == ["Headline messages"]
        for _twice in range(2):
            assert approver.post(at("letter_approve", letter)).status_code == 302
        assert again(letter).state == LetterState.APPROVED
        assert "Issue the letter to" in approver.get(at("letter", letter)).text

    def test_is_nobody_elses(self, world: World, browser: Browser) -> None:
        letter = world.letter_checked()
        answers = {
            name: browser(user).post(at("letter_approve", letter)).status_code
            for name, user in cast(world, letter.challenge).items()
            if name != "approver"
        }
        seers = {"lead", "member", "director", "authority_officer", "lead_member"}
        assert answers == {name: 403 if name in seers else 404 for name in answers}
        assert again(letter).state == LetterState.CHECKED

    def test_or_sending_back_with_a_reason(self, world: World, browser: Browser) -> None:
        letter = world.letter_checked()
        approver = browser(world.approver)
        assert approver.get(at("letter_send_back", letter)).status_code == 200
        response = approver.post(at("letter_send_back", letter), {"reason": ""})
        assert response.context["form"].errors == {"reason": ["Enter what the team should change"]}
        assert (
            approver.post(at("letter_send_back", letter), {"reason": "Say more."}).status_code
            == 302
        )
        page = browser(letter.drafted_by).get(at("letter_edit", letter))
        assert "Say more." in page.text
        host = browser(world.director_of(letter.challenge.host_authority))
        assert "Say more." not in host.get(at("letter", letter)).text
