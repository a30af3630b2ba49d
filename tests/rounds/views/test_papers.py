"""The pages on which the team asks for papers and the host gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from peerchallenge.audit.actions import history_of
from rounds import actions
from rounds.models import Paper, PaperAsked, Round
from tests.guarantees.good_files import docx
from tests.rounds.conftest import words
from tests.rounds.teamed import Teamed
from tests.world import World

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
# Made once: a Word document knows when it was saved.
REPORT = docx()


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "store", "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path / "store"


@pytest.fixture
def it(world: World, accepted: Round) -> Teamed:
    return Teamed.of(world, accepted)


def at(name: str, it: Teamed, *more: int) -> str:
    return reverse(name, args=[it.challenge.pk, *more])


def asked_for(it: Teamed, title: str = "Chart") -> PaperAsked:
    asked = actions.ask_for_paper(it.challenge, title=title, by=it.lead)
    actions.send_papers_asked(it.challenge, by=it.lead)
    return asked


def report() -> SimpleUploadedFile:
    return SimpleUploadedFile("Chart of teams.docx", REPORT)


def test_the_team_puts_papers_on_the_list_and_the_host_sees_them_once_sent(
    it: Teamed, signed_in: SignedIn
) -> None:
    lead, host = signed_in(it.lead), signed_in(it.organiser)
    lead.post(at("challenge_papers_usual", it))
    usual = len(it.round.format.papers)
    form = {"title": "A map", "due_day": "1", "due_month": "2", "due_year": "2030"}
    lead.post(at("challenge_papers_ask", it), form)
    page = words(lead.get(at("challenge_papers", it)))
    assert f"Ask {it.challenge.host_authority} for these {usual + 1} papers" in page
    assert "Wanted by Friday 1 February 2030." in page
    assert "A map" not in words(host.get(at("challenge_papers", it)))
    assert "A map" not in words(signed_in(it.world.officer).get(at("challenge_papers", it)))
    assert "has not been told of" in words(signed_in(it.member).get(at("challenge_papers", it)))
    answer = lead.post(at("challenge_papers_send", it), follow=True)
    assert "in one mail" in words(answer)
    assert "A map" in words(host.get(at("challenge_papers", it)))
    answer = lead.post(at("challenge_papers_send", it), follow=True)
    assert "told of everything" in words(answer)


def test_a_paper_is_looked_into_given_and_taken_away_as_an_attachment(
    it: Teamed, signed_in: SignedIn
) -> None:
    asked = asked_for(it)
    host, give = signed_in(it.organiser), at("challenge_paper_give", it, asked.pk)
    macro = SimpleUploadedFile("Chart.docm", REPORT)
    answer = host.post(give, {"title": "Chart", "file": macro})
    assert answer.status_code == 422
    assert ".docm" in words(answer)
    assert host.post(give, {"title": "Chart"}).status_code == 422
    assert host.post(give, {"title": "Chart", "file": report()}).status_code == 302
    again = host.post(give, {"title": "Chart", "file": report()}, follow=True)
    assert "It is there already" in words(again)
    paper = Paper.objects.get()
    answer = signed_in(it.member).get(reverse("paper_download", args=[paper.pk]))
    assert b"".join(answer.streaming_content) == REPORT
    assert answer["Content-Disposition"] == 'attachment; filename="Chart of teams.docx"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "papers.read" in {event.verb for event in history_of(it.challenge)}


def test_officers_see_the_list_and_open_nothing(it: Teamed, signed_in: SignedIn) -> None:
    asked = asked_for(it)
    link = "https://example.org/chart"
    paper = actions.add_paper(asked, title="The chart", link=link, by=it.director)
    other = asked_for(it, "Another")
    actions.say_no_such_paper(other, reason="Being rewritten", by=it.director)
    officer = signed_in(it.world.officer)
    page = words(officer.get(at("challenge_papers", it)))
    assert "The chart" in page
    assert link not in page
    assert "Being rewritten" not in page
    assert officer.get(reverse("paper_download", args=[paper.pk])).status_code == 403
    assert link in words(signed_in(it.lead).get(at("challenge_papers", it)))


def test_the_board_is_not_told_that_there_is_a_paper(it: Teamed, signed_in: SignedIn) -> None:
    link = "https://example.org/chart"
    paper = actions.add_paper(asked_for(it), title="The chart", link=link, by=it.director)
    chair = signed_in(it.world.chair)
    for name in ("paper_download", "paper_remove"):
        assert chair.get(reverse(name, args=[paper.pk])).status_code == 404


def test_a_file_that_is_gone_from_the_store_is_said(
    it: Teamed, signed_in: SignedIn, store: Path
) -> None:
    asked = asked_for(it)
    host = signed_in(it.organiser)
    host.post(at("challenge_paper_give", it, asked.pk), {"title": "Chart", "file": report()})
    next(path for path in store.rglob("*") if path.is_file()).unlink()
    paper = Paper.objects.get()
    answer = host.get(reverse("paper_download", args=[paper.pk]), follow=True)
    assert "cannot be read just now" in words(answer)
    linked = actions.add_paper(asked, title="Link", link="https://example.org/a", by=it.director)
    assert host.get(reverse("paper_download", args=[linked.pk])).status_code == 302


def test_a_paper_is_removed_after_a_question_and_only_once(it: Teamed, signed_in: SignedIn) -> None:
    asked = asked_for(it)
    link = "https://example.org/chart"
    paper = actions.add_paper(asked, title="The chart", link=link, by=it.director)
    host, remove = signed_in(it.organiser), reverse("paper_remove", args=[paper.pk])
    assert "Remove this link" in words(host.get(remove))
    host.post(remove)
    assert "has been removed" in words(host.post(remove, follow=True))
    assert host.get(reverse("paper_download", args=[paper.pk])).status_code == 404


def test_the_host_says_that_there_is_none_and_that_there_is_one_after_all(
    it: Teamed, signed_in: SignedIn
) -> None:
    asked = asked_for(it)
    host, none = signed_in(it.organiser), at("challenge_paper_none", it, asked.pk)
    assert host.post(none, {"reason": ""}).status_code == 422
    host.post(none, {"reason": "Being rewritten"})
    page = words(signed_in(it.lead).get(at("challenge_papers", it)))
    assert "Not available" in page
    assert "Being rewritten" in page
    assert "There is one after all" in words(host.get(none))
    host.post(none, {"after_all": "1"})
    assert PaperAsked.objects.get().no_such == ""
    actions.add_paper(asked, title="It", link="https://example.org/a", by=it.director)
    assert "has been given for this" in words(host.post(none, {"reason": "None"}))


def test_two_of_the_team_at_one_line_see_both(it: Teamed, signed_in: SignedIn) -> None:
    asked = asked_for(it)
    address = at("challenge_paper", it, asked.pk)
    form = {"title": "Chart of teams", "note": "Today’s", "seen": asked.seen}
    assert signed_in(it.lead).post(address, form).status_code == 302
    answer = signed_in(it.member).post(address, form | {"title": "Chart of posts"})
    assert "by now it is “Chart of teams”: “Today’s”" in words(answer)
    now = answer.context["form"]["seen"].value()
    form |= {"title": "Chart of posts", "seen": now}
    signed_in(it.member).post(address, form)
    assert PaperAsked.objects.get().title == "Chart of posts"


def test_what_is_asked_for_no_longer_goes_unless_something_was_given(
    it: Teamed, signed_in: SignedIn
) -> None:
    one, two = asked_for(it, "One"), asked_for(it, "Two")
    actions.add_paper(two, title="It", link="https://example.org/a", by=it.director)
    lead = signed_in(it.lead)
    for asked in (one, two):
        lead.post(at("challenge_paper_withdraw", it, asked.pk))
    page = lead.get(at("challenge_papers", it)).context["page"]
    assert [(row.asked, row.sentence) for row in page.rows] == [
        (two, "It is not asked for any more.")
    ]
    assert lead.post(at("challenge_paper_withdraw", it, one.pk)).status_code == 404


def test_the_list_asks_as_often_for_three_papers_as_for_one(
    it: Teamed, signed_in: SignedIn
) -> None:
    client, counts = signed_in(it.organiser), []
    for titles in (("One",), ("Two", "Three")):
        for title in titles:
            link = f"https://example.org/{title}"
            asked = asked_for(it, title)
            actions.add_paper(asked, title=title, link=link, by=it.director)
        with CaptureQueriesContext(connection) as queries:
            client.get(at("challenge_papers", it))
        counts.append(len(queries))
    assert counts[0] == counts[1]
