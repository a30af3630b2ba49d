"""A timetable as it was sent out, frozen: for its page, its PDFs, calendars and comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

# Where nobody is named for it, the whole team comes.
FOR_ALL = frozenset({"presentation", "team_meeting", "feedback", "break"})


@dataclass(frozen=True, slots=True)
class ReleasedPerson:
    """Somebody of the team; `user` is the key by which they are known when they leave it."""

    user: int
    name: str


@dataclass(frozen=True, slots=True)
class ReleasedVenue:
    """A place, and how to get in and around."""

    name: str
    address: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedSeen:
    """Who is seen: “4 social workers, Children in care”; `names` only where the host wants."""

    who: str
    names: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedSession:
    """A session as it stood. `team`: empty where all of them are there, or it is still open who.

    `changed_in`: the number of the release in which it last came out otherwise, so that calendars
    follow; `dropped_on`: the day on which it was taken out.
    """

    uid: str
    kind: str
    title: str
    day: date
    start: time
    minutes: int
    venue: str = ""
    room: str = ""
    link: str = ""
    tentative: bool = False
    line: str = ""
    seen: tuple[ReleasedSeen, ...] = ()
    team: tuple[ReleasedPerson, ...] = ()
    note_taker: ReleasedPerson | None = None
    councillors: bool = False
    note: str = ""
    changed_in: int = 0
    dropped_on: date | None = None

    @property
    def end(self) -> time:
        return (datetime.combine(self.day, self.start) + timedelta(minutes=self.minutes)).time()

    @property
    def place(self) -> str:
        """“Room 2, Civic Centre”; “Online” where there is only a link."""
        said = ", ".join(part for part in (self.room, self.venue) if part)
        return said or ("Online" if self.link else "")

    @property
    def order(self) -> tuple[date, time, str, str]:
        return self.day, self.start, self.title, self.uid

    @property
    def named(self) -> frozenset[int]:
        """The keys of those of the team who are named for it."""
        notes = {self.note_taker.user} if self.note_taker else set()
        return frozenset(notes | {person.user for person in self.team})

    @property
    def for_all(self) -> bool:
        return not self.named and self.kind in FOR_ALL

    def is_for(self, user: int) -> bool:
        """Whether somebody of the team is there: by name, or because all of them are."""
        return self.for_all or user in self.named

    def says_the_same_as(self, other: ReleasedSession) -> bool:
        return _bare(self) == _bare(other)


@dataclass(frozen=True)
class ReleasedTimetable:
    """All sessions in the order of their times, those dropped of late, and what they refer to.

    `lines`: of enquiry, in their order; a session names its own by its words.
    """

    sessions: tuple[ReleasedSession, ...] = ()
    dropped: tuple[ReleasedSession, ...] = ()
    venues: tuple[ReleasedVenue, ...] = ()
    days: tuple[date, ...] = ()
    lines: tuple[str, ...] = ()

    def by_day(self) -> Iterator[tuple[date, list[ReleasedSession]]]:
        """Every day of the visit, those without a session too."""
        for day in sorted({*self.days, *(one.day for one in self.sessions)}):
            yield day, [one for one in self.sessions if one.day == day]

    @cached_property
    def team(self) -> tuple[ReleasedPerson, ...]:
        """Everybody who is named for any session, by name."""
        noted = [one.note_taker for one in self.sessions if one.note_taker]
        people = {person for one in self.sessions for person in one.team} | set(noted)
        return tuple(sorted(people, key=lambda person: (person.name, person.user)))

    def whole_team_in(self, session: ReleasedSession) -> bool:
        """Whether nobody of three or more is left out: then their names need not be read again."""
        return len(self.team) > 2 and len(session.named) == len(self.team)

    def line_number(self, session: ReleasedSession) -> int:
        """Which line of enquiry it is about; 0 for none."""
        return self.lines.index(session.line) + 1 if session.line in self.lines else 0

    def following(
        self, before: ReleasedTimetable | None, *, number: int, today: date
    ) -> ReleasedTimetable:
        """The same as the release `number`: each session says when it changed, and what is gone."""
        known = {one.uid: one for one in before.sessions} if before else {}
        here = {one.uid for one in self.sessions}
        sessions = tuple(
            replace(one, changed_in=_since(known.get(one.uid), one, number))
            for one in sorted(self.sessions, key=lambda one: one.order)
        )
        gone = [
            replace(one, changed_in=number, dropped_on=today)
            for uid, one in known.items()
            if uid not in here
        ]
        earlier = before.dropped if before else ()
        kept = tuple(one for one in earlier if one.uid not in here)
        return replace(self, sessions=sessions, dropped=(*kept, *gone))

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; days as YYYY-MM-DD, times as HH:MM."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ReleasedTimetable:
        """The timetable that `to_json` wrote down."""
        return cls(
            tuple(map(_session, data["sessions"])),
            tuple(map(_session, data["dropped"])),
            tuple(ReleasedVenue(**row) for row in data["venues"]),
            tuple(map(date.fromisoformat, data["days"])),
            tuple(data["lines"]),
        )


def _since(before: ReleasedSession | None, now: ReleasedSession, number: int) -> int:
    return before.changed_in if before and before.says_the_same_as(now) else number


def _bare(session: ReleasedSession) -> ReleasedSession:
    return replace(session, changed_in=0, dropped_on=None)


def _session(row: dict[str, Any]) -> ReleasedSession:
    noted, dropped = row["note_taker"], row["dropped_on"]
    return ReleasedSession(
        **row
        | {
            "day": date.fromisoformat(row["day"]),
            "start": time.fromisoformat(row["start"]),
            "seen": tuple(ReleasedSeen(**one) for one in row["seen"]),
            "team": tuple(ReleasedPerson(**person) for person in row["team"]),
            "note_taker": ReleasedPerson(**noted) if noted else None,
            "dropped_on": date.fromisoformat(dropped) if dropped else None,
        }
    )


def _plain(value: Any) -> Any:
    """Tuples, days and times as JSON knows them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
