"""What stands in the way of a challenge's days, each rule by name and with a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Phase:
    """Days in a row on site, with the calendar days (least, most) since the phase before it."""

    id: str
    label: str
    after: str = ""
    gap_least: int = 0
    gap_most: int = 0
    days: int = 1


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
    found: list[Clash] = []
    for phase in phases:
        if phase.id not in days:
            continue
        day = days[phase.id]
        found += _on_the_day(phase, day, window, closed)
        found += [
            Clash(
                phase.id,
                "double_booking",
                f"{name} is already booked on {said(day)}: {booking.what}.",
            )
            for booking in booked
            if booking.day == day
            for name in sorted(booking.authorities & parties)
        ]
        if phase.after in days:
            found += _gap(phase, days[phase.after], day)
    return found


def _on_the_day(
    phase: Phase, day: date, window: tuple[date, date], closed: Mapping[date, str]
) -> list[Clash]:
    first, last = window
    found = []
    if not first <= day <= last:
        found.append(
            Clash(
                phase.id,
                "window",
                f"{said(day)} is outside the round’s visits, {said(first)} to {said(last)}.",
            )
        )
    if day.weekday() > 4:
        found.append(
            Clash(phase.id, "weekend", f"{said(day)} is at a weekend: choose Monday to Friday.")
        )
    if day in closed:
        found.append(Clash(phase.id, "closed", f"{said(day)} is a bank holiday ({closed[day]})."))
    return found


def _gap(phase: Phase, before: date, day: date) -> list[Clash]:
    gap = (day - before).days
    if phase.gap_least <= gap <= phase.gap_most:
        return []
    return [
        Clash(
            phase.id,
            "gap",
            f"{phase.label} must be {phase.gap_least} to {phase.gap_most} days after "
            f"{said(before)}; {said(day)} is {gap} days after it.",
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
) -> dict[str, date]:
    """The first days, from `start` on, that nothing stands in the way of; empty if none.

    Phase id to date, in the phases' order. A phase that follows another is tried in the
    middle of its gap first, then ever further from it.
    """

    def search(place: int, days: dict[str, date]) -> dict[str, date]:
        if place == len(phases):
            return days
        phase = phases[place]
        for day in _candidates(phase, days, start, window[1]):
            trial = {**days, phase.id: day}
            stands = clashes(
                trial, [phase], parties=parties, window=window, closed=closed, booked=booked
            )
            if not stands and (found := search(place + 1, trial)):
                return found
        return {}

    return search(0, {})


def _candidates(phase: Phase, days: Mapping[str, date], start: date, end: date) -> list[date]:
    if phase.after in days:
        middle = (phase.gap_least + phase.gap_most) / 2
        gaps = range(phase.gap_least, phase.gap_most + 1)
        return [
            days[phase.after] + timedelta(days=gap)
            for gap in sorted(gaps, key=lambda gap: (abs(gap - middle), gap))
        ]
    return [start + timedelta(days=step) for step in range((end - start).days + 1)]
