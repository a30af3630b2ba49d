"""Each mail: to whom, about what, with which link, and with nothing of what was written."""

from __future__ import annotations

from django.core import mail
from django.utils import timezone

from authorities.states import Role
from feedback import actions
from feedback.models import Letter
from peerchallenge.audit.actions import CLOCK
from tests.feedback.conftest import again, cast
from tests.world import (
    ANSWER_TOKEN,
    FINDING_TOKEN,
    LETTER_TOKEN,
    WORDING_TOKEN,
    World,
    run_effects,
)


def posted() -> dict[str, set[str]]:
    """Subject to receivers, of what was promised and is sent now; nothing written goes along."""
    mail.outbox.clear()
    run_effects()
    for message in mail.outbox:
        text = message.subject + message.body
        for token in (ANSWER_TOKEN, FINDING_TOKEN, WORDING_TOKEN, LETTER_TOKEN, "Two, not three"):
            assert token not in text
        assert "http" in message.body
        assert message.body.count("\n\n\n") == 0
    found: dict[str, set[str]] = {}
    for message in mail.outbox:
        assert message.to[0] not in found.setdefault(message.subject, set())
        found[message.subject].add(message.to[0])
    return found


def links() -> set[str]:
    return {line for message in mail.outbox for line in message.body.split() if "://" in line}


def test_every_step_of_a_letter_writes_to_those_whose_turn_it_is(world: World) -> None:
    letter = world.letter_drafted()
    host = letter.challenge.host_authority
    who = cast(world, letter.challenge)
    base = "http://localhost:8000"
    posted()

    actions.send_letter_to_host(letter, by=who["lead"])
    receivers = {who["director"].email, who["authority_officer"].email}
    assert posted() == {"Please check the facts in your draft feedback letter": receivers}
    assert links() == {f"{base}/letters/{letter.pk}/accuracy"}

    actions.reply_on_accuracy(letter, agrees=False, comment="Two, not three", by=who["director"])
    assert posted() == {f"{host} asks for corrections to your letter": {who["lead"].email}}
    assert links() == {f"{base}/letters/{letter.pk}/edit"}

    actions.hand_letter_over(letter, by=who["lead"])
    waiting = {"A feedback letter is waiting for your approval": {who["approver"].email}}
    assert posted() == waiting
    assert links() == {f"{base}/letters/{letter.pk}"}

    actions.send_letter_back(letter, reason="Two, not three", by=who["approver"])
    subject = f"Your feedback letter to {host} has come back"
    assert posted() == {subject: {who["lead"].email}}

    actions.hand_letter_over(letter, by=who["lead"])
    assert posted() == waiting

    actions.approve_letter(letter, by=who["approver"])
    subject = f"The feedback letter to {host} is approved"
    assert posted() == {subject: {who["officer"].email}}
    assert links() == {f"{base}/rounds/{letter.challenge.round_id}/letters"}

    actions.seal_letter(actions.issue_letter(letter, by=who["officer"]), b"%PDF-", by=CLOCK)
    reference = again(letter).reference
    assert posted() == {
        f"Your feedback letter {reference} has been issued": receivers,
        f"The feedback letter {reference} to {host} has been issued": {
            who["lead"].email,
            who["member"].email,
        },
    }
    assert links() == {f"{base}/letters/{letter.pk}"}


def test_agreement_and_silence_are_told_apart(world: World) -> None:
    letter = world.letter_with_host()
    posted()
    Letter.objects.filter(pk=letter.pk).update(
        sent_to_host_at=timezone.now() - timezone.timedelta(days=30)
    )
    actions.count_silence_as_agreement(letter, by=CLOCK)
    host = letter.challenge.host_authority
    assert f"{host} has nothing to correct in your letter" in posted()
    body = next(message.body for message in mail.outbox if "nothing to correct" in message.subject)
    assert "without a word" in body


def test_a_new_director_gets_what_their_predecessor_would_have(world: World) -> None:
    letter = world.letter_drafted()
    posted()
    host = letter.challenge.host_authority
    old, new = world.director_of(host), world.person(Role.DIRECTOR, host)
    actions.send_letter_to_host(letter, by=letter.drafted_by)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    old.memberships.update(to_date=yesterday)
    assert posted() == {"Please check the facts in your draft feedback letter": {new.email}}
