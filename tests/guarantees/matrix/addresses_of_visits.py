"""What the addresses of calendars, dates, teams, scopes and timetables are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.guarantees.matrix.scenes import Scene

# Those that need more than the key of a round or a challenge, which addresses.py finds by prefix.
OF_VISITS: dict[str, Callable[[Scene], dict[str, Any] | None]] = {}
