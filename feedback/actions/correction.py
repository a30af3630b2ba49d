from __future__ import annotations

from django.db import transaction

from authorities.models import User
from feedback import permissions
from feedback.actions.letters import lock, move
from feedback.models import Letter, LetterPart
from feedback.states import LetterState
from peerchallenge.audit.actions import Actor, record
from peerchallenge.shared.answers import no
from rounds.models import Challenge


@transaction.atomic
def begin_correction(letter: Letter, *, reason: str, by: User) -> Letter:
    """A new letter with the words of the issued one, to take its place once it is issued.

    The findings are open to change again. `reason` stands on its face.
    """
    letter = lock(letter)
    permissions.begin_correction(by, letter).require()
    if not reason.strip():
        no("Say why the letter is replaced: it stands on its face.").require()
    correction = Letter.objects.create(
        challenge=letter.challenge,
        version=letter.version + 1,
        template=letter.template,
        supersedes=letter,
        correction_reason=" ".join(reason.split()),
        drafted_by=by,
    )
    parts = list(letter.parts.all())
    for part in parts:
        part.pk, part.letter = None, correction
    LetterPart.objects.bulk_create(parts)
    record("letter.correction_begun", correction, by=by, replaces=letter.reference)
    return correction


@transaction.atomic
def drop_correction(letter: Letter, *, by: User) -> None:
    """Nobody but the team has seen it: the issued letter stands as it is."""
    letter = lock(letter)
    permissions.drop_correction(by, letter).require()
    record("letter.correction_dropped", letter, by=by, replaces=letter.supersedes_id)
    letter.delete()


def supersede(letter: Letter, *, by: Actor) -> None:
    """Its correction is issued: it stays to be read, and no longer counts."""
    Challenge.objects.locked(letter.challenge_id)
    move(letter, LetterState.SUPERSEDED)
    record("letter.superseded", letter, by=by)
