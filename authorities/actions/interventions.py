from __future__ import annotations

from datetime import date

from django.db import transaction

from authorities import permissions
from authorities.models import Authority, Intervention, User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no


@transaction.atomic
def add_intervention(
    authority: Authority, *, from_date: date, to_date: date | None = None, by: User
) -> Intervention:
    """From now on it challenges nobody unless an officer says so; `to_date` is the last day."""
    # Two officers at once: the second waits, and is told of the first one's.
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    permissions.add_intervention(by, authority).require()
    if to_date is not None and to_date < from_date:
        no("The last day must be the same as or after the first.").require()
    if there := authority.interventions.between(from_date, to_date).first():
        no(f"{authority} is in intervention {there.lasts} already.").require()
    intervention = authority.interventions.create(from_date=from_date, to_date=to_date)
    record("intervention.added", intervention, by=by, **_days(intervention))
    return intervention


@transaction.atomic
def end_intervention(intervention: Intervention, *, last_day: date, by: User) -> Intervention:
    """It may challenge again from the day after `last_day`, with no word of an officer."""
    intervention = (
        Intervention.objects.select_for_update(of=("self",))
        .select_related("authority")
        .get(pk=intervention.pk)
    )
    permissions.end_intervention(by, intervention).require()
    if last_day < intervention.from_date:
        no("The last day must be the same as or after the first.").require()
    others = intervention.authority.interventions.exclude(pk=intervention.pk)
    if there := others.between(intervention.from_date, last_day).first():
        no(f"{intervention.authority} is in intervention {there.lasts} already.").require()
    intervention.to_date = last_day
    intervention.save(update_fields=["to_date"])
    record("intervention.ended", intervention, by=by, **_days(intervention))
    return intervention


def _days(intervention: Intervention) -> dict[str, str | int | None]:
    last = intervention.to_date
    return {
        "authority": intervention.authority_id,
        "first_day": intervention.from_date.isoformat(),
        "last_day": last.isoformat() if last else None,
    }
