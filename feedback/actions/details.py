from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from authorities.models import User
from feedback import permissions, queries
from feedback.actions.letters import lock
from feedback.models import Letter
from peerchallenge.audit.actions import record


@transaction.atomic
def confirm_letter_details(letter: Letter, fingerprints: Collection[str], *, by: User) -> int:
    """Somebody says by name that these identify no child; says how many still stood there."""
    letter = lock(letter)
    permissions.settle_letter_details(by, letter).require()
    confirmed = 0
    for detail in queries.letter_details_to_settle(letter):
        if detail.fingerprint in fingerprints:
            _, new = letter.confirmed.get_or_create(
                fingerprint=detail.fingerprint, defaults={"kind": detail.kind, "confirmed_by": by}
            )
            confirmed += new
    if confirmed:
        record("letter.details_confirmed", letter, by=by, number=confirmed)
    return confirmed
