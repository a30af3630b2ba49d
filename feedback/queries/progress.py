"""How the issuing of letters goes while somebody looks on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from authorities.models import User
from feedback.queries.issuing import LetterRow, render_effects, round_letters
from feedback.states import LetterState
from peerchallenge.outbox.models import Effect
from rounds.models import Round

# Longer than any letter takes with a worker there to make it.
LONG_STILL = timedelta(minutes=2)


@dataclass(frozen=True)
class Progress:
    """Letters being made into PDFs, and those issued today."""

    rows: list[LetterRow]
    seconds_left: int | None
    still_for: timedelta = timedelta()

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.letter and row.letter.is_sealed)

    @property
    def failed(self) -> int:
        return sum(1 for row in self.rows if row.has_failed)

    def moved_since(self, seconds: int) -> list[LetterRow]:
        """Those that a page drawn so many seconds after 1970 shows as they were."""
        return [row for row in self.rows if row.moved_at and row.moved_at.timestamp() >= seconds]

    @property
    def said(self) -> str:
        """For those who hear the page: now and then, not at every letter."""
        if self.is_over:
            if self.failed:
                return f"{self.done} issued, {self.failed} could not be made."
            return "The letter is issued." if self.total == 1 else f"All {self.total} are issued."
        step = max(1, self.total // 4)
        return f"{self.done // step * step} of {self.total} issued." if self.done >= step else ""

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def note(self) -> str:
        """How long it will take, in words."""
        if self.is_over:
            return ""
        if self.still_for >= LONG_STILL:
            return (
                f"Nothing has moved for {self.still_for // timedelta(minutes=1)} minutes: nothing "
                "is lost, and each letter is made once the service gets to it. If it stays so, "
                "tell whoever runs the service"
            )
        if self.seconds_left is None:
            return ""
        if self.seconds_left < 60:
            return f"About {self.seconds_left} second{'' if self.seconds_left == 1 else 's'} left"
        return f"About {math.ceil(self.seconds_left / 60)} minutes left"

    @property
    def is_over(self) -> bool:
        return self.done + self.failed == self.total


def progress_of(round: Round, user: User) -> Progress:
    """How the issuing of today goes, with a guess at what is left from what is done."""
    today = timezone.localdate()
    rows = [
        row
        for row in round_letters(round, user).rows
        if row.letter
        and (
            row.letter.state == LetterState.ISSUING
            or (row.letter.is_sealed and row.letter.issued_on == today)
        )
    ]
    effects = list(render_effects([row.letter.pk for row in rows if row.letter]).values())
    now = timezone.now()
    return Progress(rows, _seconds_left(effects, now), _still_for(effects, now))


def _still_for(effects: list[Effect], now: datetime) -> timedelta:
    moved = [moment for one in effects for moment in (one.promised_at, one.started_at) if moment]
    ended = [one.ended_at for one in effects if one.ended_at]
    return now - max([*moved, *ended], default=now)


def _seconds_left(effects: list[Effect], now: datetime) -> int | None:
    """From the pace so far; nothing to go by before the first one is done."""
    done = [effect for effect in effects if effect.ended_at]
    left = [effect for effect in effects if not effect.ended_at and not effect.error]
    if not left or not done:
        return None
    started = min(effect.promised_at for effect in left)
    recent = [effect for effect in done if effect.ended_at and effect.ended_at >= started]
    if not recent:
        return None
    pace = (now - started).total_seconds() / len(recent)
    return max(1, math.ceil(pace * len(left)))
