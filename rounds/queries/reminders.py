"""Who is reminded of what, and on which day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import history_of
from rounds.models import Participation, Reminder, Round, SentVersion
from rounds.models.round import ParticipationQuerySet
from rounds.queries.answered_days import unsaid_parts
from rounds.queries.reminded import WITH_SIGN_OFF, People, people_to_remind
from rounds.queries.reminder_texts import AVAILABILITY, SELF_ASSESSMENT, Rule, rule_of, rules_of
from rounds.states import WRITES, WRITING_OPEN, RoundState

# What a round has asked for in words of the record, before which nothing is reminded of.
ASKED = {SELF_ASSESSMENT: "round.authorities_invited", AVAILABILITY: "round.availability_asked"}


@dataclass(frozen=True)
class DayToCome:
    """A reminder of the round and its day; an overdue one goes out as soon as the clock looks."""

    rule: Rule
    day: date
    overdue: bool


@dataclass(frozen=True)
class ToCome:
    """One reminder to one authority, and who holds it; `said` where none goes out any more."""

    key: str
    when: str
    others: list[str]
    held_by: User | None
    said: str = ""
    # Else only the others get it.
    to_directors: bool = True


@dataclass(frozen=True)
class Chased:
    """An authority, its directors, and by day what it still gets."""

    participation: int
    authority: str
    directors: list[str]
    cells: list[ToCome]

    @property
    def to(self) -> str:
        return ", ".join(self.directors) or "Nobody is director"

    @property
    def coming(self) -> list[ToCome]:
        return [cell for cell in self.cells if not cell.said]


@dataclass(frozen=True)
class RemindersToCome:
    """What a round will still send; a sentence where that is nothing."""

    days: list[DayToCome]
    rows: list[Chased]
    why_none: str = ""

    @property
    def number(self) -> int:
        return sum(len(row.coming) for row in self.rows)

    @property
    def held(self) -> int:
        return sum(cell.held_by is not None for row in self.rows for cell in row.coming)


def chased() -> ParticipationQuerySet:
    """Those who still have to send what has a date; a later version of what is shared has none."""
    shared = SentVersion.objects.filter(
        self_assessment__participation=OuterRef("pk"), shared_at__isnull=False
    )
    return (
        Participation.objects.taking_part()
        .filter(
            ~Exists(shared),
            round__state__in=WRITES,
            self_assessment__state__in=(*WRITING_OPEN, WITH_SIGN_OFF),
        )
        .select_related("authority", "self_assessment", "round__region")
    )


def chased_by(rule: Rule, round: Round) -> ParticipationQuerySet:
    """Those of the round that a reminder would go to today."""
    if rule.about == AVAILABILITY:
        return unsaid_parts(round)
    return chased().filter(round=round)


def due_reminders(today: date) -> Iterator[tuple[Participation, Rule]]:
    """What goes out today: of each authority the latest, were it sent or held or not."""
    for round in Round.objects.filter(state__in=WRITES).select_related("region").order_by("pk"):
        for rule in _latest(round, today):
            kept = Reminder.objects.filter(key=rule.key, participation=OuterRef("pk"))
            for participation in chased_by(rule, round).filter(~Exists(kept)):
                yield participation, rule


def is_due(participation: Participation, key: str, today: date) -> bool:
    """Read once more under a lock: somebody may have sent or held something meanwhile."""
    kept = participation.reminders.filter(key=key).exists()
    latest = {rule.key for rule in _latest(participation.round, today)}
    return key in latest and not kept and still_chased(participation, key)


def still_chased(participation: Participation, key: str) -> bool:
    """Whether the reminder has anything left to remind of."""
    rule = rule_of(participation.round, key)
    there = rule and chased_by(rule, participation.round).filter(pk=participation.pk)
    return bool(there and there.exists())


def _latest(round: Round, today: date) -> list[Rule]:
    """Of each kind the last whose day has come.

    Those before it are passed over, however late it is; so is one whose day had come when the
    authorities were invited, or asked.
    """
    found = {rule.about: rule for rule in rules_of(round) if rule.day_in(round) <= today}
    return [rule for rule in found.values() if not _too_late(round, rule)]


def _too_late(round: Round, rule: Rule) -> bool:
    asked = history_of(round).filter(verb=ASKED[rule.about]).first()
    return asked is not None and rule.day_in(round) <= timezone.localdate(asked.at)


def reminders_to_come(round: Round, today: date) -> RemindersToCome:
    """By authority and by day; nothing for those that have done what was asked."""
    if round.state == RoundState.DRAFT:
        return RemindersToCome([], [], "They start once the authorities are invited.")
    latest = _latest(round, today)
    rules = [rule for rule in rules_of(round) if rule.day_in(round) > today or rule in latest]
    chased = {rule: list(chased_by(rule, round)) for rule in _each_kind(rules)}
    members = {one.pk: one for found in chased.values() for one in found}
    if not members:
        return RemindersToCome([], [], _why_none(round))
    going = _Going(round, {rule.about: (rule, found) for rule, found in chased.items()})
    rows = [
        going.row(one, rules)
        for one in sorted(members.values(), key=lambda one: one.authority.name)
    ]
    rows = [row for row in rows if row.coming]
    days = [
        DayToCome(rule, rule.day_in(round), overdue=rule.day_in(round) <= today) for rule in rules
    ]
    return RemindersToCome(days if rows else [], rows, "" if rows else "All have gone out.")


def _each_kind(rules: Sequence[Rule]) -> list[Rule]:
    """One of each: all of a kind go to the same authorities."""
    return list({rule.about: rule for rule in rules}.values())


def _why_none(round: Round) -> str:
    days = ", and everybody has said when they cannot" if round.availability_due else ""
    return f"Nobody has a self-assessment left to send{days}."


class _Going:
    """What goes to whom, fetched once for all rows."""

    def __init__(self, round: Round, chased: dict[str, tuple[Rule, list[Participation]]]) -> None:
        self.chased = {about: {one.pk for one in found} for about, (_, found) in chased.items()}
        self.people = {
            about: people_to_remind(rule, found) for about, (rule, found) in chased.items()
        }
        rows = Reminder.objects.filter(participation__round=round).select_related("held_by")
        self.kept = {(row.participation_id, row.key): row for row in rows}

    def row(self, part: Participation, rules: Sequence[Rule]) -> Chased:
        directors = {
            one.user.pk: one.user.name
            for people in self.people.values()
            for one in people.directors_of(part.pk)
        }
        cells = [self._cell(part, rule) for rule in rules]
        return Chased(part.pk, part.authority.name, list(directors.values()), cells)

    def _cell(self, part: Participation, rule: Rule) -> ToCome:
        row = self.kept.get((part.pk, rule.key))
        sent = row is not None and row.promised_at is not None
        if sent or part.pk not in self.chased[rule.about]:
            return ToCome(rule.key, rule.when, [], None, "Sent" if sent else "Not needed")
        people: People = self.people[rule.about]
        directors = people.directors_of(part.pk)
        others = people.get(part.pk, rule)[len(directors) :]
        names = [one.user.name for one in others]
        held = row.held_by if row else None
        return ToCome(rule.key, rule.when, names, held, to_directors=bool(directors or not names))


def reminder_names(round: Round) -> dict[int, dict[str, str]]:
    """For the list of what was sent: by key, when it went out and to whom."""
    when = {rule.key: rule.when for rule in rules_of(round)}
    rows = Reminder.objects.filter(participation__round=round, promised_at__isnull=False)
    return {
        pk: {"when": when.get(key, "of the due date"), "authority": name}
        for pk, key, name in rows.values_list("pk", "key", "participation__authority__name")
    }
