"""What a format puts on the days of a visit before anybody has thought about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from rounds.models import PRESETS, Round
from rounds.queries.sessions import SessionWords


@dataclass(frozen=True)
class OutlineLine:
    """A session of the outline, on the first day of a phase."""

    phase: str
    start: time
    minutes: int
    kind: str
    title: str

    def on(self, day: date) -> SessionWords:
        return SessionWords(self.kind, self.title, day, self.start, self.minutes)


def outline_of(round: Round) -> list[OutlineLine]:
    """In order; a round begun before its format had an outline takes the preset's."""
    preset = PRESETS.get(round.format.key)
    rows = round.format.outline or (preset.outline if preset else [])
    return [
        OutlineLine(
            str(row["phase"]),
            time.fromisoformat(row["start"]),
            int(row["minutes"]),
            str(row["kind"]),
            str(row["title"]),
        )
        for row in rows
    ]
