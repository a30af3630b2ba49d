"""The pages on which a host shares its letter, and those on which others read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from feedback import actions
from feedback.models import Letter, LetterFile, WrittenByHost
from feedback.queries.redacting import redactable
from feedback.states import Audience, FileKind
from peerchallenge.audit.actions import CLOCK
from tests.feedback.conftest import Happened, again, cast
from tests.world import World, run_effects

Browser = Callable[[User], Client]


@pytest.fixture
def letter(world: World) -> Letter:
    return again(actions.seal_letter(world.letter_issuing(), b"%PDF-one", by=CLOCK))


def at(name: str, letter: Letter, *more: object) -> str:
    return reverse(name, args=[letter.pk, *more])


def host(world: World, letter: Letter) -> User:
    return world.director_of(letter.challenge.host_authority)


def public(letter: Letter) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        reverse(name, args=[letter.reference]) for name in ("published_letter", "published_pdf")
    )


def test_publishing_asks_first_and_pressed_twice_happens_once(
    world: World, letter: Letter, browser: Browser
) -> None:
    client = browser(host(world, letter))
    assert "Publish the letter" in client.get(at("letter_share", letter)).text
    address = at("share_with", letter, "public")
    asked = client.get(address).text
    assert "without signing in" in asked
    assert "Which version" not in asked
    assert client.post(address).status_code == 302
    twice = client.post(address, follow=True)
    assert "It is shared already" in twice.text
    assert letter.shares.count() == 1
    assert client.get(at("share_with", letter, "nobody")).status_code == 404


def test_a_published_letter_is_read_by_anybody_until_it_is_withdrawn(
    world: World, letter: Letter, browser: Browser
) -> None:
    page, pdf = public(letter)
    client = Client()
    assert [client.get(one).status_code for one in (page, pdf)] == [404, 404]
    share = actions.share_letter(letter, Audience.PUBLIC, by=host(world, letter))
    shown = client.get(page)
    assert letter.frozen_content.themes[0].areas[0] in shown.text
    assert shown["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in shown
    assert client.get(pdf).content == b"%PDF-one"
    listed = client.get(reverse("published_letters")).text
    assert f'href="{page}"' in listed
    share.refresh_from_db()
    assert (share.times_read, share.times_downloaded) == (1, 1)
    actions.withdraw_share(share, reason="A fact is wrong.", by=host(world, letter))
    for address in (page, pdf):
        gone = client.get(address)
        assert gone.status_code == 410
        assert "A fact is wrong." in gone.text
        assert letter.frozen_content.themes[0].areas[0] not in gone.text
    assert f'href="{page}"' not in client.get(reverse("published_letters")).text
    reads = browser(host(world, letter)).get(at("letter_reads", letter)).text
    assert "opened 1 time and downloaded 1 time" in reads


def test_a_replaced_letter_leads_to_the_one_that_is_published_now(
    world: World, letter: Letter, browser: Browser
) -> None:
    director = host(world, letter)
    actions.share_letter(letter, Audience.PUBLIC, by=director)
    Letter.objects.filter(pk=letter.pk).update(state="superseded")
    kept = {
        field.attname: getattr(letter, field.attname)
        for field in Letter._meta.concrete_fields
        if not field.primary_key
    }
    new = Letter.objects.create(
        **kept
        | {"version": 2, "reference": "XX-2027-999", "state": "issued"}
        | {"supersedes_id": letter.pk, "correction_reason": "A date", "pdf": b"%PDF-two"}
    )
    # Why it was replaced stands in the letter that is not shared with them.
    elsewhere = browser(cast(world, letter.challenge)["director_elsewhere"])
    replaced = elsewhere.get(at("letter", letter)).text
    assert ("XX-2027-999" in replaced, "A date" in replaced) == (True, False)
    # It stays where they found it, and there they learn of it.
    assert "has not shared that one with you" in replaced
    listed = elsewhere.get(reverse("letters_shared")).text
    assert (at("letter", letter) in listed, "replaced since" in listed) == (True, True)
    gone = Client().get(public(letter)[0])
    assert gone.status_code == 410
    assert "has not published it" in gone.text
    # Whom the host shared the first with does not get the second by itself: it is told so.
    client, reminder = browser(director), "was shared: everybody"
    assert reminder in client.get(at("letter_share", new)).text
    assert at("letter_share", new) in client.get(at("letter_share", letter)).text
    assert "replaced since" in client.get("/").text
    draft = {"kind": FileKind.THANKS, "parts": [], "saved_by": director}
    WrittenByHost.objects.create(letter=letter, sent_at=timezone.now(), **draft)
    assert "Your corrected letter is issued" in client.get("/").text
    actions.share_letter(new, Audience.PUBLIC, by=director)
    assert public(new)[0] in Client().get(public(letter)[0]).text
    assert at("letter", new) in elsewhere.get(at("letter", letter)).text
    assert reminder not in client.get(at("letter_share", new)).text
    assert "Your corrected letter is issued" not in client.get("/").text


def test_a_redacted_version_is_all_that_its_readers_get(
    world: World, letter: Letter, browser: Browser
) -> None:
    director, elsewhere = (
        host(world, letter),
        cast(world, letter.challenge)["director_elsewhere"],
    )
    client = browser(director)
    passage = next(one for one in redactable(letter.frozen_content) if "Area for" in one.text)
    empty = client.post(at("letter_redact", letter), {"reason": "One family"})
    assert "Tick at least one passage" in empty.text
    client.post(at("letter_redact", letter), {"places": [passage.place], "reason": "One family"})
    preview = client.get(at("letter_redact_preview", letter)).text
    assert passage.text not in preview
    assert "[Passage left out: One family]" in preview
    for warns in (at("letter_share", letter), at("share_with", letter, Audience.PUBLIC)):
        assert "no version without it is made yet" in client.get(warns).text
    client.post(at("letter_redact_make", letter))
    # It asks by itself until the file is there.
    assert 'hx-select="#made"' in client.get(at("letter_redact", letter)).text
    run_effects()
    assert 'hx-select="#made"' not in client.get(at("letter_redact", letter)).text
    for audience in (Audience.PUBLIC, Audience.DIRECTORS):
        address = at("share_with", letter, audience)
        assert "Which version do they read?" in client.get(address).text
        assert client.post(address, {}).status_code == 200
        assert client.post(address, {"version": "redacted"}).status_code == 302
    reader, happened = browser(elsewhere), Happened()
    assert reader.get(at("letter", letter)).status_code == 404
    assert reader.get(at("letter_pdf", letter)).status_code == 404
    shown = reader.get(at("letter_redacted", letter))
    assert passage.text not in shown.text
    made = LetterFile.objects.get(kind=FileKind.REDACTED)
    assert reader.get(at("host_file", letter, "redacted")).content == made.kept_data
    assert at("letter_redacted", letter) in reader.get(reverse("letters_shared")).text
    assert happened.verbs == ["letter.redacted_read", "letter.redacted_downloaded"]
    page, pdf = public(letter)
    assert passage.text not in Client().get(page).text
    assert Client().get(pdf).content == made.kept_data
    # What is shared would say more at once: the director alone has another version made.
    officer = browser(cast(world, letter.challenge)["authority_officer"])
    officer.post(at("letter_redact", letter), {"places": ["team:1"], "reason": "A name"})
    officer.post(at("redact_back", letter, letter.redactions.get(place=passage.place).pk))
    assert "only the director of" in officer.get(at("letter_redact", letter)).text
    assert officer.post(at("letter_redact_make", letter)).status_code == 403
    assert passage.text not in Client().get(page).text
    # Nor does a share take along a version that its director has not read.
    board = at("share_with", letter, Audience.BOARD)
    client.post(at("letter_redact_make", letter))
    shares = {"version": "redacted", "seen": made.version}
    assert "is being made" in client.post(board, shares).text
    run_effects()
    assert "was made since" in client.post(board, shares).text
    assert client.post(board, shares | {"seen": made.version + 1}).status_code == 302
    client.post(at("redact_back", letter, letter.redactions.get().pk))
    assert not letter.redactions.exists()


def test_reads_are_shown_with_posts_in_as_many_queries_for_three_as_for_one(
    world: World, letter: Letter, browser: Browser
) -> None:
    client, counts = browser(host(world, letter)), []
    readers = [world.officer, world.approver, world.lead_of(letter.challenge)]
    for people in (readers[:1], readers):
        for person in people:
            browser(person).get(at("letter_pdf", letter))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(at("letter_reads", letter)).text
        counts.append(len(queries))
        assert all(person.name in page for person in people)
    assert counts[0] == counts[1]
    assert "lead reviewer of this visit" in page


def test_only_the_host_gets_the_file_of_its_summary(
    world: World, letter: Letter, browser: Browser
) -> None:
    director = host(world, letter)
    file = actions.want_file(letter, FileKind.SUMMARY, by=director)
    actions.keep_file(file, b"%PDF-summary", by=CLOCK)
    address = at("host_file", letter, "summary")
    for person in (world.officer, cast(world, letter.challenge)["director_elsewhere"]):
        assert browser(person).get(address).status_code == 404
    assert browser(director).get(address).content == b"%PDF-summary"


def test_a_stale_text_of_the_host_shows_both_and_loses_nothing(
    world: World, letter: Letter, browser: Browser
) -> None:
    client = browser(host(world, letter))
    address = at("letter_summary", letter)
    parts = ("purpose", "looked_at", "findings", "next_steps")
    first = {f"text_{key}": f"First {key}" for key in parts} | {"seen": 0}
    assert client.post(address, first).status_code == 302
    second = first | {"text_purpose": "Second purpose"}
    both = client.post(address, second)
    assert both.status_code == 409
    assert "First purpose" in both.text
    assert "Second purpose" in both.text
    assert "You saved this text in another window too" in both.text
    assert client.post(address, second | {"seen": 1, "make": "yes"}).status_code == 302
    assert letter.files.filter(kind=FileKind.SUMMARY).count() == 1
    thanks = at("letter_thanks", letter)
    sent = client.post(thanks, {"text_text": "Thank you.", "seen": 0}, follow=True)
    assert "Send it to the team" in sent.text
    client.post(at("letter_thanks_send", letter), {"seen": 1})
    team = browser(world.lead_of(letter.challenge)).get(thanks)
    assert "Thank you." in team.text
    assert timezone.localdate().strftime("%Y") in team.text
    assert browser(world.officer).get(thanks).status_code == 403


def test_what_looks_like_a_childs_details_is_confirmed_beside_the_hosts_text(
    world: World, letter: Letter, browser: Browser
) -> None:
    client, number = browser(host(world, letter)), "943 476 5919"
    address, thanks = at("letter_summary", letter), at("letter_thanks_send", letter)
    parts = ("purpose", "looked_at", "findings", "next_steps")
    texts = {f"text_{key}": f"As to {number}." for key in parts} | {"seen": 0, "make": "yes"}
    asked = client.post(address, texts, follow=True)
    assert asked.text.count("looks like an NHS number") == len(parts)
    assert not letter.files.exists()
    assert "Select those that identify no child" in client.post(address, {"settle": "yes"}).text
    chosen = [one for one, _ in asked.context["details"].fields["confirmed"].choices]
    for _pressed_twice in range(2):
        assert client.post(address, {"settle": "yes", "confirmed": chosen}).url == address
    client.post(address, texts | {"seen": 1})
    assert letter.files.filter(kind=FileKind.SUMMARY).exists()
    wrote = {"text_text": f"Thanks for {number}.", "seen": 0}
    asked = client.post(at("letter_thanks", letter), wrote, follow=True)
    assert "Send it to the team" not in asked.text
    assert client.post(thanks, {"seen": 1}).status_code == 403
    chosen = [one for one, _ in asked.context["details"].fields["confirmed"].choices]
    for _pressed_twice in range(2):
        asked = client.post(thanks, {"settle": "yes", "confirmed": chosen}, follow=True)
        assert "Send it to the team" in asked.text
    # Words that everybody reads at once are said anew.
    share = actions.share_letter(letter, Audience.PUBLIC, by=host(world, letter))
    withdraw = at("share_withdraw", letter, share.pk)
    assert "Take out “943" in client.post(withdraw, {"reason": f"It named {number}"}).text


def test_only_the_hosts_director_and_officers_see_who_read_its_letter(
    world: World, letter: Letter, client: Client
) -> None:
    everybody = cast(world, letter.challenge)
    for name in ("lead_member", "lead", "officer"):
        client.force_login(everybody[name])
        assert client.get(at("letter_reads", letter)).status_code == 403


def test_the_letter_of_thanks_is_written_by_nobody_of_the_team(
    world: World, letter: Letter, client: Client
) -> None:
    client.force_login(world.lead_of(letter.challenge))
    for ask in (client.get, client.post):
        for name in ("letter_thanks", "letter_thanks_send"):
            assert ask(at(name, letter), {"text_text": "Thanks.", "seen": 0}).status_code == 403
    assert not WrittenByHost.objects.exists()


def test_with_whom_a_letter_is_shared_is_seen_by_nobody_of_its_team(
    world: World, letter: Letter, client: Client
) -> None:
    client.force_login(world.lead_of(letter.challenge))
    assert client.get(at("letter_share", letter)).status_code == 403
