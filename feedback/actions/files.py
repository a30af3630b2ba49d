"""Files beside a letter's PDF: made in a worker, when somebody first wants one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions
from feedback.models import Letter, LetterFile
from feedback.states import FileKind
from peerchallenge.audit.actions import Actor, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.seals import seal_of


@transaction.atomic
def want_file(letter: Letter, kind: FileKind, *, by: User) -> LetterFile:
    """The letter itself in another shape; asked for twice, by whomever, it is made once."""
    permissions.download_letter(letter).require()
    there = LetterFile.objects.filter(letter=letter, kind=kind).defer("data").first()
    if there:
        return there
    file, is_new = LetterFile.objects.get_or_create(
        letter=letter, kind=kind, version=1, defaults={"asked_by": by}
    )
    if is_new:
        promise("feedback.make_file", file.pk)
    return file


@transaction.atomic
def want_file_of(
    letter: Letter, kind: FileKind, content: dict[str, Any], *, by: User
) -> LetterFile:
    """A file that is made from words of its own: its next version. The caller holds the letter
    and has asked whether this person may."""
    last = LetterFile.objects.filter(letter=letter, kind=kind).defer("data").first()
    file = LetterFile.objects.create(
        letter=letter,
        kind=kind,
        version=last.version + 1 if last else 1,
        content=content,
        asked_by=by,
    )
    promise("feedback.make_file", file.pk)
    return file


@transaction.atomic
def keep_file(file: LetterFile, data: bytes, *, by: Actor) -> LetterFile:
    """Keep what was made, with its hash; made a second time, nothing changes."""
    file = LetterFile.objects.select_for_update().get(pk=file.pk)
    if file.data is not None:
        return file
    file.data, file.sha256 = data, seal_of(data)
    file.made_at = timezone.now()
    file.save(update_fields=["data", "sha256", "made_at"])
    record("letter.file_made", file.letter, by=by, kind=file.kind, version=file.version)
    return file


def download_file(file: LetterFile, *, by: User) -> None:
    """Taking a copy away is reading it."""
    record("letter.downloaded", file.letter, by=by, kind=file.kind)
