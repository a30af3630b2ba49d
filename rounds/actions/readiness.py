from __future__ import annotations

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Challenge, ReadyDespite
from rounds.queries.readiness import open_checks
from rounds.states import ChallengeState


@transaction.atomic
def make_ready(challenge: Challenge, *, despite: str = "", by: User) -> Challenge:
    """All on the list is done; or an officer passes over the rest, with a reason that stays."""
    challenge = Challenge.objects.locked(challenge.pk)
    if challenge.state == ChallengeState.READY:
        return challenge
    permissions.make_ready(by, challenge).require()
    unmet = open_checks(challenge)
    if unmet:
        titles = ", ".join(check.title.lower() for check in unmet)
        if not permissions.make_ready_despite(by, challenge):
            no(f"Still open: {titles}. Only a board officer passes over that.").require()
        if not despite:
            no(f"Still open: {titles}. Say why the visit goes ahead.").require()
        said = [f"{check.title}: {check.sentence}" for check in unmet]
        ReadyDespite.objects.create(challenge=challenge, unmet=said, reason=despite, by=by)
    challenge.state = ChallengeState.READY
    challenge.save(update_fields=["state"])
    record("challenge.ready", challenge, by=by, despite=[check.key for check in unmet])
    return challenge
