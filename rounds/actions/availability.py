"""Days on which an authority, a person or a venue cannot, or would rather not."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from authorities.models import Authority, User, Venue
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Unavailable
from rounds.queries.own_days import Whose

A_DAY = timedelta(days=1)


@transaction.atomic
def say_unavailable(
    whose: Whose,
    *,
    first_day: date,
    last_day: date,
    rather_not: bool = False,
    reason: str = "",
    by: User,
) -> Unavailable:
    """For the authority or the venue, or for themselves where there is none.

    Days of one kind that touch or overlap become one row with the reasons of all; saying again
    what is there changes nothing.
    """
    permissions.say_unavailable(by, whose).require()
    _lock(whose, by)
    if first_day > last_day:
        no("The last day must be the same as or after the first day.").require()
    owner = {
        "authority": whose if isinstance(whose, Authority) else None,
        "venue": whose if isinstance(whose, Venue) else None,
        "user": None if whose else by,
    }
    own = Unavailable.objects.filter(**owner)
    new = Unavailable(
        **owner,
        first_day=first_day,
        last_day=last_day,
        rather_not=rather_not,
        reason=reason,
    )
    joined = [row for row in own.filter(rather_not=rather_not) if _belong_together(row, new)]
    if there := next((row for row in joined if _says(row, new)), None):
        return there
    kept = joined[0] if joined else new
    kept.first_day = min(row.first_day for row in (new, *joined))
    kept.last_day = max(row.last_day for row in (new, *joined))
    kept.reason = _together(*joined, new)
    kept.said_by = by
    kept.save()
    own.filter(pk__in=[row.pk for row in joined[1:]]).delete()
    record("unavailable.said", kept, by=by, **_details(kept), joined=len(joined))
    return kept


@transaction.atomic
def take_back_unavailable(row: Unavailable, *, by: User) -> bool:
    """Whether it was still there to be taken back."""
    permissions.take_back_unavailable(by, row).require()
    found = Unavailable.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        return False
    record("unavailable.taken_back", found, by=by, **_details(found))
    found.delete()
    return True


def _belong_together(one: Unavailable, other: Unavailable) -> bool:
    """They overlap; or one follows the other for the same reason."""
    near = A_DAY if one.reason == other.reason else timedelta(0)
    return one.first_day <= other.last_day + near and other.first_day <= one.last_day + near


def _says(there: Unavailable, new: Unavailable) -> bool:
    """It holds all the days, and the reason too."""
    whole = there.first_day <= new.first_day and new.last_day <= there.last_day
    return whole and _together(there, new) == there.reason


def _together(*rows: Unavailable) -> str:
    """The reasons of all, each line once."""
    lines = (line for row in rows for line in row.reason.splitlines() if line)
    return "\n".join(dict.fromkeys(lines))


def _lock(whose: Whose, by: User) -> None:
    """Two who say the same at once wait for one another."""
    model = Authority if isinstance(whose, Authority) else Venue if whose else User
    model.objects.select_for_update(no_key=True).get(pk=whose.pk if whose else by.pk)


def _details(row: Unavailable) -> dict[str, object]:
    """For the record, whose rows are kept for good: the days, never the reason."""
    return {
        "authority": row.authority_id,
        "user": row.user_id,
        "venue": row.venue_id,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "rather_not": row.rather_not,
    }
