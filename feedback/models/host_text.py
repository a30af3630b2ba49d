"""What a host writes of its letter, frozen when its file is made: thanks, or a summary."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from feedback.models.content import LetterPart


@dataclass(frozen=True)
class HostText:
    """All that a letter of thanks or a committee's summary says."""

    kind: str
    title: str
    reference: str
    host: str
    to: str
    on: date
    round_name: str = ""
    board: str = ""
    colour: str = "teal"
    parts: tuple[LetterPart, ...] = ()
    # Name and post of each who signs it; a summary has nobody.
    signed: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; the date as YYYY-MM-DD."""
        plain = asdict(self) | {"on": self.on.isoformat()}
        return plain | {"signed": [list(one) for one in self.signed], "parts": list(plain["parts"])}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> HostText:
        """The text that `to_json` wrote down."""
        return cls(
            **data
            | {
                "on": date.fromisoformat(data["on"]),
                "parts": tuple(LetterPart(**row) for row in data["parts"]),
                "signed": tuple((name, post) for name, post in data["signed"]),
            }
        )
