"""The demo's letters, each as far as its story has got."""

from __future__ import annotations

from datetime import date, timedelta

from feedback import actions
from feedback.models import Letter
from feedback.queries import fill, placeholders
from feedback.states import PartKind
from peerchallenge.demo.content import AccuracyReply, RegionContent
from peerchallenge.demo.content import Challenge as Story
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from peerchallenge.shared.dates import bank_holidays, working_days_after
from rounds.models import Challenge

WORKING_DAYS_TO_DRAFT, TO_SEND, TO_REPLY, TO_APPROVE, TO_ISSUE = 3, 9, 4, 3, 1


def write_letter(
    story: Story, challenge: Challenge, content: RegionContent, cast: Cast, today: date
) -> None:
    if not story.has_reached("letter_drafting"):
        return
    words, lead = content.authority(story.host), cast.lead(story.challenger)
    last_day = story.days(today, closed=bank_holidays())[1]
    days = _days(last_day, today)
    with at(days["draft"], 10):
        letter = actions.draft_letter(challenge, by=lead)
    with at(days["draft"], 16):
        names = placeholders(challenge)
        texts = {key: fill(text, names) for key, text in words.letter.items()}
        actions.edit_letter(letter, texts | _answers(letter, texts), by=lead)
    if story.has_reached("letter_with_host"):
        with at(days["send"], 12):
            actions.send_letter_to_host(letter, by=lead)
    if story.has_reached("letter_replied") and words.accuracy:
        with at(days["reply"], 15):
            _reply(letter, words.accuracy, cast, story)
    if story.has_reached("letter_approved"):
        if words.accuracy and not words.accuracy.agrees:
            with at(days["reply"], 17):
                actions.hand_letter_over(letter, by=lead)
        with at(days["approve"], 11):
            actions.approve_letter(letter, by=cast.approver)
    if story.has_reached("letter_issued"):
        with at(days["issue"], 14):
            actions.issue_letter(letter, by=cast.officer)


def _answers(letter: Letter, texts: dict[str, str]) -> dict[str, str]:
    """What the team answers to each of the host's questions, by the key of its part."""
    answered = enumerate(letter.parts.filter(kind=PartKind.ANSWER), 1)
    return {part.key: texts[f"answer_{number}"] for number, part in answered}


def _days(last_day: date, today: date) -> dict[str, date]:
    """One step after the other, the host's check begun so lately that it is still open."""
    draft = working_days_after(last_day, WORKING_DAYS_TO_DRAFT)
    send = working_days_after(draft, TO_SEND)
    while working_days_after(send, TO_REPLY) > today + timedelta(days=2):
        send -= timedelta(days=1)
    reply = working_days_after(send, TO_REPLY)
    approve = working_days_after(reply, TO_APPROVE)
    issue = working_days_after(approve, TO_ISSUE)
    return {"draft": draft, "send": send, "reply": reply, "approve": approve, "issue": issue}


def _reply(letter: Letter, accuracy: AccuracyReply, cast: Cast, story: Story) -> None:
    corrections = [
        f"- “{row.says}” should read “{row.should_say}”." for row in accuracy.corrections
    ]
    comment = "\n\n".join(filter(None, [accuracy.text, "\n".join(corrections)]))
    actions.reply_on_accuracy(
        letter, agrees=accuracy.agrees, comment=comment, by=cast.director(story.host)
    )
