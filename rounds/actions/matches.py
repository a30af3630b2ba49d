from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from rounds import permissions
from rounds.actions.calendars import cancel_entries
from rounds.actions.objecting import settle_by_other_days
from rounds.models import Challenge
from rounds.states import ChallengeState, SeatOfferState


class MatchesChanged(Exception):
    """Somebody changed the pairs since this person's page was drawn."""


@transaction.atomic
def accept_challenge(challenge: Challenge, *, by: User) -> Challenge:
    """Say yes for each side the director speaks for; once all have, it is accepted."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.answer_offer(by, challenge).require()
    now = timezone.now()
    own = {side.participation for side in permissions.sides_of(by, challenge)}
    if challenge.host in own and not challenge.host_accepted_at:
        challenge.host_accepted_at, challenge.host_accepted_by = now, by
    if challenge.challenger in own and not challenge.challenger_accepted_at:
        challenge.challenger_accepted_at, challenge.challenger_accepted_by = now, by
    for fellow in challenge.fellows.all():
        if fellow.participation in own and not fellow.accepted_at:
            fellow.accepted_at, fellow.accepted_by = now, by
            fellow.save(update_fields=["accepted_at", "accepted_by"])
    if not challenge.unanswered:
        challenge.state = ChallengeState.ACCEPTED
    challenge.save()
    record("challenge.accepted", challenge, by=by)
    if challenge.state == ChallengeState.ACCEPTED:
        promise("rounds.tell_host_accepted", challenge.pk)
        promise("rounds.tell_challenger_accepted", challenge.pk)
    return challenge


@transaction.atomic
def decline_challenge(challenge: Challenge, *, reason: str, by: User) -> Challenge:
    """Object to the match; the reason is for the board's officers alone."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.answer_offer(by, challenge).require()
    challenge.state, challenge.objection = ChallengeState.DECLINED, reason
    challenge.save(update_fields=["state", "objection"])
    record(
        "challenge.declined",
        challenge,
        by=by,
        # Who may read the objection beside the officers: whoever's it is.
        authorities=[authority.pk for authority in permissions.spoken_for(by, challenge)],
    )
    promise("rounds.tell_officers_declined", challenge.pk)
    return challenge


@transaction.atomic
def cancel_challenge(challenge: Challenge, *, reason: str = "", by: User) -> Challenge:
    """Take a match back, so that both authorities can be matched anew."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.cancel_challenge(by, challenge).require()
    cancel(challenge, reason=reason, by=by)
    return challenge


def cancel(challenge: Challenge, *, reason: str = "", tell_host: bool = True, by: User) -> None:
    """Both sides are told; the caller holds the row, and has asked.

    Nothing it held open is left open: seats that were offered, days that were objected to.
    """
    challenge.state, challenge.cancelled_for = ChallengeState.CANCELLED, reason
    challenge.save(update_fields=["state", "cancelled_for"])
    cancel_entries(challenge)
    asked = challenge.seat_offers.filter(state=SeatOfferState.ASKED).values_list("pk", flat=True)
    for offer in list(asked):
        promise("rounds.tell_seat_withdrawn", offer)
    challenge.seat_offers.standing().update(state=SeatOfferState.WITHDRAWN)
    settle_by_other_days(challenge, by=by)
    record("challenge.cancelled", challenge, by=by)
    if tell_host:
        promise("rounds.tell_host_cancelled", challenge.pk)
    promise("rounds.tell_challenger_cancelled", challenge.pk)
