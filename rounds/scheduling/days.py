"""What stands in the way of a challenge's days, each rule by name and with a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True)
class Phase:
    """Weekdays in a row on site, within one week.

    `gap_*`: calendar days, at least and at most, from the last day of the phase before it to
    the first of this one.
    """

    id: str
    label: str
    after: str = ""
    gap_least: int = 0
    gap_most: int = 0
    days: int = 1

    def on_site(self, first: date) -> list[date]:
        """Its days when it begins on `first`."""
        return [first + timedelta(days=step) for step in range(self.days)]


@dataclass(frozen=True)
class Booking:
    """Another challenge's day, and the two authorities it takes."""

    day: date
    authorities: frozenset[str]
    what: str


@dataclass(frozen=True)
class Clash:
    phase: str
    rule: str
    text: str


def said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def clashes(
    days: Mapping[str, date],
    phases: Sequence[Phase],
    *,
    parties: frozenset[str],
    window: tuple[date, date],
    closed: Mapping[date, str],
    booked: Collection[Booking],
) -> list[Clash]:
    """Why these days cannot stand; an empty list when they can.

    `days`: phase id to date. `parties`: the names of host and challenger. `window`: first
    and last day, both allowed. `closed`: bank holidays and other closed days, with their
    names. `booked`: the days of all other challenges that may share an authority.
    """
    ids = {phase.id: phase for phase in phases}
    found: list[Clash] = []
    for phase in phases:
        if phase.id not in days:
            continue
        there = phase.on_site(days[phase.id])
        found += _on_the_days(phase, there, window, closed)
        found += [
            Clash(
                phase.id,
                "double_booking",
                f"{name} is already booked on {said(booking.day)}: {booking.what}.",
            )
            for booking in booked
            if booking.day in there
            for name in sorted(booking.authorities & parties)
        ]
        if phase.after in ids and phase.after in days:
            before = ids[phase.after].on_site(days[phase.after])[-1]
            found += _gap(phase, before, there[0])
    return found


def _on_the_days(
    phase: Phase,
    there: Sequence[date],
    window: tuple[date, date],
    closed: Mapping[date, str],
) -> list[Clash]:
    found = [
        Clash(
            phase.id,
            "window",
            f"{said(day)} is outside the round’s visits, {said(window[0])} to {said(window[1])}.",
        )
        for day in there
        if not window[0] <= day <= window[1]
    ][:1]
    if there[0].weekday() >= len(WEEKDAYS):
        text = f"{said(there[0])} is at a weekend: choose Monday to Friday."
        found.append(Clash(phase.id, "weekend", text))
    elif there[0].weekday() + phase.days > len(WEEKDAYS):
        text = (
            f"{phase.label} takes {phase.days} days in a row within one week: "
            f"{said(there[0])} is too late in the week. {_latest(phase)}"
        )
        found.append(Clash(phase.id, "weekend", text))
    return found + [
        Clash(phase.id, "closed", f"{said(day)} is closed to visits ({closed[day]}).")
        for day in there
        if day in closed
    ]


def apart(phase: Phase) -> str:
    """“5 to 9 days after”, “the day after”: how far a phase is from the one before it."""
    least, most = phase.gap_least, phase.gap_most
    if least != most:
        return f"{least} to {most} days after"
    return "the day after" if most == 1 else f"{most} days after"


def _gap_said(gap: int) -> str:
    if gap <= 0:
        return "not after it"
    return "the day after it" if gap == 1 else f"{gap} days after it"


def _latest(phase: Phase) -> str:
    latest = len(WEEKDAYS) - phase.days
    if latest < 0:
        return "No week has so many working days."
    return f"Begin on {WEEKDAYS[0]}." if not latest else f"Begin by {WEEKDAYS[latest]}."


def _gap(phase: Phase, before: date, day: date) -> list[Clash]:
    gap = (day - before).days
    if phase.gap_least <= gap <= phase.gap_most:
        return []
    return [
        Clash(
            phase.id,
            "gap",
            f"{phase.label} must be {apart(phase)} {said(before)}; "
            f"{said(day)} is {_gap_said(gap)}.",
        )
    ]


def first_free(
    phases: Sequence[Phase],
    *,
    parties: frozenset[str],
    window: tuple[date, date],
    closed: Mapping[date, str],
    booked: Collection[Booking],
    start: date,
    until: date | None = None,
) -> dict[str, date]:
    """The first days, from `start` on, that nothing stands in the way of; empty if none.

    Phase id to date, in the phases' order. A phase that follows another is tried in the
    middle of its gap first, then ever further from it. `until`: the last day to begin on.
    """
    ids = {phase.id: phase for phase in phases}
    last = min(until or window[1], window[1])

    def search(place: int, days: dict[str, date]) -> dict[str, date]:
        if place == len(phases):
            return days
        phase = phases[place]
        near = [one for one in phases if one.id in (phase.id, phase.after)]
        for day in _candidates(phase, ids, days, start, last):
            trial = {**days, phase.id: day}
            stands = clashes(
                trial, near, parties=parties, window=window, closed=closed, booked=booked
            )
            if not stands and (found := search(place + 1, trial)):
                return found
        return {}

    return search(0, {})


def _candidates(
    phase: Phase,
    phases: Mapping[str, Phase],
    days: Mapping[str, date],
    start: date,
    end: date,
) -> list[date]:
    if phase.after in days:
        middle = (phase.gap_least + phase.gap_most) / 2
        gaps = range(phase.gap_least, phase.gap_most + 1)
        before = phases[phase.after].on_site(days[phase.after])[-1]
        return [
            before + timedelta(days=gap)
            for gap in sorted(gaps, key=lambda gap: (abs(gap - middle), gap))
        ]
    return [start + timedelta(days=step) for step in range((end - start).days + 1)]
