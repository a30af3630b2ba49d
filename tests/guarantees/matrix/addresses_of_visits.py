"""What the addresses of calendars, dates, teams, scopes and timetables are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from authorities import actions as authorities
from tests.guarantees.matrix.scenes import Scene


def _feed(scene: Scene) -> dict[str, Any]:
    """An address whose owner has nothing in it."""
    return {"token": authorities.make_calendar_feed(by=scene.people["stranger"])}


# Those that need more than the key of a round or a challenge, which addresses.py finds by prefix.
OF_VISITS: dict[str, Callable[[Scene], dict[str, Any] | None]] = {
    **dict.fromkeys(("account_calendar", "account_calendar_revoke"), lambda scene: {}),
    "calendar_feed": _feed,
}
