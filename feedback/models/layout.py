"""The order in which a letter says what it says, and the numbers of its areas for consideration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.states import PartKind

if TYPE_CHECKING:
    from feedback.models.content import LetterContent, LetterPart, LineAnswered

# What stands above whatever flows into a letter, where its writer gave it no heading.
HEADINGS: dict[str, str] = {
    PartKind.ACTIVITY: "What we did",
    PartKind.LINES: "Your questions",
    PartKind.FINDINGS: "What we found",
    PartKind.GOOD_PRACTICE: "Good practice to share",
    PartKind.NEXT_STEPS: "What happens next",
    PartKind.TEAM: "The challenge team",
}


def parts_in_order(content: LetterContent) -> Iterator[LetterPart]:
    """Those that say something. A letter issued before its parts had kinds has one order only."""
    flows = {
        PartKind.ACTIVITY: bool(content.activity),
        PartKind.LINES: bool(content.lines),
        PartKind.FINDINGS: content.has_findings,
        PartKind.GOOD_PRACTICE: any(theme.good_practice for theme in content.themes),
        PartKind.NEXT_STEPS: bool(content.next_steps),
        PartKind.TEAM: bool(content.team),
    }
    for part in content.parts or _first_order(content):
        if part.text.strip() or flows.get(PartKind(part.kind)):
            yield replace(part, heading=part.heading or HEADINGS.get(part.kind, ""))


def _first_order(content: LetterContent) -> Iterator[LetterPart]:
    yield from content.opening
    yield content.part_of(PartKind.FINDINGS)
    yield from content.closing
    yield content.part_of(PartKind.NEXT_STEPS)
    yield content.part_of(PartKind.TEAM)


@dataclass(frozen=True, slots=True)
class NumberedTheme:
    """A theme whose areas for consideration carry their number in the letter."""

    theme: str
    strengths: tuple[str, ...]
    areas: tuple[str, ...]
    good_practice: tuple[str, ...]
    first_number: int


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A question of the host's and its answer, whose areas carry their number in the letter."""

    place: int
    said: LineAnswered
    first_number: int


@dataclass(frozen=True, slots=True)
class Numbered:
    themes: list[NumberedTheme]
    lines: list[NumberedLine]


def number_areas(content: LetterContent, parts: list[LetterPart]) -> Numbered:
    """In the order in which the letter's parts bring them."""
    first = 1
    numbered = Numbered([], [])
    for kind in dict.fromkeys(part.kind for part in parts):
        if kind == PartKind.FINDINGS:
            numbered.themes.extend(_themes(content, first))
            first += sum(len(theme.areas) for theme in content.themes)
        elif kind == PartKind.LINES:
            numbered.lines.extend(_lines(content, first))
            first += sum(len(line.areas) for line in content.lines)
    return numbered


def _themes(content: LetterContent, number: int) -> Iterator[NumberedTheme]:
    """Those that say something."""
    for found in content.themes:
        good_practice = () if content.good_practice_apart else found.good_practice
        if found.strengths or found.areas or good_practice:
            yield NumberedTheme(found.theme, found.strengths, found.areas, good_practice, number)
            number += len(found.areas)


def _lines(content: LetterContent, number: int) -> Iterator[NumberedLine]:
    for place, line in enumerate(content.lines, 1):
        yield NumberedLine(place, line, number)
        number += len(line.areas)
