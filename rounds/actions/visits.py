from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.models import Challenge, Round, VisitDay
from rounds.states import ChallengeState


@transaction.atomic
def set_visit_days(challenge: Challenge, days: Mapping[str, date], *, by: User) -> Challenge:
    """Put down a day for each phase; refused with the clash if one stands in the way."""
    # The round is the lock: days of two challenges clash with each other.
    Round.objects.select_for_update().get(pk=challenge.round_id)
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.set_visit_days(by, challenge).require()
    if found := queries.visit_clashes(challenge, days):
        no(" ".join(clash.text for clash in found)).require()
    challenge.days.all().delete()
    VisitDay.objects.bulk_create(
        VisitDay(challenge=challenge, phase=phase, day=day) for phase, day in days.items()
    )
    record(
        "challenge.days_set",
        challenge,
        by=by,
        days={phase: day.isoformat() for phase, day in days.items()},
    )
    if challenge.state == ChallengeState.READY:
        _tell_both(challenge)
    return challenge


@transaction.atomic
def send_dates(round: Round, *, by: User) -> list[Challenge]:
    """Tell both sides of every challenge whose days are complete."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.send_dates(by, round).require()
    ready = queries.dated_challenges(round)
    for challenge in ready:
        challenge.state = ChallengeState.READY
        challenge.save(update_fields=["state"])
        record("challenge.dates_sent", challenge, by=by)
        _tell_both(challenge)
    return ready


@transaction.atomic
def follow_calendar(challenge: Challenge, then: ChallengeState, *, by: User | Clock) -> Challenge:
    """The first day on site has come, or the feedback has been given."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.follow_calendar(by, challenge, then).require()
    challenge.state = then
    challenge.save(update_fields=["state"])
    record(f"challenge.{then.value}", challenge, by=by)
    return challenge


def _tell_both(challenge: Challenge) -> None:
    promise("rounds.tell_host_dates", challenge.pk)
    promise("rounds.tell_challenger_dates", challenge.pk)
