from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from rounds import permissions, queries
from rounds.actions.answers import lock
from rounds.models import SelfAssessment


@transaction.atomic
def confirm_details(
    self_assessment: SelfAssessment, fingerprints: Collection[str], *, by: User
) -> int:
    """Somebody says by name that these identify no child; says how many still stood there."""
    self_assessment = lock(self_assessment)
    permissions.settle_details(by, self_assessment).require()
    confirmed = 0
    for detail in queries.details_to_settle(self_assessment):
        if detail.fingerprint in fingerprints:
            _, new = self_assessment.confirmed.get_or_create(
                fingerprint=detail.fingerprint, defaults={"kind": detail.kind, "confirmed_by": by}
            )
            confirmed += new
    if confirmed:
        record("self_assessment.details_confirmed", self_assessment, by=by, number=confirmed)
    return confirmed
