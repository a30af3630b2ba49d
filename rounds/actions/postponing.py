"""A visit is put off, and gets other days: offered, answered by both sides, sent at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.calendars import cancel_entries, enter_days
from rounds.actions.objecting import settle_by_other_days
from rounds.models import (
    Challenge,
    DateOffer,
    DateOfferAnswer,
    Postponement,
    Round,
    Scope,
    VisitDay,
)
from rounds.states import ChallengeState

Days = Mapping[str, date]
C = ChallengeState


class OffersChanged(Exception):
    """Other days are offered by now than on this person's page."""


@transaction.atomic
def postpone_challenge(
    challenge: Challenge, *, kind: str, reason: str, not_before: date | None = None, by: User
) -> Postponement:
    """Give its days up but for those that are over; all are told, and others are looked for."""
    challenge = _locked(challenge)
    permissions.postpone_challenge(by, challenge).require()
    freed = {visit.phase: visit.day for visit in queries.given_up(challenge)}
    postponement = Postponement.objects.create(
        challenge=challenge,
        kind=kind,
        reason=reason,
        not_before=not_before,
        days={phase: day.isoformat() for phase, day in freed.items()},
        state_before=challenge.state,
        by=by,
    )
    settle_by_other_days(challenge, by=by)
    challenge.days.filter(phase__in=freed).delete()
    if challenge.days.exists():
        # What has been held stays in people's calendars.
        enter_days(challenge)
    else:
        cancel_entries(challenge)
    challenge.state, challenge.dates_sent_at = C.POSTPONED, None
    challenge.save(update_fields=["state", "dates_sent_at"])
    record("challenge.postponed", challenge, by=by, kind=kind)
    promise("rounds.tell_host_postponed", challenge.pk)
    promise("rounds.tell_challenger_postponed", challenge.pk)
    promise("rounds.offer_new_dates", challenge.pk)
    return postponement


@transaction.atomic
def offer_dates(
    postponement: Postponement,
    days: Sequence[Days],
    *,
    obstacles: Sequence[str] = (),
    by: User | Clock,
) -> Postponement:
    """Ask both sides on which of these they can; where there are none, tell the officers why."""
    challenge = _locked(postponement.challenge)
    permissions.offer_dates(by, challenge).require()
    postponement = challenge.postponements.open().get(pk=postponement.pk)
    if postponement.looked_at:
        return postponement
    postponement.looked_at, postponement.obstacles = timezone.now(), list(obstacles)
    postponement.save(update_fields=["looked_at", "obstacles"])
    DateOffer.objects.bulk_create(
        DateOffer(
            postponement=postponement,
            rank=rank,
            days={phase: day.isoformat() for phase, day in each.items()},
        )
        for rank, each in enumerate(days, 1)
    )
    record("challenge.dates_offered", challenge, by=by, number=len(days))
    if days:
        promise("rounds.ask_for_dates", challenge.pk)
    else:
        promise("rounds.tell_officers_no_dates", challenge.pk)
    return postponement


@transaction.atomic
def look_for_other_dates(
    challenge: Challenge, *, not_before: date | None = None, by: User
) -> Postponement:
    """What was offered is withdrawn, and others are looked for; pressed twice, once."""
    challenge = _locked(challenge)
    permissions.choose_dates(by, challenge).require()
    postponement = challenge.postponements.open().get()
    if not postponement.looked_at:
        return postponement
    _standing(postponement).update(withdrawn_at=timezone.now())
    postponement.looked_at, postponement.not_before = None, not_before
    postponement.obstacles = []
    postponement.save(update_fields=["looked_at", "not_before", "obstacles"])
    record("challenge.other_dates_wanted", challenge, by=by)
    promise("rounds.offer_new_dates", challenge.pk)
    return postponement


@transaction.atomic
def answer_dates(challenge: Challenge, answers: Mapping[int, bool], *, by: User) -> Challenge:
    """Say for each offer, by key, whether the sides this director speaks for can.

    Once all sides can on one, the best of these is set and sent. Raises OffersChanged when other
    days are offered by now.
    """
    challenge = _locked(challenge)
    permissions.answer_dates(by, challenge).require()
    postponement = challenge.postponements.open().get()
    offers = {offer.pk: offer for offer in _standing(postponement)}
    if not offers or set(answers) != set(offers):
        raise OffersChanged
    for side in permissions.sides_of(by, challenge):
        for key, can in answers.items():
            DateOfferAnswer.objects.update_or_create(
                offer=offers[key],
                participation=side.participation,
                defaults={"can": can, "by": by, "at": timezone.now()},
            )
    record("challenge.dates_answered", challenge, by=by)
    for offer in queries.agreed_offers(challenge, postponement):
        if not queries.offer_clashes(challenge, offer):
            return _resume(challenge, postponement, queries.days_in(offer.days), by)
        # Somebody else was given these days since they were offered.
        offer.withdrawn_at = timezone.now()
        offer.save(update_fields=["withdrawn_at"])
    if queries.nothing_agreed(challenge, postponement):
        promise("rounds.tell_officers_no_dates", challenge.pk)
    return challenge


@transaction.atomic
def choose_dates(
    challenge: Challenge, days: Days, *, offers: Collection[int] | None = None, by: User
) -> Challenge:
    """An officer settles it: days that were offered, before all have answered, or others.

    `offers`: the keys that were on the page, where one of them was chosen.
    """
    challenge = _locked(challenge)
    permissions.choose_dates(by, challenge).require()
    postponement = challenge.postponements.open().get()
    if offers is not None and set(offers) != {offer.pk for offer in _standing(postponement)}:
        raise OffersChanged
    if found := queries.visit_clashes(challenge, days):
        no(" ".join(clash.text for clash in found)).require()
    if set(days) != {phase.id for phase in queries.still_to_date(challenge)[0]}:
        no("Give a day for each part of the visit that has none.").require()
    return _resume(challenge, postponement, days, by)


def _resume(challenge: Challenge, postponement: Postponement, days: Days, by: User) -> Challenge:
    """The days are set and sent, and the challenge is where it was before, as far as it can be."""
    # What people were told is not moved by looking again, as when dates are first sent.
    VisitDay.objects.bulk_create(
        VisitDay(challenge=challenge, phase=phase, day=day, pinned=True)
        for phase, day in days.items()
    )
    agreed = Scope.objects.filter(challenge=challenge).first()
    # Whether all is ready for other days is asked anew.
    early = postponement.state_before == C.ACCEPTED or not (agreed and agreed.agreed)
    challenge.state = C.ACCEPTED if early else C.SCOPED
    challenge.dates_sent_at = postponement.resumed_at = timezone.now()
    challenge.save(update_fields=["state", "dates_sent_at"])
    postponement.save(update_fields=["resumed_at"])
    record(
        "challenge.resumed",
        challenge,
        by=by,
        days={phase: day.isoformat() for phase, day in days.items()},
    )
    enter_days(challenge)
    promise("rounds.tell_host_dates", challenge.pk)
    promise("rounds.tell_challenger_dates", challenge.pk)
    return challenge


def _locked(challenge: Challenge) -> Challenge:
    """The round is the lock of days: those of two challenges clash with each other."""
    Round.objects.select_for_update().get(pk=challenge.round_id)
    return Challenge.objects.locked(challenge.pk)


def _standing(postponement: Postponement) -> QuerySet[DateOffer]:
    return postponement.offers.filter(withdrawn_at__isnull=True)
