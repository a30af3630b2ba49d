from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from authorities.models import Authority, Region, User
from peerchallenge.audit.actions import record, record_each
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import EarlierChallenge
from rounds.queries.earlier import Entry, entered_already


@transaction.atomic
def enter_earlier_challenges(
    region: Region, entries: Sequence[Entry], *, by: User
) -> list[EarlierChallenge]:
    """Add what was held before the rounds were run here; what is there already stays as it is."""
    region = Region.objects.select_for_update().get(pk=region.pk)
    permissions.enter_earlier_challenges(by, region).require()
    places = {place for entry in entries for place in (entry.host, entry.challenger)}
    if Authority.objects.filter(pk__in=places, region=region).count() < len(places):
        no("One of these authorities is not of this region.").require()
    there = entered_already(region)
    # Of two rows about one challenge the first is kept.
    new = {entry.what: entry for entry in reversed(entries) if entry.what not in there}
    made = [
        EarlierChallenge.objects.create(
            region=region,
            host_id=entry.host,
            challenger_id=entry.challenger,
            held_on=entry.held_on,
            round_name=entry.round_name,
            days=entry.days,
            entered_by=by,
        )
        for entry in reversed(new.values())
    ]
    record_each("earlier_challenge.entered", made, by=by)
    return made


@transaction.atomic
def remove_earlier_challenge(earlier: EarlierChallenge, *, by: User) -> None:
    """It was entered by mistake; pressed twice, it is gone all the same."""
    found = (
        EarlierChallenge.objects.select_for_update(of=("self",))
        .select_related("region", "host", "challenger")
        .filter(pk=earlier.pk)
        .first()
    )
    if found is None:
        return
    permissions.remove_earlier_challenge(by, found).require()
    record(
        "earlier_challenge.removed",
        found,
        by=by,
        what=str(found),
        round=found.round_name,
        days=found.days,
    )
    found.delete()
