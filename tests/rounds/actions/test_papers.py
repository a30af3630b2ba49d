from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from peerchallenge.audit.actions import CLOCK, history_of
from peerchallenge.shared.answers import Refused
from peerchallenge.shared.uploads import Upload
from rounds import actions, tasks
from rounds.models import Paper, PaperAsked, Round
from rounds.queries.papers import Papers, papers_of
from rounds.states import ChallengeState
from tests.rounds.mails import sent_by
from tests.rounds.teamed import Teamed
from tests.world import World

pytestmark = pytest.mark.django_db


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


def asked_for(it: Teamed, title: str = "Chart", *, days: int | None = None) -> PaperAsked:
    """Told to the host; due so many days from now."""
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    asked = actions.ask_for_paper(it.challenge, title=title, due=due, by=it.member)
    actions.send_papers_asked(it.challenge, by=it.lead)
    return PaperAsked.objects.get(pk=asked.pk)


def given(asked: PaperAsked, it: Teamed, says: str = "figures") -> Paper:
    upload = Upload("xlsx", "figures.xlsx", len(says), says)
    file = io.BytesIO(says.encode())
    return actions.add_paper(asked, title=says, file=file, upload=upload, by=it.organiser)


def shown(it: Teamed) -> Papers:
    return papers_of(it.again(), drafts=True, gives=True, opens=True)


def test_the_team_draws_up_the_list_and_the_lead_sends_it_in_one_mail(it: Teamed) -> None:
    usual = actions.ask_for_usual_papers(it.challenge, by=it.member)
    assert len(usual) == len(it.round.format.papers)
    assert actions.ask_for_usual_papers(it.challenge, by=it.lead) == []
    actions.ask_for_paper(it.challenge, title=usual[0].title, by=it.lead)
    assert it.challenge.papers_asked.count() == len(usual)
    with pytest.raises(Refused, match="Only the lead reviewer"):
        actions.send_papers_asked(it.challenge, by=it.member)
    challengers = it.challenge.challengers_said
    assert sent_by(lambda: actions.send_papers_asked(it.challenge, by=it.lead)) == {
        f"Papers for the visit of {challengers}": sorted([it.director.email, it.organiser.email])
    }
    with pytest.raises(Refused, match="told of everything"):
        actions.send_papers_asked(it.challenge, by=it.lead)
    for other in (it.director, it.world.officer):
        with pytest.raises(Refused, match="Only the team asks"):
            actions.ask_for_paper(it.challenge, title="Another", by=other)


def test_whoever_changes_what_somebody_else_changed_sees_it(it: Teamed) -> None:
    asked = asked_for(it)
    change = {"note": "", "due": None, "seen": asked.seen}
    actions.change_paper_asked(asked, title="Chart of teams", by=it.lead, **change)
    with pytest.raises(actions.AskedChanged) as refused:
        actions.change_paper_asked(asked, title="Chart of posts", by=it.member, **change)
    assert refused.value.now.title == "Chart of teams"


def test_the_host_gives_several_papers_and_the_same_one_only_once(it: Teamed, store: Path) -> None:
    asked = asked_for(it)
    paper = given(asked, it)
    with pytest.raises(actions.GivenAlready) as refused:
        given(asked, it)
    assert refused.value.there == paper
    actions.add_paper(asked, title="Public", link="https://example.org/a", by=it.director)
    assert asked.papers.kept().count() == 2
    with pytest.raises(Refused, match="Only the host’s director"):
        actions.add_paper(asked, title="Public", link="https://example.org/b", by=it.lead)


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_is_removed_leaves_no_file(it: Teamed, store: Path) -> None:
    paper = given(asked_for(it), it)
    assert len([one for one in store.rglob("*") if one.is_file()]) == 1
    actions.remove_paper(paper, by=it.organiser)
    actions.remove_paper(paper, by=it.organiser)
    assert [one for one in store.rglob("*") if one.is_file()] == []
    verbs = [event.verb for event in history_of(it.challenge)]
    assert verbs.count("papers.removed") == 1


def test_the_team_removes_no_paper_of_the_host(it: Teamed) -> None:
    paper = given(asked_for(it), it)
    with pytest.raises(Refused, match="Only the host’s director"):
        actions.remove_paper(paper, by=it.lead)


def test_what_the_host_was_not_told_of_it_cannot_give(it: Teamed) -> None:
    asked = actions.ask_for_paper(it.challenge, title="Chart", by=it.lead)
    with pytest.raises(Refused, match="not asked for"):
        given(asked, it)
    asked = asked_for(it, "Figures")
    actions.withdraw_paper_asked(asked, by=it.lead)
    actions.withdraw_paper_asked(asked, by=it.lead)
    with pytest.raises(Refused, match="not asked for any more"):
        actions.say_no_such_paper(asked, reason="None", by=it.director)


