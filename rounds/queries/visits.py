from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count

from peerchallenge.shared.dates import bank_holidays
from rounds import scheduling
from rounds.models import Challenge, Round, VisitDay
from rounds.states import LIVE, ChallengeState


def visit_clashes(challenge: Challenge, days: Mapping[str, date]) -> list[scheduling.Clash]:
    """Why these days, phase id to date, cannot stand for this challenge."""
    others = (
        VisitDay.objects.filter(challenge__state__in=LIVE, day__in=days.values())
        .exclude(challenge=challenge)
        .select_related("challenge__host__authority", "challenge__challenger__authority")
    )
    booked = [
        scheduling.Booking(
            other.day,
            frozenset(
                {other.challenge.host_authority.name, other.challenge.challenger_authority.name}
            ),
            str(other.challenge),
        )
        for other in others
    ]
    round = challenge.round
    return scheduling.clashes(
        days,
        phases_of(round),
        parties=frozenset({challenge.host_authority.name, challenge.challenger_authority.name}),
        window=(round.visits_from, round.visits_to),
        closed=bank_holidays(),
        booked=booked,
    )


def phases_of(round: Round) -> list[scheduling.Phase]:
    return [
        scheduling.Phase(phase.id, phase.label, phase.after, phase.gap_least, phase.gap_most)
        for phase in round.format.phases
    ]


def dated_challenges(round: Round) -> list[Challenge]:
    """Accepted, with a day for every phase, and not yet told."""
    return list(
        round.challenges.filter(state__in=[ChallengeState.ACCEPTED, ChallengeState.SCOPED])
        .annotate(dated=Count("days"))
        .filter(dated=len(round.format.phases))
        .order_by("pk")
    )
