"""Officers ask by when all say on which days they cannot; who has said so is chased no more."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from authorities.models import Authority, User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import AvailabilityAnswer, Round
from rounds.queries.answered_days import unsaid_in


class DueDateChanged(Exception):
    """Somebody set another date since this person's page was drawn."""


@transaction.atomic
def ask_availability(round: Round, due: date, *, seen: date | None = None, by: User) -> Round:
    """The first time everybody is told; another date later moves the reminders alone.

    `seen` is the date that stood on the page: raises DueDateChanged where it is another by now.
    """
    round = Round.objects.locked(round.pk)
    permissions.ask_availability(by, round).require()
    if round.availability_due == due:
        return round
    if round.availability_due != seen:
        raise DueDateChanged
    if due < timezone.localdate() or due > round.visits_to:
        no("The date must be to come, and before the last day of the visits.").require()
    first = round.availability_due is None
    round.availability_due = due
    round.save(update_fields=["availability_due"])
    verb = "round.availability_asked" if first else "round.availability_moved"
    record(verb, round, by=by, due=due.isoformat())
    for part in sorted(unsaid_in(round)) if first else []:
        promise("rounds.ask_availability", part)
    return round


@transaction.atomic
def chase_availability(round: Round, *, by: User) -> int:
    """Remind those who have not said so now; says of how many authorities."""
    round = Round.objects.locked(round.pk)
    permissions.chase_availability(by, round).require()
    parts = sorted(unsaid_in(round))
    record("round.availability_chased", round, by=by, authorities=len(parts))
    for part in parts:
        promise("rounds.chase_availability", part)
    return len(parts)


@transaction.atomic
def answer_availability(
    round: Round, authority: Authority | None, *, by: User
) -> AvailabilityAnswer:
    """The days that stand are all, be it none; said again it stays as it was."""
    round = Round.objects.locked(round.pk)
    permissions.answer_availability(by, round, authority).require()
    answer, new = AvailabilityAnswer.objects.get_or_create(
        round=round,
        authority=authority,
        user=None if authority else by,
        defaults={"by": by},
    )
    if new:
        record(
            "round.availability_answered",
            round,
            by=by,
            authority=authority.pk if authority else None,
        )
    return answer
