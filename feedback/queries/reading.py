"""What the pages of one letter show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from authorities.models import User
from feedback.models import AccuracyReply, Letter, LetterContent
from feedback.queries.composing import letter_content
from feedback.queries.turns import COLOURS, Turn, turn_of
from feedback.queries.wording import director_of
from feedback.states import LetterState


@dataclass(frozen=True)
class Change:
    """A part of the letter that reads otherwise than when the host checked it."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class LetterPage:
    content: LetterContent
    as_sent: bool
    state: str
    colour: str
    turn: Turn
    replies: list[AccuracyReply]
    changes: list[Change]


def letter_page(
    letter: Letter, *, as_host: bool, with_replies: bool, with_changes: bool
) -> LetterPage:
    """`as_host` shows what the host was sent, until the letter is issued."""
    content = content_for(letter, as_host=as_host)
    replies = letter.replies.select_related("by") if with_replies else []
    return LetterPage(
        content=content,
        as_sent=as_host,
        state=letter.get_state_display(),
        colour=COLOURS[LetterState(letter.state)],
        turn=turn_of(letter, lead_name(letter)),
        replies=list(replies),
        changes=changes_since_sent(letter, content) if with_changes else [],
    )


def content_for(letter: Letter, *, as_host: bool) -> LetterContent:
    """What was issued; else what the host was sent, or the letter as it stands."""
    if letter.is_sealed:
        return letter.frozen_content
    if as_host:
        return letter.as_sent
    if letter.state == LetterState.ISSUING:
        return letter.frozen_content
    return letter_content(letter)


def lead_name(letter: Letter) -> str:
    seat = letter.challenge.team.current().leads().select_related("user").first()
    return seat.user.name if seat else ""


def recipient_of(letter: Letter) -> User | None:
    return director_of(letter.challenge)


def changes_since_sent(letter: Letter, now: LetterContent) -> list[Change]:
    """Part by part, what the host has not seen as it reads now."""
    if letter.sent_content is None or letter.is_sealed:
        return []
    before, after = dict(_said(letter.as_sent)), dict(_said(now))
    headings = list(dict.fromkeys([*after, *before]))
    return [
        Change(heading, before.get(heading, ""), after.get(heading, ""))
        for heading in headings
        if before.get(heading, "") != after.get(heading, "")
    ]


def _said(content: LetterContent) -> Iterator[tuple[str, str]]:
    for part in content.opening:
        yield part.heading, part.text
    for found in content.themes:
        for label, texts in (
            ("strengths", found.strengths),
            ("areas for consideration", found.areas),
            ("good practice", found.good_practice),
        ):
            if texts:
                yield f"{found.theme}: {label}", "\n\n".join(texts)
    for part in content.closing:
        yield part.heading, part.text
