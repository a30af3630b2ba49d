from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Capacity, Participation


@transaction.atomic
def allow_despite_intervention(participation: Participation, *, reason: str, by: User) -> Capacity:
    """The officer's word: in this round it may challenge although it is in intervention."""
    participation = _lock(participation)
    permissions.allow_despite_intervention(by, participation).require()
    capacity, _ = Capacity.objects.get_or_create(participation=participation)
    if capacity.despite_intervention_at:
        return capacity
    capacity.despite_intervention_at, capacity.despite_intervention_by = timezone.now(), by
    capacity.save(update_fields=["despite_intervention_at", "despite_intervention_by"])
    record("participation.allowed_despite_intervention", participation, by=by, reason=reason)
    return capacity


@transaction.atomic
def withdraw_word(participation: Participation, *, reason: str = "", by: User) -> Capacity:
    """Take the officer's word back: from now on the rule counts again."""
    participation = _lock(participation)
    permissions.withdraw_word(by, participation).require()
    capacity = Capacity.objects.filter(participation=participation).first()
    if capacity is None or capacity.despite_intervention_at is None:
        no("No officer has said that it may challenge all the same.").require()
        raise AssertionError  # `require` has raised
    capacity.despite_intervention_at = capacity.despite_intervention_by = None
    capacity.save(update_fields=["despite_intervention_at", "despite_intervention_by"])
    record("participation.word_withdrawn", participation, by=by, reason=reason)
    return capacity


def _lock(participation: Participation) -> Participation:
    return (
        Participation.objects.select_for_update(of=("self",))
        .select_related("round__region", "authority")
        .get(pk=participation.pk)
    )
