"""The visits of a round: what is set for each challenge, and week by week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from peerchallenge.shared.dates import monday_of
from rounds.models import Challenge, Round
from rounds.queries.date_notes import Note, notes_of
from rounds.queries.needs import unanswered
from rounds.queries.visits import days_said, holidays_between
from rounds.states import DATES_OPEN, LIVE

# A longer window is a slip of the pen; its table would not end.
MOST_WEEKS = 54


@dataclass(frozen=True)
class Visit:
    """One challenge on the visits page."""

    challenge: Challenge
    host: str
    challenger: str
    state: str
    days: dict[str, date]
    said: str
    # Days are entered on the page until both sides have been told; then a page of its own moves.
    open: bool
    movable: bool
    waiting: list[str]
    # Looking again leaves it where it is.
    pinned: bool
    notes: list[Note]

    @property
    def key(self) -> int:
        return self.challenge.pk


@dataclass(frozen=True)
class Entry:
    """What happens in one week of one authority; `away` when it challenges elsewhere."""

    day: date
    label: str
    challenge: int
    # Where it goes when it challenges elsewhere; empty when it is visited itself.
    at: str = ""
    code: str = ""


@dataclass(frozen=True)
class Week:
    monday: date
    holidays: list[str]


@dataclass(frozen=True)
class CalendarRow:
    name: str
    code: str
    weeks: list[list[Entry]]


@dataclass(frozen=True)
class Calendar:
    weeks: list[Week]
    rows: list[CalendarRow]


def visits_of(round: Round) -> list[Visit]:
    """Every challenge that was offered and stands, by the host's name."""
    challenges = list(
        round.challenges.filter(state__in=LIVE)
        .with_both_sides()
        .prefetch_related("days")
        .order_by("host__authority__name")
    )
    notes = notes_of(challenges)
    return [_visit(challenge, notes.get(challenge.pk, [])) for challenge in challenges]


def _visit(challenge: Challenge, notes: list[Note]) -> Visit:
    days = {visit.phase: visit.day for visit in challenge.days.all()}
    return Visit(
        challenge,
        challenge.host_authority.name,
        challenge.challengers_said,
        challenge.get_state_display(),
        days,
        days_said(sorted(days.values())),
        challenge.undated,
        challenge.state in DATES_OPEN,
        unanswered(challenge),
        bool(days) and all(visit.pinned for visit in challenge.days.all()),
        notes,
    )


def calendar_of(round: Round, visits: Iterable[Visit]) -> Calendar:
    """Weeks across, authorities down: where everybody is, as host and as challenger."""
    weeks = _weeks(round)
    place = {week.monday: index for index, week in enumerate(weeks)}
    labels = {phase.id: phase.label.partition(":")[0] for phase in round.format.phases}
    rows: dict[str, CalendarRow] = {}
    for visit in visits:
        host, challengers = visit.challenge.host_authority, visit.challenge.challengers
        for one in (host, *challengers):
            rows.setdefault(one.name, CalendarRow(one.name, one.code3, [[] for _ in weeks]))
        for phase, day in visit.days.items():
            week = place.get(monday_of(day))
            if week is None:
                continue
            label, key = labels.get(phase, phase), visit.challenge.pk
            rows[host.name].weeks[week].append(Entry(day, label, key))
            away = Entry(day, label, key, at=host.name, code=host.code3)
            for challenger in challengers:
                rows[challenger.name].weeks[week].append(away)
    for row in rows.values():
        for entries in row.weeks:
            entries.sort(key=lambda entry: entry.day)
    return Calendar(weeks, sorted(rows.values(), key=lambda row: row.name))


def _weeks(round: Round) -> list[Week]:
    monday = monday_of(round.visits_from)
    weeks: list[Week] = []
    while monday <= round.visits_to and len(weeks) < MOST_WEEKS:
        sunday = monday + timedelta(days=6)
        names = [f"{day:%a} {day.day}: {name}" for day, name in holidays_between(monday, sunday)]
        weeks.append(Week(monday, names))
        monday += timedelta(days=7)
    return weeks
