"""A timetable that was sent out, to print: for the door of the rooms, and for the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils import timezone
from django.utils.text import slugify

from peerchallenge.shared.pdf import render_pdf
from rounds.models import PrintKind, TimetableRelease
from rounds.queries.releases import SessionLine, session_line
from rounds.scheduling.released import ReleasedSession


@dataclass(frozen=True)
class Size:
    """How large a day is printed for the door: letters a line of each column, millimetres a line
    and between two sessions."""

    name: str
    title: int
    place: int
    line: float
    between: float

    def height(self, sessions: Sequence[ReleasedSession]) -> float:
        lines = [
            max(ceil(len(one.title) / self.title), ceil(len(one.place) / self.place), 1)
            for one in sessions
        ]
        return sum(self.line * found + self.between for found in lines)


SIZES = (
    Size("large", 24, 17, 8.6, 7.5),
    Size("medium", 32, 22, 6.6, 5.5),
    Size("small", 44, 31, 4.9, 3.4),
)
# What a page has below its heading.
ROOM = 205


@dataclass(frozen=True)
class PrintedDay:
    """A day of the visit on paper; `number` counts the days."""

    day: date
    number: int
    sessions: list[SessionLine]
    size: str


def render_timetable_pdf(release: TimetableRelease, kind: PrintKind) -> bytes:
    """A tagged PDF/UA-1 file; the same release gives the same bytes."""
    challenge, content = release.timetable.challenge, release.frozen
    host = challenge.host_authority.name
    sent_out = timezone.localdate(release.at)
    context = {
        "host": host,
        "challengers": challenge.challengers_said,
        "round": challenge.round,
        "region": challenge.round.region,
        "content": content,
        "days": _days(release, names=kind == PrintKind.TEAM),
        "reference": f"Version {release.number}, {sent_out:%-d %B %Y}",
    }
    return render_pdf(
        f"pdf/timetable_{kind.value}.html",
        context,
        title=f"Timetable of the visit to {host}, {kind.label.lower()}",
        stylesheet="pdf/letter.css",
        also=f"pdf/timetable_{kind.value}.css",
        created=sent_out,
    )


def timetable_filename(release: TimetableRelease, kind: PrintKind) -> str:
    host = release.timetable.challenge.host_authority.name
    return slugify(f"{host} timetable version {release.number} {kind.label}") + ".pdf"


def _days(release: TimetableRelease, *, names: bool) -> list[PrintedDay]:
    content = release.frozen
    return [
        PrintedDay(
            day,
            number,
            [session_line(content, one, names=names) for one in sessions],
            _size(sessions).name,
        )
        for number, (day, sessions) in enumerate(content.by_day(), 1)
    ]


def _size(sessions: Sequence[ReleasedSession]) -> Size:
    """The largest at which the day fits on a page."""
    return next((size for size in SIZES if size.height(sessions) <= ROOM), SIZES[-1])