def test_no_such_document_is_said_with_a_reason_until_there_is_one(it: Teamed) -> None:
    asked = asked_for(it)
    actions.say_no_such_paper(asked, reason="We are being reorganised", by=it.organiser)
    assert [row.status for row in shown(it).rows] == ["Not available"]
    assert shown(it).outstanding == 0
    paper = given(asked, it)
    assert PaperAsked.objects.get(pk=asked.pk).no_such == ""
    with pytest.raises(Refused, match="has been given for this"):
        actions.say_no_such_paper(asked, reason="None", by=it.organiser)
    actions.remove_paper(paper, by=it.organiser)
    actions.say_no_such_paper(asked, reason="None", by=it.organiser)
    actions.say_no_such_paper(asked, reason="", by=it.organiser)
    assert [row.status for row in shown(it).rows] == ["Asked for"]


def test_where_each_paper_stands_is_said_in_words(it: Teamed) -> None:
    _, came_late, came = (
        asked_for(it, title, days=days) for title, days in (("a", -3), ("b", -1), ("c", 5))
    )
    actions.ask_for_paper(it.challenge, title="d", by=it.lead)
    for one in (came_late, came):
        given(one, it, one.title)
    rows = shown(it).rows
    assert [row.status for row in rows] == ["Late", "Received", "Received", "Not sent yet"]
    assert rows[0].sentence.startswith("3 days late: it was due on ")
    assert (rows[1].sentence, rows[2].sentence) == ("It came 1 day late.", "")
    assert (shown(it).outstanding, shown(it).unsent) == (1, 1)


def test_the_round_says_by_when_where_the_team_does_not(it: Teamed) -> None:
    asked_for(it)
    assert shown(it).rows[0].sentence == "Wanted 4 weeks before the first day on site."
    day1 = it.dated()
    assert shown(it).due.day == day1 - timedelta(weeks=4)


def test_the_host_is_reminded_once_before_the_day_and_once_after(it: Teamed) -> None:
    today = timezone.localdate()
    asked = asked_for(it, days=3)
    asked_for(it, "Later", days=30)

    def chased(day: Any) -> dict[str, list[str]]:
        return sent_by(lambda: actions.chase_papers(it.challenge, today=day, by=CLOCK))

    subject = f"2 papers still to come for the visit of {it.challenge.challengers_said}"
    assert chased(today - timedelta(days=1)) == {}
    assert chased(today) == {subject: sorted([it.director.email, it.organiser.email])}
    assert chased(today + timedelta(days=1)) == {}
    assert list(chased(today + timedelta(days=4))) == [subject]
    assert chased(today + timedelta(days=5)) == {}
    asked.refresh_from_db()
    assert asked.chased_before_at < asked.chased_after_at
    assert [e.verb for e in history_of(it.challenge)].count("papers.chased") == 2


def test_the_clock_reminds_nobody_of_what_has_come_or_before_eight(
    it: Teamed, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(asked_for(it, "Here", days=-1), it)
    noon = timezone.localtime().replace(hour=12)
    monkeypatch.setattr(timezone, "localtime", lambda *_: noon)
    assert sent_by(tasks.chase_papers) == {}
    asked_for(it, "Missing", days=-1)
    monkeypatch.setattr(timezone, "localtime", lambda *_: noon.replace(hour=7))
    assert sent_by(tasks.chase_papers) == {}
    monkeypatch.setattr(timezone, "localtime", lambda *_: noon)
    assert len(sent_by(tasks.chase_papers)) == 1
    assert sent_by(tasks.chase_papers) == {}


def test_nobody_is_reminded_by_days_that_they_do_not_know(it: Teamed) -> None:
    asked_for(it)
    day1 = timezone.localdate() + timedelta(weeks=4)
    it.challenge.days.create(phase="day1", day=day1)
    it.challenge.days.create(phase="feedback", day=day1 + timedelta(days=7))
    assert actions.chase_papers(it.challenge, today=day1, by=CLOCK) == []


def test_papers_close_with_the_visit(it: Teamed) -> None:
    asked = asked_for(it)
    challenge = actions.follow_calendar(it.challenge, ChallengeState.ON_SITE, by=it.lead)
    given(asked, it)
    actions.follow_calendar(challenge, ChallengeState.FED_BACK, by=it.lead)
    with pytest.raises(Refused, match="until the visit is over"):
        given(asked, it, "more")
