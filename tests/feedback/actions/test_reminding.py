"""Whoever has a letter is reminded: once when its day is near, once when it is past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from feedback import actions
from feedback.models import Letter
from feedback.queries import dues_of, letter_reminders_to_come, reply_due, to_remind
from feedback.queries.deadlines import after_visit
from feedback.tasks import remind_of_letters
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.dates import working_days_before
from rounds.states import ChallengeState
from tests.feedback.conftest import again, cast
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """It is ten in the morning of that day."""
    now = timezone.localtime().replace(hour=10)
    then = now + timedelta(days=(day - now.date()).days)
    monkeypatch.setattr(timezone, "now", lambda: then)


def reminded() -> set[str]:
    """Who gets a reminder now; looked for twice, sent once."""
    Effect.objects.all().delete()
    mail.outbox.clear()
    for _ in range(2):
        remind_of_letters()
    run_effects()
    receivers = [message.to[0] for message in mail.outbox]
    assert len(receivers) == len(set(receivers))
    return set(receivers)


def test_each_step_reminds_whose_turn_it_is_once_near_and_once_past(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenge = world.visited()
    who = cast(world, challenge)
    draft, issue = (after_visit(challenge, key) for key in ("letter_drafted", "letter_issued"))
    assert draft
    assert issue

    def to_come() -> list[tuple[str, list[date]]]:
        return [(one.who, one.days) for one in letter_reminders_to_come(challenge.round)]

    near, late = working_days_before(draft, 3), draft + timedelta(days=1)
    on(monkeypatch, working_days_before(draft, 4))
    assert reminded() == set()
    assert to_come() == [("Lead reviewer", [near, late])]
    on(monkeypatch, near)
    assert reminded() == {who["lead"].email}
    assert reverse("challenge_findings", args=[challenge.pk]) in mail.outbox[0].body
    # The letter is begun, which changes nothing about its day.
    letter = actions.draft_letter(challenge, by=who["lead"])
    assert reminded() == set()
    assert to_come() == [("Lead reviewer", [late])]
    on(monkeypatch, late)
    assert reminded() == {who["lead"].email}
    assert "was due" in mail.outbox[0].subject
    assert to_come() == []

    texts = {part.key: "Written." for part in letter.parts.filter(text="")}
    letter = actions.send_letter_to_host(
        actions.edit_letter(letter, texts, by=who["lead"]), by=who["lead"]
    )
    replies = reply_due(letter)
    assert replies
    assert reminded() == set()
    director = f"Director of {challenge.host_authority.short_name}"
    assert to_come() == [(director, [working_days_before(replies, 2)])]
    on(monkeypatch, working_days_before(replies, 2))
    assert reminded() == {who["director"].email, who["authority_officer"].email}
    assert "we take it that the facts are right" in mail.outbox[0].body
    on(monkeypatch, replies + timedelta(days=1))
    assert reminded() == set()

    letter = again(letter)
    actions.reply_on_accuracy(letter, agrees=True, by=who["director"])
    on(monkeypatch, issue)
    assert reminded() == {who["approver"].email}
    actions.approve_letter(again(letter), by=who["approver"])
    assert reminded() == {who["officer"].email}
    on(monkeypatch, issue + timedelta(days=5))
    assert reminded() == {who["officer"].email}
    for word in ("Written.", "tokfinding", "tokwording"):
        assert word not in mail.outbox[0].body


def test_a_reminder_that_has_been_overtaken_is_not_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = world.letter_drafted()
    lead, challenge = world.lead_of(letter.challenge), letter.challenge
    draft = after_visit(challenge, "letter_drafted")
    assert draft
    on(monkeypatch, draft)
    Effect.objects.all().delete()
    remind_of_letters()
    found = to_remind(challenge, draft)
    assert found
    assert (found.letter, found.due, found.late) == (letter, draft, False)
    actions.send_letter_to_host(letter, by=lead)
    mail.outbox.clear()
    run_effects()
    assert not [one for one in mail.outbox if one.to == [lead.email]]


def test_the_officer_sees_what_is_due_in_words_and_what_is_due_first_on_top(
    world: World, monkeypatch: pytest.MonkeyPatch, browser: Callable[[User], Client]
) -> None:
    challenge = world.visited()
    draft, issue = (after_visit(challenge, key) for key in ("letter_drafted", "letter_issued"))
    assert draft
    assert issue
    on(monkeypatch, draft + timedelta(days=1))
    officer, page = browser(world.officer), reverse("round_letters", args=[challenge.round_id])
    shown = officer.get(page)
    assert f"Draft was due {draft.day} {draft:%B}, yesterday" in shown.text
    assert f"Issue due {issue.day} {issue:%B}" in shown.text
    assert "1 with something overdue" in shown.text
    messages = officer.get(reverse("round_messages", args=[challenge.round_id]))
    assert "Reminders of letters to come" in messages.text
    days = [row.due_first for row in shown.context["letters"].rows]
    assert days == sorted(days)
    hosts = [str(row.challenge) for row in officer.get(f"{page}?sort=host").context["letters"].rows]
    assert len(hosts) == len(days)
    for token in ("tokfinding", "tokwording", "tokletter"):
        assert token not in shown.text


def test_more_letters_to_come_take_no_more_queries(world: World) -> None:
    round = world.visited().round
    round.challenges.update(state=ChallengeState.FED_BACK)
    counts = []
    for challenge in round.challenges.order_by("pk"):
        Letter.objects.create(challenge=challenge, drafted_by=world.officer)
        with CaptureQueriesContext(connection) as captured:
            assert len(letter_reminders_to_come(round)) == 3
        counts.append(len(captured))
    assert counts[0] == counts[-1]


def test_a_correction_has_no_day_of_its_own(world: World) -> None:
    letter = world.letter_drafted()
    assert [due.what for due in dues_of(letter.challenge, letter)] == ["Draft", "Issue"]
    letter.supersedes_id = 1
    assert dues_of(letter.challenge, Letter(challenge=letter.challenge, supersedes_id=1)) == []
