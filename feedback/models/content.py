"""What a feedback letter says, frozen: the same for the screen, the PDF and the record."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from feedback.models.layout import (
    Numbered,
    NumberedLine,
    NumberedTheme,
    number_areas,
    parts_in_order,
)
from feedback.states import PartKind

BULLETS = ("- ", "* ", "• ")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one bulleted list."""

    paragraph: str = ""
    items: tuple[str, ...] = ()


def blocks_of(text: str) -> list[Block]:
    """The text line by line: a line is a paragraph, "- " starts an item of a list."""
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith(BULLETS):
            blocks.append(Block(paragraph=line))
        elif blocks and blocks[-1].items:
            blocks[-1] = Block(items=(*blocks[-1].items, line[2:].strip()))
        else:
            blocks.append(Block(items=(line[2:].strip(),)))
    return blocks


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A heading (or none) and the text below it, as its author typed it."""

    heading: str
    text: str
    kind: str = "text"

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(self.text)


@dataclass(frozen=True, slots=True)
class ThemeFindings:
    """What the team says about one theme, in the letter's wording."""

    theme: str
    strengths: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    good_practice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineAnswered:
    """A question the host asked to be challenged on, and what the team answers.

    `see` says where the findings on it stand: repeated here, they would be read and corrected
    twice.
    """

    question: str
    limbs: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    good_practice: tuple[str, ...] = ()
    answer: str = ""
    see: str = ""

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(self.answer)


@dataclass(frozen=True, slots=True)
class Activity:
    """What the team did, and how often: “interviews”, 12."""

    what: str
    number: int


@dataclass(frozen=True, slots=True)
class VisitDay:
    """A day the team was on site, and what it was for."""

    day: date
    what: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is expected after the letter, of whom and by when."""

    what: str
    who: str = ""
    by: date | None = None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody who took part as a challenger."""

    name: str
    post: str
    authority: str
    role: str = ""


@dataclass(frozen=True)
class LetterContent:
    """Everything a feedback letter says; a letter without an issue date is a draft."""

    reference: str
    host: str
    challenger: str
    area: str
    board: str
    round_name: str
    version: int = 1
    issued_on: date | None = None
    colour: str = "teal"
    recipient_post: str = "Director of Children’s Services"
    recipient_name: str = ""
    salutation: str = "Dear Director"
    visit_days: tuple[VisitDay, ...] = ()
    opening: tuple[LetterPart, ...] = ()
    themes: tuple[ThemeFindings, ...] = ()
    closing: tuple[LetterPart, ...] = ()
    # All parts in the letter's order; a letter issued before there were kinds has none.
    parts: tuple[LetterPart, ...] = ()
    lines: tuple[LineAnswered, ...] = ()
    activity: tuple[Activity, ...] = ()
    template_version: int = 0
    letterhead: tuple[str, ...] = ()
    logo: str = ""  # SHA-256 of the picture, so that another one makes another letter
    logo_says: str = ""
    signature: str = ""
    signature_says: str = ""
    next_steps: tuple[NextStep, ...] = ()
    team: tuple[TeamMember, ...] = ()
    signatory_name: str = ""
    signatory_post: str = ""
    signatory_authority: str = ""
    approved_by_name: str = ""
    approved_by_post: str = ""
    verify_at: str = ""
    supersedes: str = ""
    supersedes_reason: str = ""

    @property
    def title(self) -> str:
        return f"Peer challenge feedback: {self.area}"

    @property
    def is_draft(self) -> bool:
        return self.issued_on is None

    @property
    def has_findings(self) -> bool:
        return any(t.strengths or t.areas or t.good_practice for t in self.themes)

    @property
    def has_areas(self) -> bool:
        return any(t.areas for t in self.themes) or any(line.areas for line in self.lines)

    @property
    def good_practice_apart(self) -> bool:
        """It has a part of its own, and is not said theme by theme."""
        return any(part.kind == PartKind.GOOD_PRACTICE for part in self.parts)

    @cached_property
    def all_parts(self) -> list[LetterPart]:
        """Those that say something, in the letter's order."""
        return list(parts_in_order(self))

    @staticmethod
    def part_of(kind: PartKind) -> LetterPart:
        return LetterPart("", "", kind)

    @property
    def signed_parts(self) -> list[LetterPart]:
        """What stands above the signature: all but a list of the team at the very end."""
        parts = self.all_parts
        return parts[:-1] if parts and parts[-1].kind == PartKind.TEAM else parts

    @property
    def enclosed_parts(self) -> list[LetterPart]:
        """What stands below it."""
        return self.all_parts[len(self.signed_parts) :]

    @property
    def numbered_themes(self) -> list[NumberedTheme]:
        return self._numbered.themes

    @property
    def numbered_lines(self) -> list[NumberedLine]:
        return self._numbered.lines

    @cached_property
    def _numbered(self) -> Numbered:
        return number_areas(self, self.all_parts)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all the letter says, printed in it so that a copy can be compared.

        What is empty is left out: a field that is new does not change letters without it.
        """
        said = {key: value for key, value in self.to_json().items() if value}
        canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def short_fingerprint(self) -> str:
        """The first sixteen digits, in fours, for people to read out."""
        return in_fours(self.fingerprint)

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; dates as YYYY-MM-DD."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "LetterContent":
        """The letter that `to_json` wrote down."""
        return cls(
            **data
            | {
                "issued_on": _date(data["issued_on"]),
                "visit_days": tuple(
                    VisitDay(**row | {"day": date.fromisoformat(row["day"])})
                    for row in data["visit_days"]
                ),
                "opening": tuple(LetterPart(**row) for row in data["opening"]),
                "themes": tuple(
                    ThemeFindings(
                        row["theme"],
                        tuple(row["strengths"]),
                        tuple(row["areas"]),
                        tuple(row["good_practice"]),
                    )
                    for row in data["themes"]
                ),
                "closing": tuple(LetterPart(**row) for row in data["closing"]),
                "next_steps": tuple(
                    NextStep(**row | {"by": _date(row["by"])}) for row in data["next_steps"]
                ),
                "team": tuple(TeamMember(**row) for row in data["team"]),
                "parts": tuple(LetterPart(**row) for row in data.get("parts", [])),
                "lines": tuple(
                    LineAnswered(
                        row["question"],
                        tuple(row["limbs"]),
                        tuple(row["strengths"]),
                        tuple(row["areas"]),
                        tuple(row["good_practice"]),
                        row.get("answer", ""),
                        row.get("see", ""),
                    )
                    for row in data.get("lines", [])
                ),
                "activity": tuple(Activity(**row) for row in data.get("activity", [])),
                "letterhead": tuple(data.get("letterhead", [])),
            }
        )


def in_fours(fingerprint: str) -> str:
    return " ".join(fingerprint[start : start + 4] for start in range(0, 16, 4))


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    """Tuples and dates as JSON knows them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
