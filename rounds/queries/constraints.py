"""What the days of a visit must keep to, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peerchallenge.shared.dates import is_weekday
from rounds import scheduling
from rounds.models import Challenge, Round
from rounds.queries.away import attending, called, known_of
from rounds.queries.visits import day_said, other_bookings, phases_of

WEEK_LENGTH = 5


@dataclass(frozen=True)
class Constraints:
    """What the days of one challenge must keep to, in words."""

    window: str
    gaps: list[str]
    bookings: list[str]
    cannot: list[str]
    holidays: list[str]


def spacing_of(round: Round) -> list[str]:
    """How far its phases are from each other; days in a row are said at once."""
    phases = {phase.id: phase for phase in phases_of(round)}
    later = [phase for phase in phases.values() if phase.after]
    length = sum(phase.days for phase in phases.values())
    if later and all(phase.gap_least == phase.gap_most == 1 for phase in later):
        week = ", Monday to Friday" if length == WEEK_LENGTH else " within one week"
        return [f"{length} days in a row{week}"]
    return [
        f"{_short(phase)} is {scheduling.apart(phase)} {_short(phases[phase.after])}"
        for phase in later
    ]


def _short(phase: scheduling.Phase) -> str:
    """“Day 2” of “Day 2: feedback”."""
    return phase.label.partition(":")[0]


def constraints_of(challenge: Challenge) -> Constraints:
    round = challenge.round
    there = attending([challenge])[challenge.pk]
    known = known_of(round.region, there, round.visits_from, round.visits_to)
    return Constraints(
        f"{day_said(round.visits_from)} to {day_said(round.visits_to)}, Monday to Friday",
        spacing_of(round),
        [
            f"{scheduling.said(booking.day)}: {booking.what}"
            for booking in other_bookings(challenge)
        ],
        [
            f"{called(who)}: {scheduling.dates_said(days)}"
            for who in there
            if (days := sorted(day for day in known.cannot.get(who, ()) if is_weekday(day)))
        ],
        _closed_said(known.closed, round),
    )


def _closed_said(closed: Mapping[date, str], round: Round) -> list[str]:
    """“Monday 4 January 2027 to Friday 8 January 2027: Staff conference”, a line for each name."""
    by_name: dict[str, list[date]] = {}
    for day in sorted(closed):
        if round.visits_from <= day <= round.visits_to and is_weekday(day):
            by_name.setdefault(closed[day], []).append(day)
    return [f"{scheduling.dates_said(days)}: {name}" for name, days in by_name.items()]
