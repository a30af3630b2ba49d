"""Reminders of a self-assessment: sent by the clock, held and worded by officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from authorities.models import Region, User
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from rounds import permissions
from rounds.models import Participation, Reminder, ReminderText, Round
from rounds.queries.reminder_texts import Rule, Wording, rules_of


class WordingChanged(Exception):
    """Somebody worded the reminder otherwise since this person's page was drawn."""


@transaction.atomic
def remind(participation: Participation, key: str, *, today: date, by: Clock) -> Reminder:
    """Promise one reminder, once; to whom it goes is read on the way out."""
    participation = _locked([participation.pk])[0]
    permissions.remind(participation, key, today).require()
    reminder = participation.reminders.create(key=key, promised_at=timezone.now())
    record("participation.reminded", participation, by=by, reminder=key)
    promise("rounds.send_reminder", reminder.pk)
    return reminder


@transaction.atomic
def hold_reminders(
    round: Round, *, participation: int | None = None, key: str | None = None, by: User
) -> int:
    """Keep back one reminder of one authority, or all of the round; says how many."""
    round = Round.objects.locked(round.pk)
    permissions.hold_reminders(by, round).require()
    held = 0
    for one in _members(round, participation):
        kept = set(one.reminders.values_list("key", flat=True))
        wanted = [rule.key for rule in _rules(round, key) if rule.key not in kept]
        for name in wanted:
            one.reminders.create(key=name, held_at=timezone.now(), held_by=by)
        held += len(wanted)
    if held:
        record("round.reminders_held", round, by=by, held=held, only=participation, reminder=key)
    return held


@transaction.atomic
def release_reminders(
    round: Round, *, participation: int | None = None, key: str | None = None, by: User
) -> int:
    """Let them go out on their days again; one whose day has come goes within the hour."""
    round = Round.objects.locked(round.pk)
    permissions.hold_reminders(by, round).require()
    keys = [rule.key for rule in _rules(round, key)]
    held = Reminder.objects.filter(
        participation__in=_members(round, participation), key__in=keys, held_at__isnull=False
    )
    released, _ = held.delete()
    if released:
        record(
            "round.reminders_released",
            round,
            by=by,
            released=released,
            only=participation,
            reminder=key,
        )
    return released


@transaction.atomic
def word_reminder(
    region: Region, rule: Rule, wording: Wording, *, seen: str | None = None, by: User
) -> ReminderText:
    """The region's own words for a reminder, in all of its rounds.

    `seen` is the mark of the words that were on the page: raises WordingChanged when they are
    others by now.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    permissions.word_reminders(by, region).require()
    found = region.reminder_texts.filter(key=rule.key).first()
    now = Wording(found.subject, found.body) if found else rule.standard
    if found and now == wording:
        return found
    if seen is not None and seen != now.seen:
        raise WordingChanged
    text, _ = region.reminder_texts.update_or_create(
        key=rule.key,
        defaults={"subject": wording.subject, "body": wording.body, "changed_by": by},
    )
    record("reminder.worded", region, by=by, reminder=rule.key)
    return text


@transaction.atomic
def restore_reminder(region: Region, rule: Rule, *, by: User) -> None:
    """Back to the standard words."""
    region = Region.objects.select_for_update().get(pk=region.pk)
    permissions.word_reminders(by, region).require()
    deleted, _ = region.reminder_texts.filter(key=rule.key).delete()
    if deleted:
        record("reminder.restored", region, by=by, reminder=rule.key)


def _rules(round: Round, key: str | None) -> list[Rule]:
    return [rule for rule in rules_of(round) if key is None or rule.key == key]


def _members(round: Round, participation: int | None) -> list[Participation]:
    """All of the round, or one of it and of no other."""
    members = round.participations.order_by("pk")
    if participation is not None:
        members = members.filter(pk=participation)
    return _locked(members.values_list("pk", flat=True))


def _locked(keys: Iterable[int]) -> list[Participation]:
    """In one order always; for the length of a transaction nobody else reminds or holds."""
    return list(
        Participation.objects.select_for_update(of=("self",))
        .filter(pk__in=list(keys))
        .order_by("pk")
        .select_related("authority", "round__region")
    )
