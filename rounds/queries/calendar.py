"""The visits of a round: what is set for each challenge, and week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from authorities.models import Authority
from authorities.queries.calendars import calendar_between
from peerchallenge.shared.dates import monday_of
from rounds.models import Challenge, Round
from rounds.queries.away import on_site
from rounds.queries.challenges import deadline_of
from rounds.queries.date_notes import Note, notes_of
from rounds.queries.needs import unanswered
from rounds.queries.visits import days_said, holidays_between
from rounds.states import DATES_OPEN, LIVE

# A longer window is a slip of the pen; its table would not end.
MOST_WEEKS = 54
WEEK = timedelta(days=7)


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
    # The last day, where there are several in a row.
    until: date | None = None
    # Nobody is on site: something is due.
    due: bool = False


@dataclass(frozen=True)
class Stay:
    """Days in a row of one visit; `shared`: everybody of the round meets on them."""

    first: date
    last: date
    label: str
    shared: bool = False


@dataclass(frozen=True)
class Week:
    monday: date
    holidays: list[str]


@dataclass(frozen=True)
class Cell:
    """A week of an authority: what happens in it, and what its own calendar says of it."""

    entries: list[Entry]
    school: str = ""
    election: str = ""


@dataclass(frozen=True)
class CalendarRow:
    name: str
    code: str
    weeks: list[Cell]


@dataclass(frozen=True)
class Calendar:
    weeks: list[Week]
    rows: list[CalendarRow]

    @property
    def has_school(self) -> bool:
        return any(cell.school for row in self.rows for cell in row.weeks)

    @property
    def has_elections(self) -> bool:
        return any(cell.election for row in self.rows for cell in row.weeks)


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
        days_said(on_site(challenge)),
        challenge.undated,
        challenge.state in DATES_OPEN,
        unanswered(challenge),
        bool(days) and all(visit.pinned for visit in challenge.days.all()),
        notes,
    )


def calendar_of(round: Round, visits: Sequence[Visit]) -> Calendar:
    """Weeks across, authorities down: where everybody is, as host and as challenger."""
    sides = [one for visit in visits for one in _sides(visit)]
    authorities = sorted({one.pk: one for one in sides}.values(), key=lambda one: one.name)
    mondays = _mondays(round)
    known = calendar_between(round.region, authorities, mondays[0], mondays[-1] + WEEK)
    place = {monday: index for index, monday in enumerate(mondays)}
    found: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for visit in visits:
        for authority, entry in _entries(round, visit):
            week = place.get(monday_of(entry.day))
            if week is not None:
                found[authority.pk, week].append(entry)
    rows = [
        CalendarRow(
            one.name,
            one.code3,
            [
                Cell(
                    sorted(found[one.pk, week], key=lambda entry: entry.day),
                    _named(known.soft.get(one.pk, {}), monday),
                    _named(known.warned.get(one.pk, {}), monday),
                )
                for week, monday in enumerate(mondays)
            ],
        )
        for one in authorities
    ]
    return Calendar([_week(monday, known.closed) for monday in mondays], rows)


def _sides(visit: Visit) -> list[Authority]:
    return [visit.challenge.host_authority, *visit.challenge.challengers]


def _entries(round: Round, visit: Visit) -> Iterator[tuple[Authority, Entry]]:
    host, *challengers = _sides(visit)
    for stay in _stays(round, visit.days):
        until = stay.last if stay.last > stay.first else None
        yield host, Entry(stay.first, stay.label, visit.key, until=until)
        # Where all meet nobody goes to anybody.
        for one in challengers if not stay.shared else ():
            yield one, Entry(stay.first, stay.label, visit.key, host.name, host.code3, until)
    due = deadline_of(visit.challenge, "letter_issued") if visit.movable else None
    if due and due.day:
        yield host, Entry(due.day, "Letter due", visit.key, due=True)


def _stays(round: Round, days: Mapping[str, date]) -> list[Stay]:
    """The parts of a visit by their days; those that follow each other are one."""
    found: list[Stay] = []
    for phase in round.format.phases:
        if phase.id not in days:
            continue
        first = days[phase.id]
        last = first + timedelta(days=phase.days - 1)
        label = phase.label.partition(":")[0]
        if found and first == found[-1].last + timedelta(days=1):
            found[-1] = Stay(found[-1].first, last, round.format.label("visit"))
        else:
            found.append(Stay(first, last, label, phase.shared))
    return found


def _mondays(round: Round) -> list[date]:
    monday = monday_of(round.visits_from)
    found = [monday]
    while (monday := monday + WEEK) <= round.visits_to and len(found) < MOST_WEEKS:
        found.append(monday)
    return found


def _week(monday: date, closed: Mapping[date, str]) -> Week:
    """The bank holidays of the week, and the days on which the region has no visits."""
    named = {**closed, **dict(holidays_between(monday, monday + WEEK))}
    days = [monday + timedelta(days=step) for step in range(5)]
    return Week(monday, [f"{day:%a} {day.day}: {named[day]}" for day in days if day in named])


def _named(days: Mapping[date, str], monday: date) -> str:
    """What a week of an authority falls in; empty for any other."""
    week = [monday + timedelta(days=step) for step in range(5)]
    return " and ".join(dict.fromkeys(days[day] for day in week if day in days))
