"""What is known of those who can sit on a team: said by themselves, and by the officers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from authorities import permissions
from authorities.models import Expertise, Reviewer, User
from authorities.queries.reviewers import version_of
from authorities.states import TeamSeat
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no


class ReviewerChanged(Exception):
    """Somebody changed this since the person's page was drawn."""


@dataclass(frozen=True)
class Training:
    """Somebody was trained on a day, and it counts until another; none: it does not lapse."""

    user: int
    trained_on: date
    lapses_on: date | None


@transaction.atomic
def say_reviewing(
    *,
    seats: Sequence[TeamSeat],
    expertise: Iterable[str],
    days_most: int | None,
    paused_until: date | None,
    seen: str | None = None,
    by: User,
) -> Reviewer:
    """Which seats they fill, what they know well, and how much they can give.

    `seen` is the mark that was on the page: raises ReviewerChanged when it is another by now.
    """
    permissions.say_reviewing(by).require()
    reviewer = _locked(by, seen)
    reviewer.seats = [seat.value for seat in TeamSeat if seat in seats]
    reviewer.days_most, reviewer.paused_until = days_most, paused_until
    _save(reviewer, by)
    names = list(dict.fromkeys(name.strip() for name in expertise if name.strip()))
    reviewer.expertise.exclude(name__in=names).delete()
    there = set(reviewer.expertise.values_list("name", flat=True))
    Expertise.objects.bulk_create(
        Expertise(reviewer=reviewer, name=name) for name in names if name not in there
    )
    record("reviewer.said", reviewer, by=by, seats=reviewer.seats, expertise=len(names))
    return reviewer


@transaction.atomic
def keep_reviewer(
    user: User,
    *,
    trained_on: date | None,
    lapses_on: date | None,
    note: str,
    seen: str | None = None,
    by: User,
) -> Reviewer:
    """What officers keep of somebody: training, and a note that they alone read."""
    permissions.keep_reviewer(by, user).require()
    reviewer = _locked(user, seen)
    _check(trained_on, lapses_on)
    reviewer.trained_on, reviewer.lapses_on, reviewer.note = trained_on, lapses_on, note
    _save(reviewer, by)
    record("reviewer.kept", reviewer, by=by, **_days(reviewer))
    return reviewer


@transaction.atomic
def enter_training(rows: Sequence[Training], *, by: User) -> int:
    """Of several at once; says how many it changed."""
    people = User.objects.in_bulk([row.user for row in rows])
    changed = 0
    for row in sorted(rows, key=lambda row: row.user):
        user = people[row.user]
        permissions.keep_reviewer(by, user).require()
        reviewer = _locked(user)
        _check(row.trained_on, row.lapses_on)
        if (reviewer.trained_on, reviewer.lapses_on) == (row.trained_on, row.lapses_on):
            continue
        reviewer.trained_on, reviewer.lapses_on = row.trained_on, row.lapses_on
        _save(reviewer, by)
        record("reviewer.trained", reviewer, by=by, **_days(reviewer))
        changed += 1
    return changed


def _locked(user: User, seen: str | None = None) -> Reviewer:
    """Their row, made where there is none; two who change it wait for one another."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    reviewer = Reviewer.objects.filter(user=user).first()
    if seen is not None and seen != version_of(reviewer):
        raise ReviewerChanged
    return reviewer or Reviewer(user=user)


def _check(trained_on: date | None, lapses_on: date | None) -> None:
    if lapses_on and (trained_on is None or lapses_on < trained_on):
        no("Training cannot lapse before the day it was given.").require()


def _save(reviewer: Reviewer, by: User) -> None:
    reviewer.changed_at, reviewer.changed_by = timezone.now(), by
    reviewer.save()


def _days(reviewer: Reviewer) -> dict[str, str | None]:
    """For the record; never the note."""
    return {
        "trained_on": reviewer.trained_on.isoformat() if reviewer.trained_on else None,
        "lapses_on": reviewer.lapses_on.isoformat() if reviewer.lapses_on else None,
    }
