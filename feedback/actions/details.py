from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from authorities.models import User
from feedback import permissions, queries
from feedback.actions.letters import lock
from feedback.models import Letter, LetterDetail
from peerchallenge.audit.actions import record
from peerchallenge.shared.personal_data.passages import Detail


@transaction.atomic
def confirm_letter_details(letter: Letter, fingerprints: Collection[str], *, by: User) -> int:
    """Somebody says by name that these identify no child; says how many still stood there."""
    letter = lock(letter)
    permissions.settle_letter_details(by, letter).require()
    return confirm_among(letter, queries.letter_details_to_settle(letter), fingerprints, by=by)


@transaction.atomic
def confirm_noted_details(letter: Letter, fingerprints: Collection[str], *, by: User) -> int:
    """Who sends the host's notes says by name that these identify no child."""
    letter = lock(letter)
    permissions.note_point(by, letter).require()
    return confirm_among(letter, queries.noted_details_to_settle(letter), fingerprints, by=by)


def confirm_among(
    letter: Letter, waiting: list[Detail[LetterDetail]], fingerprints: Collection[str], *, by: User
) -> int:
    """The caller holds the letter, and has asked whether this person may."""
    confirmed = 0
    for detail in waiting:
        if detail.fingerprint in fingerprints:
            _, new = letter.confirmed.get_or_create(
                fingerprint=detail.fingerprint, defaults={"kind": detail.kind, "confirmed_by": by}
            )
            confirmed += new
    if confirmed:
        record("letter.details_confirmed", letter, by=by, number=confirmed)
    return confirmed
