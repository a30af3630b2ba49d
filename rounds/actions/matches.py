from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.models import Challenge, Participation, Round
from rounds.states import ChallengeState, RoundState


@transaction.atomic
def propose_matches(
    round: Round, challengers: Mapping[Participation, Participation | None], *, by: User
) -> Round:
    """Keep a draft of who challenges whom: host to challenger, None for nobody yet.

    A draft may break the rules while it is worked on; only confirming asks for them.
    Hosts whose offer is out are left as they are.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.match(by, round).require()
    settled = set(round.challenges.live().values_list("host", flat=True))
    round.challenges.filter(state=ChallengeState.PROPOSED).delete()
    proposals = Challenge.objects.bulk_create(
        Challenge(round=round, host=host, challenger=challenger)
        for host, challenger in challengers.items()
        if challenger and challenger != host and host.pk not in settled
    )
    if round.state == RoundState.OPEN:
        round.state = RoundState.MATCHING
        round.save(update_fields=["state"])
    record("round.matches_proposed", round, by=by, pairs=len(proposals))
    return round


@transaction.atomic
def confirm_matches(round: Round, *, by: User) -> list[Challenge]:
    """Offer every proposed challenge to both of its directors."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.match(by, round).require()
    if obstacles := queries.match_obstacles(round):
        no(f"The matches cannot be confirmed yet: {' '.join(obstacles)}").require()
    proposed = list(round.challenges.filter(state=ChallengeState.PROPOSED))
    for challenge in proposed:
        challenge.state = ChallengeState.OFFERED
        challenge.save(update_fields=["state"])
        record("challenge.offered", challenge, by=by)
        promise("rounds.offer_to_host", challenge.pk)
        promise("rounds.offer_to_challenger", challenge.pk)
    round.state = RoundState.UNDER_WAY
    round.save(update_fields=["state"])
    record("round.matches_confirmed", round, by=by, pairs=len(proposed))
    return proposed


@transaction.atomic
def accept_challenge(challenge: Challenge, *, by: User) -> Challenge:
    """Say yes for each side the director speaks for; two yeses make it accepted."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.answer_offer(by, challenge).require()
    now = timezone.now()
    if permissions.speaks_for_host(by, challenge) and not challenge.host_accepted_at:
        challenge.host_accepted_at, challenge.host_accepted_by = now, by
    if permissions.speaks_for_challenger(by, challenge) and not challenge.challenger_accepted_at:
        challenge.challenger_accepted_at, challenge.challenger_accepted_by = now, by
    if challenge.host_accepted_at and challenge.challenger_accepted_at:
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
