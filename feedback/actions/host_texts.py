"""The host thanks the team, and sums the letter up for its committee."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions, queries
from feedback.actions.details import confirm_among
from feedback.actions.files import want_file_of
from feedback.actions.letters import lock
from feedback.models import Letter, LetterFile, WrittenByHost
from feedback.queries.host_texts import Draft, frozen_text, host_text, newest_file
from feedback.states import FileKind
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import YES, Answer, no

MAY_WRITE = {
    FileKind.THANKS: permissions.write_thanks,
    FileKind.SUMMARY: permissions.write_summary,
}
SAVED = {
    FileKind.THANKS: "letter.thanks_written",
    FileKind.SUMMARY: "letter.summary_written",
}


class HostTextChanged(Exception):
    """Somebody saved the text in the meantime; `theirs` is how it reads now."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("saved in the meantime")
        self.theirs = theirs


@transaction.atomic
def save_host_text(
    letter: Letter, kind: FileKind, texts: Mapping[str, str], *, seen: int, by: User
) -> Draft:
    """Save the text, part key to text; `seen` is the count of saves on the person's page."""
    letter = lock(letter)
    MAY_WRITE[kind](by, letter).require()
    draft = host_text(letter, kind)
    _unsent(draft).require()
    parts = [part | {"text": texts.get(part["key"], part["text"])} for part in draft.parts]
    if draft.row and parts == draft.parts:
        return draft
    if seen != draft.edits:
        raise HostTextChanged(draft)
    row = draft.row or WrittenByHost(letter=letter, kind=kind)
    row.parts, row.edits, row.saved_by = parts, draft.edits + 1, by
    row.save()
    record(SAVED[kind], letter, by=by)
    return host_text(letter, kind)


@transaction.atomic
def send_thanks(letter: Letter, *, seen: int, by: User) -> LetterFile | None:
    """To the team, as it stands; once. None where it has been sent already."""
    letter = lock(letter)
    permissions.send_thanks(by, letter).require()
    draft = host_text(letter, FileKind.THANKS)
    if draft.is_sent:
        return None
    if draft.row is None:
        no("Write the letter of thanks first.").require()
    if seen != draft.edits:
        raise HostTextChanged(draft)
    permissions.host_text_details_settled(letter, draft).require()
    row = draft.row
    assert row is not None  # noqa: S101 - required above
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    content = frozen_text(letter, FileKind.THANKS, row.parts).to_json()
    file = want_file_of(letter, FileKind.THANKS, content, by=by)
    record("letter.thanks_sent", letter, by=by)
    promise("feedback.tell_team_thanked", letter.pk)
    return file


@transaction.atomic
def make_summary(letter: Letter, *, by: User) -> LetterFile:
    """Have the Word document made from the summary as saved; made of the same words, once."""
    letter = lock(letter)
    permissions.write_summary(by, letter).require()
    draft = host_text(letter, FileKind.SUMMARY)
    permissions.host_text_details_settled(letter, draft).require()
    content = frozen_text(letter, FileKind.SUMMARY, draft.parts).to_json()
    newest = newest_file(letter, FileKind.SUMMARY)
    if newest and newest.content and newest.content["parts"] == content["parts"]:
        return newest
    file = want_file_of(letter, FileKind.SUMMARY, content, by=by)
    record("letter.summary_made", letter, by=by, version=file.version)
    return file


@transaction.atomic
def confirm_host_text_details(
    letter: Letter, kind: FileKind, fingerprints: Collection[str], *, by: User
) -> int:
    """Who writes it says by name that these identify no child."""
    letter = lock(letter)
    MAY_WRITE[kind](by, letter).require()
    waiting = queries.host_text_details_to_settle(letter, host_text(letter, kind))
    return confirm_among(letter, waiting, fingerprints, by=by)


def _unsent(draft: Draft) -> Answer:
    return no("The letter of thanks has been sent: its text stands.") if draft.is_sent else YES
