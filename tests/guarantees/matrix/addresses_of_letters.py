"""What the addresses of findings and letters need, where it is more than what they begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.guarantees.matrix.scenes import Scene

OF_LETTERS: dict[str, Callable[[Scene], dict[str, Any] | None]] = {}
