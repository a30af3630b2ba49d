"""Days found for many visits, put down all at once.

Not asked for on its own: whoever calls has asked, and holds the round's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from rounds import permissions, queries
from rounds.actions.calendars import enter_days
from rounds.actions.objecting import settle_by_other_days
from rounds.models import Challenge, VisitDay

Days = Mapping[str, date]


@dataclass(frozen=True)
class PutDown:
    """`left`: those whose days somebody changed meanwhile, or with something in the way now."""

    moved: list[Challenge]
    left: list[Challenge]


class _InTheWay(Exception):
    def __init__(self, challenges: list[int]) -> None:
        super().__init__("days clash")
        self.challenges = challenges


def put_down(found: Mapping[int, Days], seen: Mapping[int, Days], *, by: User) -> PutDown:
    """Set all days found, by challenge, where those of `seen` are still the days there are.

    They take one another's places, so none is looked at before all are in theirs.
    """
    due: dict[int, Days] = {}
    left: list[int] = []
    challenges = {pk: Challenge.objects.locked(pk) for pk in sorted(found)}
    for pk, challenge in challenges.items():
        now = dict(challenge.days.values_list("phase", "day"))
        if now == dict(found[pk]):
            continue
        may = permissions.set_visit_days(by, challenge)
        if may and now == dict(seen.get(pk, {})):
            due[pk] = found[pk]
        else:
            left.append(pk)
    while due:
        try:
            with transaction.atomic():
                _replace([(challenges[pk], days) for pk, days in due.items()])
        except _InTheWay as way:
            left += way.challenges
            due = {pk: days for pk, days in due.items() if pk not in way.challenges}
        else:
            break
    for pk, days in due.items():
        note_days(challenges[pk], days, by=by)
    return PutDown([challenges[pk] for pk in due], [challenges[pk] for pk in sorted(left)])


def _replace(due: list[tuple[Challenge, Days]]) -> None:
    for challenge, days in due:
        write_days(challenge, days)
    clashing = [challenge.pk for challenge, days in due if queries.visit_clashes(challenge, days)]
    if clashing:
        raise _InTheWay(clashing)


def write_days(challenge: Challenge, days: Days) -> None:
    """In place of those there were; what was pinned, or sent, stays pinned."""
    pinned = challenge.dates_sent or challenge.days.filter(pinned=True).exists()
    challenge.days.all().delete()
    VisitDay.objects.bulk_create(
        VisitDay(challenge=challenge, phase=phase, day=day, pinned=pinned)
        for phase, day in days.items()
    )


def note_days(challenge: Challenge, days: Days, *, by: User) -> None:
    """In the record; and all sides are told where they knew other days."""
    record(
        "challenge.days_set",
        challenge,
        by=by,
        days={phase: day.isoformat() for phase, day in days.items()},
    )
    if challenge.dates_sent:
        settle_by_other_days(challenge, by=by)
        tell_days(challenge)


def tell_days(challenge: Challenge) -> None:
    enter_days(challenge)
    promise("rounds.tell_host_dates", challenge.pk)
    promise("rounds.tell_challenger_dates", challenge.pk)
