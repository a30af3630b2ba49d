"""One thing that was found."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A stretch of a text: `text` is what stands from `start` to `end`."""

    kind: str
    label: str
    text: str
    start: int
    end: int


def found(kind: str, label: str, match: re.Match[str], group: str | int = 0) -> Found:
    return Found(kind, label, match[group], match.start(group), match.end(group))
