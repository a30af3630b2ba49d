"""The host shares its letter, and takes that back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from authorities.models import User
from feedback import permissions
from feedback.actions.files import want_file_of
from feedback.actions.letters import lock, move
from feedback.models import Letter, LetterFile, LetterShare, Redaction
from feedback.queries.places import Place
from feedback.queries.redacting import newest_redacted, reasons_of, redactable, redacted_version
from feedback.states import STANDING, Audience, FileKind, LetterState
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no

MOST_LEFT_OUT = 400


@transaction.atomic
def share_letter(
    letter: Letter,
    audience: Audience,
    *,
    redacted: bool = False,
    seen: int | None = None,
    by: User,
) -> LetterShare:
    """Let these people read it from now on, or its redacted version; tell them where.

    `seen` is the version of the redacted letter that stood on the person's page.
    """
    letter = lock(letter)
    made, newest = newest_redacted(letter, made=True), newest_redacted(letter)
    permissions.share_letter(
        by, letter, audience, redacted=redacted, made=made is not None, making=made != newest
    ).require()
    if redacted and made and seen not in (None, made.version):
        no(
            "Another redacted version was made since this page was drawn: read that first."
        ).require()
    share = LetterShare.objects.create(
        letter=letter, audience=audience, redacted=redacted, shared_by=by
    )
    _follow_shares(letter)
    verb = "letter.published" if audience == Audience.PUBLIC else "letter.shared"
    record(verb, letter, by=by, audience=audience, redacted=redacted)
    promise("feedback.tell_readers_shared", share.pk)
    return share


@transaction.atomic
def withdraw_share(share: LetterShare, *, reason: str, by: User) -> LetterShare:
    """They no longer read it, from their next request on."""
    letter = lock(share.letter)
    share = LetterShare.objects.select_for_update().get(pk=share.pk)
    share.letter = letter
    permissions.withdraw_share(by, share).require()
    if not reason.strip():
        no("Say why, for those who could read it.").require()
    share.withdrawn_by, share.withdrawn_at = by, timezone.now()
    share.withdrawn_because = reason.strip()
    share.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    _follow_shares(share.letter)
    record("letter.share_withdrawn", share.letter, by=by, audience=share.audience)
    promise("feedback.tell_readers_withdrawn", share.pk)
    return share


def count_public_read(share: LetterShare, *, downloaded: bool = False) -> None:
    """One more; of whom, nobody asks."""
    column = "times_downloaded" if downloaded else "times_read"
    LetterShare.objects.filter(pk=share.pk).update(**{column: F(column) + 1})


def read_redacted(letter: Letter, *, downloaded: bool = False, by: User) -> None:
    """By somebody who may read no more of it; written down like a read of the letter."""
    record("letter.redacted_downloaded" if downloaded else "letter.redacted_read", letter, by=by)


def read_host_file(file: LetterFile, *, by: User) -> None:
    """A letter of thanks or a summary; the redacted version counts as the letter."""
    if file.kind == FileKind.REDACTED:
        read_redacted(file.letter, downloaded=True, by=by)
    else:
        record("letter.host_file_downloaded", file.letter, by=by, kind=file.kind)


@transaction.atomic
def leave_passages_out(letter: Letter, places: list[str], *, reason: str, by: User) -> list[Place]:
    """Mark passages to be left out of the redacted version; one that is marked stays as it is."""
    letter = lock(letter)
    permissions.redact_letter(by, letter).require()
    if not reason.strip():
        no("Give the reason that readers see in its place.").require()
    marked = reasons_of(letter)
    wanted = set(places) - set(marked)
    found = [one for one in redactable(letter.frozen_content) if one.place in wanted]
    if len(marked) + len(found) > MOST_LEFT_OUT:
        no(f"At most {MOST_LEFT_OUT} passages can be left out.").require()
    Redaction.objects.bulk_create(
        Redaction(letter=letter, place=one.place, reason=reason.strip(), by=by) for one in found
    )
    if found:
        record("letter.passages_left_out", letter, by=by, places=[one.place for one in found])
    return found


@transaction.atomic
def put_passage_back(letter: Letter, redaction_id: int, *, by: User) -> bool:
    """Into the next redacted version; false where somebody has done so already."""
    letter = lock(letter)
    permissions.redact_letter(by, letter).require()
    redaction = letter.redactions.filter(pk=redaction_id).first()
    if redaction is None:
        return False
    redaction.delete()
    record("letter.passage_put_back", letter, by=by, place=redaction.place)
    return True


@transaction.atomic
def make_redacted_version(letter: Letter, *, by: User) -> LetterFile:
    """Have its PDF made from the words that are left; pressed twice, it is made once."""
    letter = lock(letter)
    permissions.make_redacted_version(by, letter).require()
    reasons = reasons_of(letter)
    if not reasons:
        no("Choose at least one passage to leave out.").require()
    content = redacted_version(letter.frozen_content, reasons).to_json()
    newest = newest_redacted(letter)
    if newest and newest.content == content:
        return newest
    made = want_file_of(letter, FileKind.REDACTED, content, by=by)
    record("letter.redacted", letter, by=by, passages=len(reasons), version=made.version)
    return made


def _follow_shares(letter: Letter) -> None:
    """Published while everybody may read it, shared while some may, issued while none may."""
    if letter.state not in STANDING:
        return
    live = set(letter.shares.live().values_list("audience", flat=True))
    wanted = LetterState.ISSUED
    if live:
        wanted = LetterState.PUBLISHED if Audience.PUBLIC in live else LetterState.SHARED
    between = {letter.state, wanted} == {LetterState.ISSUED, LetterState.PUBLISHED}
    for state in [LetterState.SHARED, wanted] if between else [wanted]:
        if letter.state != state:
            move(letter, state)
