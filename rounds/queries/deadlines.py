"""When something is due; the round's format says after how many weeks or working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from peerchallenge.shared.dates import working_days_after
from rounds.models import Round


def due(round: Round, key: str, start: date | None) -> date | None:
    """Counted from `start`; None where the format sets no such deadline."""
    deadline = round.format.deadlines.get(key)
    return None if deadline is None or start is None else counted_from(deadline, start)


def counted_from(deadline: Mapping[str, Any], start: date) -> date:
    if "working_days" in deadline:
        return working_days_after(start, int(deadline["working_days"]))
    return start + timedelta(weeks=int(deadline["weeks"]))
