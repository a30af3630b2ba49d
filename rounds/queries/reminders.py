"""Who is reminded of a self-assessment, of what and on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import HELD_IN_AN_AUTHORITY, Role
from peerchallenge.audit.actions import history_of
from rounds.models import GivenSection, Participation, Reminder, Round, SentVersion, SignOff
from rounds.models.round import ParticipationQuerySet
from rounds.queries.reminder_texts import Rule, rules_of
from rounds.states import SECTION_OPEN, WRITES, WRITING_OPEN, RoundState, SelfAssessmentState

WITH_SIGN_OFF = SelfAssessmentState.WITH_SIGN_OFF


@dataclass(frozen=True)
class Reminded:
    """Somebody who gets a reminder, and the name of the address that it leads to."""

    user: User
    page: str


@dataclass(frozen=True)
class DayToCome:
    """A reminder of the round and its day; an overdue one goes out as soon as the clock looks."""

    rule: Rule
    day: date
    overdue: bool


@dataclass(frozen=True)
class ToCome:
    """One reminder to one authority: whom it goes to besides the director, and who holds it."""

    key: str
    when: str
    others: list[str]
    held_by: User | None


@dataclass(frozen=True)
class Chased:
    """An authority, its directors, and by day what it still gets; None for what it has had."""

    participation: int
    authority: str
    directors: list[str]
    cells: list[ToCome | None]

    @property
    def to(self) -> str:
        return ", ".join(self.directors) or "Nobody is director"


@dataclass(frozen=True)
class RemindersToCome:
    """What a round will still send; a sentence where that is nothing."""

    days: list[DayToCome]
    rows: list[Chased]
    why_none: str = ""

    @property
    def number(self) -> int:
        return sum(cell is not None for row in self.rows for cell in row.cells)

    @property
    def held(self) -> int:
        cells = [cell for row in self.rows for cell in row.cells if cell]
        return sum(cell.held_by is not None for cell in cells)


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


def due_reminders(today: date) -> Iterator[tuple[Participation, Rule]]:
    """What goes out today: of each authority the latest, were it sent or held or not."""
    for round in Round.objects.filter(state__in=WRITES).order_by("pk"):
        rule = _latest(round, today)
        if rule is None:
            continue
        kept = Reminder.objects.filter(key=rule.key, participation=OuterRef("pk"))
        for participation in chased().filter(~Exists(kept), round=round):
            yield participation, rule


def is_due(participation: Participation, key: str, today: date) -> bool:
    """Read once more under a lock: somebody may have sent or held something meanwhile."""
    rule = _latest(participation.round, today)
    kept = participation.reminders.filter(key=key).exists()
    there = chased().filter(pk=participation.pk).exists()
    return rule is not None and rule.key == key and there and not kept


def _latest(round: Round, today: date) -> Rule | None:
    """The last whose day has come. Those before it are passed over, however late it is; so is
    one whose day had come when the authorities were invited.
    """
    past = [rule for rule in rules_of(round) if rule.day_in(round) <= today]
    if not past:
        return None
    invited = history_of(round).filter(verb="round.authorities_invited").first()
    if invited and past[-1].day_in(round) <= timezone.localdate(invited.at):
        return None
    return past[-1]


def reminders_to_come(round: Round, today: date) -> RemindersToCome:
    """By authority and by day; nothing for those that have sent theirs."""
    if round.state == RoundState.DRAFT:
        return RemindersToCome([], [], "They start once the authorities are invited.")
    participations = list(chased().filter(round=round).order_by("authority__name"))
    if not participations:
        return RemindersToCome([], [], "Nobody has a self-assessment left to send.")
    latest = _latest(round, today)
    days = [
        DayToCome(rule, rule.day_in(round), overdue=rule.day_in(round) <= today)
        for rule in rules_of(round)
        if rule.day_in(round) > today or rule == latest
    ]
    kept = {
        (row.participation_id, row.key): row
        for row in Reminder.objects.filter(participation__round=round).select_related("held_by")
    }
    people = people_to_remind(participations)
    rows = [
        Chased(
            one.pk,
            one.authority.name,
            [director.user.name for director in people.directors[one.pk]],
            [_to_come(one, day.rule, people, kept.get((one.pk, day.rule.key))) for day in days],
        )
        for one in participations
    ]
    rows = [row for row in rows if any(row.cells)]
    return RemindersToCome(days if rows else [], rows, "" if rows else "All have gone out.")


def _to_come(
    participation: Participation, rule: Rule, people: People, row: Reminder | None
) -> ToCome | None:
    if row and row.promised_at:
        return None
    everybody = people.get(participation.pk, rule)
    others = everybody[len(people.directors[participation.pk]) :]
    names = [one.user.name for one in others]
    return ToCome(rule.key, rule.when, names, row.held_by if row else None)


def reminder_names(round: Round) -> dict[int, dict[str, str]]:
    """For the list of what was sent: by key, when it went out and to whom."""
    when = {rule.key: rule.when for rule in rules_of(round)}
    rows = Reminder.objects.filter(participation__round=round, promised_at__isnull=False)
    return {
        pk: {"when": when.get(key, "of the due date"), "authority": name}
        for pk, key, name in rows.values_list("pk", "key", "participation__authority__name")
    }


@dataclass(frozen=True)
class People:
    """By participation: the directors, and those who only get some of the reminders."""

    directors: dict[int, list[Reminded]]
    others: dict[int, list[Reminded]]

    def get(self, participation: int, rule: Rule) -> list[Reminded]:
        """Everybody once; a director who also has something to sign is a director here."""
        found = [
            *self.directors.get(participation, []),
            *(self.others.get(participation, []) if rule.others else []),
        ]
        return list({one.user.pk: one for one in reversed(found)}.values())[::-1]


def people_to_remind(participations: Iterable[Participation]) -> People:
    """Whoever is in post today; three queries, however many there are."""
    participations = list(participations)
    posts: dict[tuple[int, str], list[User]] = defaultdict(list)
    held = Membership.objects.current().filter(
        authority__in={one.authority_id for one in participations},
        role__in=HELD_IN_AN_AUTHORITY,
        user__is_active=True,
    )
    for row in held.select_related("user").order_by("user__name", "user_id"):
        posts[row.authority_id or 0, row.role].append(row.user)
    directors = {
        one.pk: [
            Reminded(user, "self_assessment") for user in posts[one.authority_id, Role.DIRECTOR]
        ]
        for one in participations
    }
    others: dict[int, list[Reminded]] = defaultdict(list)
    for part, user in _writing(participations, posts):
        others[part].append(Reminded(user, "self_assessment"))
    for part, user in _signing(participations, posts):
        others[part].append(Reminded(user, "self_assessment_sign"))
    return People(directors, others)


Posts = dict[tuple[int, str], list[User]]


def _writing(participations: list[Participation], posts: Posts) -> Iterator[tuple[int, User]]:
    """Colleagues who have a section to write, as long as they work there."""
    writing = {
        one.self_assessment.pk: one
        for one in participations
        if one.self_assessment.state in WRITING_OPEN
    }
    there: dict[int, set[int]] = defaultdict(set)
    for (authority, _), users in posts.items():
        there[authority].update(user.pk for user in users)
    given = GivenSection.objects.current().filter(
        self_assessment__in=writing, state__in=SECTION_OPEN
    )
    for row in given.select_related("user", "invitation__accepted_by"):
        part = writing[row.self_assessment_id]
        if row.holder and row.holder.pk in there[part.authority_id]:
            yield part.pk, row.holder


def _signing(participations: list[Participation], posts: Posts) -> Iterator[tuple[int, User]]:
    """The holders of posts that have not signed what is out for signature."""
    out = [one for one in participations if one.self_assessment.state == WITH_SIGN_OFF]
    signed = set(
        SignOff.objects.filter(self_assessment__participation__in=out).values_list(
            "self_assessment", "role"
        )
    )
    for part in out:
        for role in part.round.format.sign_offs:
            if role != Role.DIRECTOR and (part.self_assessment.pk, role) not in signed:
                for user in posts[part.authority_id, role]:
                    yield part.pk, user
