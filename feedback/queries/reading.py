"""What the pages of one letter show."""

from __future__ import annotations

from dataclasses import dataclass

from authorities.models import User
from feedback.models import AccuracyReply, Letter, LetterContent
from feedback.queries.accuracy import Thread, accuracy_thread
from feedback.queries.composing import letter_content
from feedback.queries.differences import Change, changes_between, findings_said
from feedback.queries.issuing import failure_of
from feedback.queries.turns import COLOURS, Turn, turn_of
from feedback.queries.versions import predecessor_of
from feedback.queries.wording import director_of
from feedback.states import LetterState

MENDED = Turn("Approver and board officer", "Have what stands in the way of the PDF put right")


@dataclass(frozen=True)
class LetterPage:
    content: LetterContent
    as_sent: bool
    state: str
    colour: str
    turn: Turn
    threads: list[Thread]
    changes: list[Change]
    # What the changes are counted from, in words.
    since: str
    # Why its PDF could not be made.
    failure: str = ""

    @property
    def replies(self) -> list[AccuracyReply]:
        return [thread.reply for thread in self.threads]

    @property
    def findings_said(self) -> str:
        return findings_said(self.changes)


def letter_page(
    letter: Letter, *, as_host: bool, with_replies: bool, with_changes: bool
) -> LetterPage:
    """`as_host` shows what the host was sent, until the letter is issued."""
    content = content_for(letter, as_host=as_host)
    since, before = read_before(letter) if with_changes else ("", None)
    failure = failure_of(letter)
    return LetterPage(
        content=content,
        as_sent=as_host,
        state="Could not be made" if failure else letter.get_state_display(),
        colour="orange" if failure else COLOURS[LetterState(letter.state)],
        turn=MENDED if failure else turn_of(letter, lead_name(letter)),
        failure="" if as_host else failure,
        threads=accuracy_thread(letter, as_host=as_host) if with_replies else [],
        changes=changes_between(before, content) if before else [],
        since=since,
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


def read_before(letter: Letter) -> tuple[str, LetterContent | None]:
    """What the approver compares with: what the host was sent, or the letter that it corrects."""
    if letter.is_sealed:
        return "", None
    if letter.sent_content is not None:
        return "the host read it", letter.as_sent
    replaced = predecessor_of(letter)
    if replaced is None:
        return "", None
    return f"{replaced.reference} was issued", replaced.frozen_content
