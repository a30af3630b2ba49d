"""Where each paragraph of a letter stands, so that people can speak of one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from feedback.models.content import Block, LetterContent, LineAnswered, ThemeFindings
from feedback.models.content import LetterPart as Part
from feedback.states import PartKind

LONGEST_NAME = 40

# What a theme or a line says, in the order of the letter: attribute, name in a place, heading.
SAID = (
    ("strengths", "strength", "strengths"),
    ("areas", "area", "areas for consideration"),
    ("good_practice", "good", "good practice"),
)

FOUND = {name for _attribute, name, _label in SAID}


@dataclass(frozen=True, slots=True)
class Place:
    """One paragraph, item of a list, finding or row of a letter, and the heading it is under.

    `place` is its own in its letter and always the same for the same words of it.
    """

    place: str
    heading: str
    text: str

    @property
    def anchor(self) -> str:
        """Where a page leads to it: no selector reads a colon as part of a name."""
        return self.place.replace(":", "_")

    @property
    def is_finding(self) -> bool:
        return self.place.startswith(("finding:", "line:")) and self.place.split(":")[2] in FOUND


def places_of(content: LetterContent) -> list[Place]:
    """Every paragraph of the letter in the letter's order; what says nothing has no place."""
    return [place for place in _places(content) if place.text.strip()]


def headings_with(content: LetterContent, characters: str) -> list[str]:
    """Under which headings any of these characters stands, in the letter's order, each once."""
    wanted = set(characters)
    found = (p.heading for p in places_of(content) if wanted & {*p.heading, *p.text})
    return list(dict.fromkeys(found))


class _Names:
    """Short names for headings; two headings alike get two names."""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()

    def of(self, heading: str) -> str:
        name = slugify(heading, allow_unicode=True)[:LONGEST_NAME].strip("-") or "untitled"
        self.used[name] += 1
        return name if self.used[name] == 1 else f"{name}-{self.used[name]}"


def _places(content: LetterContent) -> Iterator[Place]:
    names = _Names()
    yield Place("face:title", "The letter", content.title)
    yield Place("face:salutation", "The letter", content.salutation)
    for number, visit in enumerate(content.visit_days, 1):
        said = f"{visit.day:%A} {visit.day.day} {visit.day:%B %Y}"
        text = f"{said}: {visit.what}" if visit.what else said
        yield Place(f"face:day:{number}", "On site", text)
    if content.parts:
        yield from _whole(content, names)
        return
    for part in content.opening:
        yield from _part(part, names)
    yield from _themes(content.themes, SAID)
    for part in content.closing:
        yield from _part(part, names)
    yield from _next_steps(content)
    yield from _team(content)


def _whole(content: LetterContent, names: _Names) -> Iterator[Place]:
    """A letter whose parts stand in its own order; each kind brings what flows into it, once."""
    kinds = {part.kind for part in content.parts}
    good_practice_apart = PartKind.GOOD_PRACTICE in kinds
    themes = SAID[:2] if good_practice_apart else SAID
    for part in content.parts:
        yield from _part(part, names)
        match part.kind:
            case PartKind.ACTIVITY:
                yield from _activity(content, part.heading)
            case PartKind.LINES:
                yield from _lines(content.lines)
            case PartKind.FINDINGS:
                yield from _themes(content.themes, themes)
            case PartKind.GOOD_PRACTICE:
                yield from _themes(content.themes, SAID[2:])
            case PartKind.NEXT_STEPS:
                yield from _next_steps(content)
            case PartKind.TEAM:
                yield from _team(content)


def _part(part: Part, names: _Names) -> Iterator[Place]:
    yield from _blocks(part.blocks, f"part:{names.of(part.heading)}", part.heading)


def _blocks(blocks: Iterable[Block], prefix: str, heading: str) -> Iterator[Place]:
    for number, block in enumerate(blocks, 1):
        if block.items:
            for item, text in enumerate(block.items, 1):
                yield Place(f"{prefix}:{number}:{item}", heading, text)
        else:
            yield Place(f"{prefix}:{number}", heading, block.paragraph)


def _themes(
    themes: Iterable[ThemeFindings], said: Iterable[tuple[str, str, str]]
) -> Iterator[Place]:
    names = _Names()
    for found in themes:
        name = names.of(found.theme)
        yield from _findings(found, f"finding:{name}", found.theme, said)


def _lines(lines: Iterable[LineAnswered]) -> Iterator[Place]:
    for number, line in enumerate(lines, 1):
        yield Place(f"line:{number}:question", f"Question {number}", line.question)
        for limb, text in enumerate(line.limbs, 1):
            yield Place(f"line:{number}:limb:{limb}", f"Question {number}", text)
        yield from _blocks(line.blocks, f"line:{number}:answer", f"Question {number}")
        yield from _findings(line, f"line:{number}", f"Question {number}", SAID)


def _findings(
    found: ThemeFindings | LineAnswered,
    prefix: str,
    heading: str,
    said: Iterable[tuple[str, str, str]],
) -> Iterator[Place]:
    for attribute, name, label in said:
        for number, text in enumerate(getattr(found, attribute), 1):
            yield Place(f"{prefix}:{name}:{number}", f"{heading}: {label}", text)


def _activity(content: LetterContent, heading: str) -> Iterator[Place]:
    for number, done in enumerate(content.activity, 1):
        yield Place(f"activity:{number}", heading, f"{done.number} {done.what}")


def _next_steps(content: LetterContent) -> Iterator[Place]:
    for number, step in enumerate(content.next_steps, 1):
        by = f"{step.by.day} {step.by:%B %Y}" if step.by else "To be agreed"
        text = ": ".join(filter(None, [by, step.what]))
        who = f" ({step.who})" if step.who else ""
        yield Place(f"step:{number}", "What happens next", f"{text}{who}")


def _team(content: LetterContent) -> Iterator[Place]:
    for number, member in enumerate(content.team, 1):
        text = ", ".join(filter(None, [member.name, member.post, member.authority]))
        yield Place(f"team:{number}", "The challenge team", text)
