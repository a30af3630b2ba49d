"""Days that bear on visits: an authority's, and those on which nobody of a region visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from authorities import permissions
from authorities.models import Authority, Period, Region, User
from authorities.queries.periods import (
    BACK,
    Entry,
    Unclear,
    beside,
    check_days,
    days_said,
    same,
)
from authorities.states import SAID_OF_AN_AUTHORITY, PeriodKind
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import Refused, no

Place = Authority | Region
# An inspection is known when it begins, or shortly before.
SOON = timedelta(days=183)


@dataclass
class Said:
    """What became of the days that were said."""

    added: list[Period] = field(default_factory=list)
    changed: list[Period] = field(default_factory=list)
    there: list[Period] = field(default_factory=list)

    @property
    def new(self) -> list[Period]:
        return [*self.added, *self.changed]


@transaction.atomic
def say_periods(authority: Authority, entries: Sequence[Entry], *, by: User) -> Said:
    """Put days into an authority's calendar; those that are there already stay as they are.

    Days of the same kind that begin on the same day take the place of those that are there.
    """
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    permissions.keep_calendar(by, authority).require()
    if any(entry.kind not in SAID_OF_AN_AUTHORITY for entry in entries):
        no("These days are no part of an authority’s calendar.").require()
    return _say(list(authority.periods.all()), entries, by, authority=authority)


@transaction.atomic
def say_no_go(region: Region, *, first_day: date, last_day: date, name: str, by: User) -> Said:
    """Nobody of the region is visited on these days."""
    region = Region.objects.select_for_update().get(pk=region.pk)
    permissions.keep_region_calendar(by, region).require()
    entry = Entry(PeriodKind.NO_GO, first_day, last_day, name)
    return _say(list(region.periods.all()), [entry], by, region=region)


@transaction.atomic
def begin_inspection(
    authority: Authority, *, first_day: date, last_day: date | None = None, by: User
) -> Period:
    """A regulator's inspection: until its last day, if that is known, nobody visits.

    The board's officers are told, as visits may have to be postponed.
    """
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    permissions.keep_calendar(by, authority).require()
    kind = PeriodKind.INSPECTION
    # Without an end it has all days to come.
    entry = Entry(kind, first_day, last_day or date.max, kind.label)
    try:
        _check_inspection(entry, ends=last_day is not None)
        there = beside(entry, list(authority.periods.of_kind(kind)))
    except Unclear as unclear:
        raise Refused(str(unclear)) from unclear
    if there is None:
        said = authority.periods.create(
            kind=kind, first_day=first_day, last_day=last_day, name=kind.label, said_by=by
        )
        record("period.added", said, by=by, **_days(said))
        promise("authorities.tell_officers_inspection", said.pk)
        return said
    if last_day and there.last_day != last_day:
        return end_inspection(there, last_day=last_day, by=by)
    return there


@transaction.atomic
def end_inspection(period: Period, *, last_day: date, by: User) -> Period:
    """From the day after, the authority visits and is visited again."""
    period = _locked(period.pk)
    permissions.end_inspection(by, period).require()
    if last_day < period.first_day:
        no("The last day must be the same as or after the first.").require()
    if period.last_day == last_day:
        return period
    authority = period.authority
    others = Period.objects.filter(authority=authority, kind=period.kind).exclude(pk=period.pk)
    if others.touching(period.first_day, last_day).exists():
        no("Another inspection has some of these days.").require()
    period.last_day = last_day
    period.save(update_fields=["last_day"])
    record("period.ended", period, by=by, **_days(period))
    return period


@transaction.atomic
def remove_period(period: Period, *, by: User) -> bool:
    """Whether it was there; it can be said again."""
    if not Period.objects.select_for_update().filter(pk=period.pk).exists():
        return False
    period = _locked(period.pk)
    permissions.remove_period(by, period).require()
    record("period.removed", period, by=by, **_days(period))
    period.delete()
    return True


def _locked(pk: int) -> Period:
    rows = Period.objects.select_for_update(of=("self",))
    return rows.select_related("authority__region", "region").get(pk=pk)


def _say(there: list[Period], entries: Sequence[Entry], by: User, **where: Place) -> Said:
    said = Said()
    for entry in entries:
        try:
            check_days(entry, timezone.localdate())
            one = beside(entry, there)
        except Unclear as unclear:
            raise Refused(str(unclear)) from unclear
        if one is None:
            one = Period.objects.create(said_by=by, **_what(entry), **where)
            record("period.added", one, by=by, **_days(one))
            there.append(one)
            said.added.append(one)
        elif same(one, entry):
            said.there.append(one)
        else:
            before = days_said(one.first_day, one.last_day)
            Period.objects.filter(pk=one.pk).update(
                said_by=by, said_at=timezone.now(), **_what(entry)
            )
            one.refresh_from_db()
            record("period.changed", one, by=by, before=before, **_days(one))
            said.changed.append(one)
    return said


def _what(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "first_day": entry.first_day,
        "last_day": entry.last_day,
        "name": entry.name,
    }


def _check_inspection(entry: Entry, *, ends: bool) -> None:
    today = timezone.localdate()
    if ends:
        check_days(entry, today)
    elif not today - BACK <= entry.first_day <= today + SOON:
        raise Unclear("Its first day is more than a year ago or far ahead: check the year.")


def _days(period: Period) -> dict[str, str | int | None]:
    last = period.last_day
    return {
        "authority": period.authority_id,
        "region": period.region_id,
        "kind": period.kind,
        "name": period.name,
        "first_day": period.first_day.isoformat(),
        "last_day": last.isoformat() if last else None,
    }
