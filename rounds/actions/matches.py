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


class MatchesChanged(Exception):
    """Somebody changed the pairs since this person's page was drawn."""


@transaction.atomic
def propose_matches(
    round: Round,
    challengers: Mapping[Participation, Participation | None],
    *,
    version: str | None = None,
    by: User,
) -> Round:
    """Keep a draft of who challenges whom: host to challenger, None for nobody yet.

    A draft may break the rules while it is worked on; only confirming asks for them.
    Hosts whose offer is out are left as they are; whoever has withdrawn is left out. `version`
    is the one that was on the page: raises MatchesChanged when the pairs differ by now, and
    from what is asked.
    """
    round = _lock(round)
    permissions.match(by, round).require()
    settled = set(round.challenges.live().values_list("host", flat=True))
    staying = set(round.participations.taking_part().values_list("pk", flat=True))
    wanted = {
        host.pk: challenger.pk
        for host, challenger in challengers.items()
        if challenger
        and challenger != host
        and host.pk not in settled
        and {host.pk, challenger.pk} <= staying
    }
    proposed = round.challenges.filter(state=ChallengeState.PROPOSED)
    if dict(proposed.values_list("host", "challenger")) == wanted:
        return round
    _still_as_seen(round, version)
    proposed.delete()
    Challenge.objects.bulk_create(
        Challenge(round=round, host_id=host, challenger_id=challenger)
        for host, challenger in wanted.items()
    )
    if round.state == RoundState.OPEN:
        round.state = RoundState.MATCHING
        round.save(update_fields=["state"])
    record("round.matches_proposed", round, by=by, pairs=len(wanted))
    return round


@transaction.atomic
def confirm_matches(round: Round, *, version: str | None = None, by: User) -> list[Challenge]:
    """Offer every proposed challenge to both of its directors; `version` as in proposing."""
    round = _lock(round)
    permissions.match(by, round).require()
    _still_as_seen(round, version)
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


@transaction.atomic
def cancel_challenge(challenge: Challenge, *, by: User) -> Challenge:
    """Take a match back, so that both authorities can be matched anew."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.cancel_challenge(by, challenge).require()
    challenge.state = ChallengeState.CANCELLED
    challenge.save(update_fields=["state"])
    record("challenge.cancelled", challenge, by=by)
    promise("rounds.tell_host_cancelled", challenge.pk)
    promise("rounds.tell_challenger_cancelled", challenge.pk)
    return challenge


def _lock(round: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("region").get(pk=round.pk)


def _still_as_seen(round: Round, version: str | None) -> None:
    if version is not None and version != queries.matches_version(round):
        raise MatchesChanged
