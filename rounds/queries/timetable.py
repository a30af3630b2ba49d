"""The timetable of a visit as a page shows it: days, sessions in order, and what does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from django.utils.text import Truncator

from rounds.models import Challenge, Session, Timetable
from rounds.queries.sessions import (
    SeenWords,
    days_of_visit,
    sessions_of,
    setting_of,
    slot_of,
    words_of,
)
from rounds.scheduling.sessions import clashes
from rounds.scheduling.slots import PROBLEM, SessionClash, clock
from rounds.states import SessionKind

LINE_WORDS = 9


@dataclass(frozen=True)
class SessionRow:
    """One session in words; `note` and the names in `seen` are empty for whoever is not there."""

    session: Session
    start: time
    ends: str
    kind: str
    place: str
    team: list[str]
    note_taker: str
    line: str
    seen: list[SeenWords]
    note: str
    mark: str
    everybody: bool = False
    clashes: list[SessionClash] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.session.pk

    @property
    def title(self) -> str:
        return self.session.title

    @property
    def times(self) -> str:
        return f"{self.start:%H:%M} to {self.ends}"

    @property
    def problems(self) -> list[SessionClash]:
        return [clash for clash in self.clashes if clash.severity == PROBLEM]

    @property
    def seen_said(self) -> list[str]:
        """“4 social workers, Duty team (they manage it)”, a line each."""
        return [seen_in_words(one) for one in self.seen]

    @property
    def who(self) -> str:
        return "The whole team" if self.everybody else ", ".join(self.team)

    @property
    def line_said(self) -> str:
        """Its first words: the scope has the rest."""
        return Truncator(self.line).words(LINE_WORDS, truncate=" …")


@dataclass(frozen=True)
class TimetableDay:
    """`label` is the format's; empty on a day that is not, or no longer, one of the visit."""

    day: date
    label: str
    phase: str
    sessions: list[SessionRow]

    @property
    def visited(self) -> bool:
        return bool(self.label)

    @property
    def about(self) -> str:
        """“Two presentations” of “Monday: two presentations”; the day is said beside it."""
        _, colon, rest = self.label.partition(": ")
        return rest[:1].upper() + rest[1:] if colon else self.label

    @property
    def clashes(self) -> list[SessionClash]:
        return _each_once(row.clashes for row in self.sessions)


@dataclass(frozen=True)
class TimetablePage:
    """`timetable` is none until somebody has begun it; `names`: they are shown to this reader."""

    challenge: Challenge
    timetable: Timetable | None
    days: list[TimetableDay]
    clashes: list[SessionClash]
    names: bool

    def only(self, day: TimetableDay) -> TimetablePage:
        """With what does not fit on that day alone."""
        return replace(self, clashes=[one for one in self.clashes if one.day == day.day])

    @property
    def sessions(self) -> list[SessionRow]:
        return [row for day in self.days for row in day.sessions]

    @property
    def problems(self) -> list[SessionClash]:
        return [clash for clash in self.clashes if clash.severity == PROBLEM]

    @property
    def warnings(self) -> list[SessionClash]:
        return [clash for clash in self.clashes if clash.severity != PROBLEM]

    @property
    def problems_said(self) -> str:
        count = len(self.problems)
        return "1 thing does not fit" if count == 1 else f"{count} things do not fit"

    @property
    def warnings_said(self) -> str:
        count = len(self.warnings)
        return "1 thing to look at" if count == 1 else f"{count} things to look at"

    @property
    def break_minutes(self) -> int:
        return (self.timetable or Timetable()).break_minutes

    @property
    def names_shown(self) -> bool:
        return self.timetable is not None and self.timetable.names_shown

    @property
    def version(self) -> int:
        return self.timetable.version if self.timetable else 0

    @property
    def mislaid(self) -> list[TimetableDay]:
        """Days with sessions that the visit does not have, as after it was postponed."""
        return [day for day in self.days if not day.visited]


def timetable_of(challenge: Challenge) -> Timetable | None:
    return Timetable.objects.filter(challenge=challenge).first()


def timetable_page(
    challenge: Challenge, *, names: bool = False, releasing: bool = False
) -> TimetablePage:
    """`names`: with notes and with the names of those who are seen, for whoever is there."""
    timetable = timetable_of(challenge)
    sessions = sessions_of(timetable)
    setting = setting_of(challenge, timetable, {session.day for session in sessions})
    found = clashes([slot_of(session) for session in sessions], setting, releasing=releasing)
    about: dict[int, list[SessionClash]] = defaultdict(list)
    for clash in found:
        for key in clash.sessions:
            about[key].append(clash)
    team = {key for key in setting.names if key not in setting.left}
    rows = [_row(session, about[session.pk], team, names=names) for session in sessions]
    return TimetablePage(challenge, timetable, _days(challenge, rows), found, names)


def seen_in_words(one: SeenWords) -> str:
    """“4 × Social worker, Duty team; manages staff there: names”."""
    number = f"{one.number} × " if one.number > 1 else ""
    service = f", {one.service}" if one.service else ""
    manages = " (manages it)" if one.manages and one.service else ""
    names = f": {one.names}" if one.names else ""
    return f"{number}{one.role}{service}{manages}{names}"


def place_of(session: Session) -> str:
    """“Town Hall, Room 2”; online where it has an address and no venue."""
    venue = session.venue.name if session.venue else ""
    online = "Online" if session.link and not venue else ""
    return ", ".join(part for part in (venue, session.room, online) if part)


def _row(session: Session, found: list[SessionClash], team: set[int], *, names: bool) -> SessionRow:
    words = words_of(session)
    seen = [
        one if names else SeenWords(one.role, one.number, one.service, one.manages)
        for one in words.seen
    ]
    return SessionRow(
        session=session,
        start=session.start,
        ends=clock(session.start.hour * 60 + session.start.minute + session.minutes),
        kind=SessionKind(session.kind).label,
        place=place_of(session),
        team=[member.user.name for member in session.team.all()],
        note_taker=session.note_taker.user.name if session.note_taker else "",
        line=session.line.text if session.line else "",
        seen=seen,
        note=session.note if names else "",
        mark=words.mark,
        everybody=len(team) > 1 and set(words.team) == team,
        clashes=found,
    )


def _days(challenge: Challenge, rows: Sequence[SessionRow]) -> list[TimetableDay]:
    """The visit's days, and any other that has a session, in order."""
    on: dict[date, list[SessionRow]] = defaultdict(list)
    for row in rows:
        on[row.session.day].append(row)
    visited = {one.day: one for one in days_of_visit(challenge)}
    found = []
    for day in sorted({*visited, *on}):
        one = visited.get(day)
        found.append(TimetableDay(day, one.label if one else "", one.phase if one else "", on[day]))
    return found


def _each_once(groups: Iterable[list[SessionClash]]) -> list[SessionClash]:
    return list(dict.fromkeys(clash for group in groups for clash in group))
