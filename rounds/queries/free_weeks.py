"""The weeks to which one visit could move, and what speaks for and against each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from peerchallenge.shared.dates import monday_of
from rounds import scheduling
from rounds.models import Challenge, VisitDay
from rounds.queries.away import Known, Who, attending, days_in_teams, known_of
from rounds.queries.date_notes import notes_on
from rounds.queries.dates_asked import notice_of
from rounds.queries.visits import (
    Days,
    bookings_of,
    counted,
    days_said,
    parties_of,
    phases_of,
    shared_phases,
    visits_elsewhere,
)

# A longer window is a slip of the pen.
MOST_WEEKS = 54
FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Week:
    """`days`: the best of the week, by phase. `free`: everybody can on them."""

    monday: date
    days: Days
    said: str
    free: bool
    shift: str
    against: list[str]
    now: bool


def weeks_of(challenge: Challenge) -> list[Week]:
    """Each week in which the visit could begin, in order; as many queries for all as for one."""
    if shared_phases(challenge.round):
        return []
    return list(_Looking(challenge).weeks())


class _Looking:
    def __init__(self, challenge: Challenge) -> None:
        self.challenge, self.round = challenge, challenge.round
        tomorrow = timezone.localdate() + timedelta(days=1)
        self.first, self.last = max(self.round.visits_from, tomorrow), self.round.visits_to
        self.phases = phases_of(self.round)
        self.there: list[Who] = attending([challenge])[challenge.pk]
        self.known: Known = known_of(self.round.region, self.there, self.first, self.last)
        self.booked = bookings_of(visits_elsewhere(challenge))
        teams = days_in_teams(self.there, but_for=[challenge.pk], first=self.first, last=self.last)
        self.elsewhere = {who: sorted(days) for who, days in teams.items()}
        self.now: Mapping[str, date] = {day.phase: day.day for day in challenge.days.all()}
        self.starts = self._starts()

    def weeks(self) -> list[Week]:
        monday = monday_of(self.first)
        found: list[Week] = []
        while monday <= self.last and len(found) < MOST_WEEKS:
            if days := self._best(monday):
                found.append(self._week(monday, days))
            monday += timedelta(days=7)
        return found

    def _best(self, monday: date) -> Days:
        """On which most can and would; where somebody cannot all the same, the last resort."""
        cannot = set().union(*self.known.cannot.values(), *map(set, self.elsewhere.values()))
        rather = set().union(*self.known.rather_not.values(), *self.known.holidays.values())
        for off in (cannot | rather, cannot, set[date]()):
            found = scheduling.first_free(
                self.phases,
                parties=parties_of(self.challenge),
                window=(self.first, self.last),
                closed={**dict.fromkeys(off, ""), **self.known.closed},
                booked=self.booked,
                start=max(monday, self.first),
                until=monday + FRIDAY,
            )
            if found:
                return found
        return {}

    def _week(self, monday: date, days: Days) -> Week:
        lengths = {phase.id: phase for phase in self.phases}
        there = [day for phase, first in days.items() for day in lengths[phase].on_site(first)]
        notes = list(notes_on(there, self.there, self.known))
        against = [note.text for note in notes]
        against += [
            f"{who.name} is at another visit on {scheduling.dates_said(taken)}"
            for who, days_ in self.elsewhere.items()
            if (taken := [day for day in there if day in days_])
        ]
        free = not any(note.kind == "cannot" for note in notes) and len(against) == len(notes)
        soonest = timezone.localdate() + notice_of(self.round)
        if min(there) < soonest:
            weeks = counted(notice_of(self.round).days // 7, "week")
            against.append(f"The papers would be late: they are due {weeks} before")
        begun, most = self.starts[monday], self.round.format.visits_a_week_most
        if most is not None and begun >= most:
            against.append(f"{counted(begun, 'visit begins', 'visits begin')} in this week already")
        said = days_said(sorted(there))
        now = dict(days) == dict(self.now)
        return Week(monday, days, said, free, self._shift(monday), against, now)

    def _shift(self, monday: date) -> str:
        """“2 weeks later”, beside where the visit is now."""
        if not self.now:
            return ""
        weeks = (monday - monday_of(min(self.now.values()))).days // 7
        if not weeks:
            return "The week it is in now"
        return f"{counted(abs(weeks), 'week')} {'later' if weeks > 0 else 'sooner'}"

    def _starts(self) -> Counter[date]:
        """By Monday, how many other visits of the round begin in that week."""
        others = self.round.challenges.live().exclude(pk=self.challenge.pk).order_by()
        rows = VisitDay.objects.filter(challenge__in=others.values("pk"))
        first: dict[int, date] = {}
        for challenge, day in rows.order_by("-day").values_list("challenge", "day"):
            first[challenge] = day
        return Counter(monday_of(day) for day in first.values())
