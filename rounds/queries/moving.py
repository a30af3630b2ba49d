"""What moving the rest of a day would do, before anybody does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from rounds.models import Session
from rounds.queries.sessions import setting_of, slot_of
from rounds.queries.timetable import TimetablePage
from rounds.scheduling.sessions import clashes
from rounds.scheduling.slots import SessionClash, clock


@dataclass(frozen=True)
class Moved:
    """A session with its time now and then."""

    title: str
    now: str
    then: str


@dataclass(frozen=True)
class RestMoved:
    """`new`: what would not go together any more; `gone`: what would again."""

    sessions: list[Moved]
    new: list[SessionClash]
    gone: list[SessionClash]
    possible: bool

    @property
    def said(self) -> str:
        count = len(self.sessions)
        return "1 session" if count == 1 else f"{count} sessions"


def rest_moved(page: TimetablePage, first: Session, minutes: int) -> RestMoved:
    """This session and all that begin later on its day, so many minutes later."""
    every = [row.session for row in page.sessions]
    slots = [slot_of(session) for session in every]
    rest = [one for one in slots if one.day == first.day and one.start >= first.start]
    possible = all(0 <= one.begins + minutes < 24 * 60 for one in rest)
    if not possible:
        return RestMoved([], [], [], possible=False)
    then = {one.id: _time(one.begins + minutes) for one in rest}
    setting = setting_of(page.challenge, page.timetable, {one.day for one in slots})
    moved = [replace(one, start=then.get(one.id, one.start)) for one in slots]
    after = clashes(moved, setting)
    return RestMoved(
        sessions=[Moved(one.title, f"{one.start:%H:%M}", f"{then[one.id]:%H:%M}") for one in rest],
        new=_without(after, page.clashes),
        gone=_without(page.clashes, after),
        possible=True,
    )


def _without(some: Sequence[SessionClash], others: Sequence[SessionClash]) -> list[SessionClash]:
    """By rule and sessions: the words of one that stays may hold other times."""
    known = {(one.rule, one.sessions) for one in others}
    return [one for one in some if (one.rule, one.sessions) not in known]


def _time(minutes: int) -> time:
    return time.fromisoformat(clock(minutes))
