"""What a session says, as one value; and the sessions of a visit as the rules see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from authorities.models import VenueJourney
from authorities.queries.calendars import calendar_between
from peerchallenge.shared.dates import each_day, is_weekday
from peerchallenge.shared.marks import mark_of
from rounds.models import Challenge, Session, TeamMember, Timetable, Unavailable
from rounds.queries.away import days_in_teams
from rounds.scheduling.slots import SeenGroup, Setting, Slot


@dataclass(frozen=True)
class SeenWords:
    """Who is seen: how many of a role, where they work; names only where the host wants them."""

    role: str
    number: int = 1
    service: str = ""
    manages: bool = False
    names: str = ""


@dataclass(frozen=True)
class SessionWords:
    """All that is said of a session; `venue`, `line`, `team` and `note_taker` are keys."""

    kind: str
    title: str
    day: date
    start: time
    minutes: int = 60
    venue: int | None = None
    room: str = ""
    link: str = ""
    tentative: bool = False
    line: int | None = None
    team: tuple[int, ...] = ()
    note_taker: int | None = None
    councillors: bool = False
    note: str = ""
    seen: tuple[SeenWords, ...] = ()

    @property
    def mark(self) -> str:
        """Another for every other word: sent back with the page that was drawn from it."""
        return mark_of(self)


@dataclass(frozen=True)
class VisitedDay:
    """A day of the visit, and what the round's format calls it."""

    day: date
    label: str
    phase: str


def words_of(session: Session) -> SessionWords:
    """As it stands; `team` and `seen` come from what was fetched with it."""
    return SessionWords(
        kind=session.kind,
        title=session.title,
        day=session.day,
        start=session.start,
        minutes=session.minutes,
        venue=session.venue_id,
        room=session.room,
        link=session.link,
        tentative=session.tentative,
        line=session.line_id,
        team=tuple(sorted(member.pk for member in session.team.all())),
        note_taker=session.note_taker_id,
        councillors=session.councillors,
        note=session.note,
        seen=tuple(
            SeenWords(one.role, one.number, one.service, one.manages, one.names)
            for one in session.seen.all()
        ),
    )


def sessions_of(timetable: Timetable | None) -> list[Session]:
    """Every session with all that is said of it, in order; five queries."""
    if timetable is None:
        return []
    beside = ("venue", "line", "note_taker__user")
    found = timetable.sessions.select_related(*beside).prefetch_related("team__user", "seen")
    return list(found)


def days_of_visit(challenge: Challenge) -> list[VisitedDay]:
    """Every day on site: a phase of several days takes weekdays in a row."""
    phases = {phase.id: phase for phase in challenge.round.format.phases}
    found = []
    for visit in challenge.days.all():
        phase, day = phases.get(visit.phase), visit.day
        for _ in range(phase.days if phase else 1):
            while not is_weekday(day):
                day += timedelta(days=1)
            found.append(VisitedDay(day, phase.label if phase else visit.phase, visit.phase))
            day += timedelta(days=1)
    return found


def slot_of(session: Session, key: int | None = None) -> Slot:
    return Slot(
        id=key or session.pk,
        title=session.title,
        kind=session.kind,
        day=session.day,
        start=session.start,
        minutes=session.minutes,
        people=frozenset(member.pk for member in session.team.all()),
        note_taker=session.note_taker_id,
        venue=session.venue_id,
        room=session.room,
        seen=tuple(SeenGroup(one.role, one.service, one.manages) for one in session.seen.all()),
        tentative=session.tentative,
        councillors=session.councillors,
    )


def setting_of(challenge: Challenge, timetable: Timetable | None, days: Iterable[date]) -> Setting:
    """What the timetable has to fit on these days, which may be more than the visit's."""
    visited = {one.day for one in days_of_visit(challenge)}
    every = sorted({*visited, *days})
    team = list(challenge.team.select_related("user"))
    places = {venue.pk: venue.name for venue in challenge.host_authority.venues.all()}
    venue_away = _venues_away(places, every)
    return Setting(
        days=frozenset(visited),
        names={member.pk: member.user.name for member in team},
        places=places,
        journeys=journeys_between(places),
        break_minutes=timetable.break_minutes if timetable else 15,
        away=_people_away(challenge, team, every),
        venue_away=venue_away,
        closed_to_councillors=_before_elections(challenge, every),
        left=frozenset(member.pk for member in team if _gone(member)),
    )


def journeys_between(venues: Collection[int]) -> dict[frozenset[int], int]:
    """Minutes from one to another, either way; one query."""
    rows = VenueJourney.objects.filter(one__in=venues, other__in=venues).order_by()
    return {frozenset((row.one_id, row.other_id)): row.minutes for row in rows}


def _gone(member: TeamMember) -> bool:
    return member.to_date is not None and member.to_date < timezone.localdate()


def _people_away(
    challenge: Challenge, team: Sequence[TeamMember], days: Sequence[date]
) -> dict[int, frozenset[date]]:
    """What they said, and the visits of other teams they sit on; nobody learns which."""
    if not days or not team:
        return {}
    taken: dict[int, set[date]] = defaultdict(set)
    people = {member.user_id: member.user for member in team}
    rows = Unavailable.objects.filter(
        user__in=people, rather_not=False, first_day__lte=days[-1], last_day__gte=days[0]
    )
    for row in rows.order_by():
        taken[row.user_id or 0].update(each_day(row.first_day, row.last_day))
    elsewhere = days_in_teams(people.values(), but_for=[challenge.pk], first=days[0], last=days[-1])
    for who, found in elsewhere.items():
        taken[who.pk].update(found)
    return {member.pk: frozenset(taken[member.user_id]) for member in team}


def _venues_away(venues: Collection[int], days: Sequence[date]) -> dict[int, frozenset[date]]:
    if not days:
        return {}
    taken: dict[int, set[date]] = defaultdict(set)
    rows = Unavailable.objects.filter(
        venue__in=venues, rather_not=False, first_day__lte=days[-1], last_day__gte=days[0]
    )
    for row in rows.order_by():
        taken[row.venue_id or 0].update(each_day(row.first_day, row.last_day))
    return {venue: frozenset(found) for venue, found in taken.items()}


def _before_elections(challenge: Challenge, days: Sequence[date]) -> dict[date, str]:
    """Days on which no councillor of the host is seen, each with what it is called."""
    if not days:
        return {}
    host = challenge.host_authority
    calendar = calendar_between(challenge.round.region, [host], days[0], days[-1])
    return dict(calendar.warned.get(host.pk, {}))
