"""A region's letter templates: which are in use, what is missing, and how they will read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from authorities.models import Region, User
from feedback.models import Letter, LetterContent, LetterTemplate
from feedback.models.content import LetterPart
from feedback.queries.examples import example_letter, example_words
from feedback.queries.wording import fill, parts_of_format
from feedback.states import PartKind
from rounds.models import PRESETS
from rounds.models.format import Format

PLACE = re.compile(r"\{([^{}\n]{0,40})\}")
# What a place stands for, for whoever writes a template; days on site come from the format.
PLACES = {
    "host": "the authority that is challenged",
    "challenger": "the authority or authorities that challenge",
    "area": "what the host asked to be challenged on",
    "lines": "the lines of enquiry, as a list; its paragraph goes where there are none",
    "lead": "who leads the team",
    "team": "the others of the team, with their posts",
    "director": "the host’s director",
    "board": "the board",
}
# Parts that are made by the system, which a letter has once at most.
ONCE = tuple(kind for kind in PartKind if kind not in (PartKind.TEXT, PartKind.ANSWER))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a template."""

    key: str
    kind: str
    heading: str
    text: str

    @property
    def label(self) -> str:
        return str(PartKind(self.kind).label)

    @property
    def stays(self) -> bool:
        """A letter without its findings is none."""
        return self.kind == PartKind.FINDINGS

    def to_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class FormatLine:
    """What the letters of one format begin with."""

    format: Format
    in_use: LetterTemplate | None
    draft: LetterTemplate | None
    earlier: list[LetterTemplate]


def formats_of(region: Region) -> list[FormatLine]:
    """Every format, with the region's own templates for it."""
    versions = list(region.letter_templates.select_related("made_by"))
    return [_line(preset, versions) for preset in PRESETS.values()]


def _line(preset: Format, versions: Iterable[LetterTemplate]) -> FormatLine:
    own = [one for one in versions if one.format_key == preset.key]
    released = [one for one in own if one.released_at]
    draft = next((one for one in own if one.released_at is None), None)
    return FormatLine(preset, released[0] if released else None, draft, released[1:])


def parts_of(template: LetterTemplate) -> list[Part]:
    return [Part(**row) for row in template.parts]


def places_known(format_key: str) -> dict[str, str]:
    """Every {place} that a template of this format may hold, and what it stands for."""
    days = {phase.id: f"the day of “{phase.label}”" for phase in PRESETS[format_key].phases}
    return {**PLACES, **days}


def missing_from_template(template: LetterTemplate) -> list[str]:
    """What stands in the way of releasing it, as parts of a sentence."""
    parts = parts_of(template)
    return list(_missing(parts, places_known(template.format_key)))


def _missing(parts: Sequence[Part], places: dict[str, str]) -> Iterator[str]:
    kinds = [part.kind for part in parts]
    if PartKind.FINDINGS not in kinds:
        yield "put the findings back in"
    for kind in ONCE:
        if kinds.count(kind) > 1:
            yield f"keep one part alone of “{PartKind(kind).label}”"
    for number, part in enumerate(parts, 1):
        if not part.heading.strip():
            yield f"give part {number} a heading"
        named = part.heading.strip() or f"part {number}"
        for place in dict.fromkeys(PLACE.findall(f"{part.heading}\n{part.text}")):
            if place not in places:
                yield f"change “{{{place}}}” in “{named}”: no letter knows what it stands for"
            elif place in PLACE.findall(part.heading):
                yield f"take “{{{place}}}” out of the heading of “{named}”"


def begun_from(template: LetterTemplate) -> list[Part]:
    """The parts of the version in use, or of the format where the region has none."""
    same = template.region.letter_templates.filter(format_key=template.format_key)
    in_use = same.filter(released_at__isnull=False).first()
    rows = in_use.parts if in_use else parts_of_format(PRESETS[template.format_key].letter)
    return [Part(**row) for row in rows]


def left_out(parts: Iterable[Part], before: Iterable[Part]) -> list[Part]:
    """Parts of what was there `before` that can come back as they were."""
    there = list(parts)
    keys, kinds = {part.key for part in there}, {part.kind for part in there}
    return [
        part
        for part in before
        if part.key not in keys and not (part.kind in ONCE and part.kind in kinds)
    ]


def kinds_left(parts: Iterable[Part]) -> list[PartKind]:
    """Kinds of parts that a letter could have and this one has not."""
    there = {part.kind for part in parts}
    return [kind for kind in ONCE if kind not in there]


def rearranged(
    parts: Sequence[Part], how: str, what: str, before: Iterable[Part] = ()
) -> list[Part]:
    """The parts after one press: `how` is up, down, remove (of a part's key), back (of one that
    was there `before`) or add (of a kind).

    What cannot be done changes nothing: the page was older than the template.
    """
    if how == "back":
        return [*parts, *(part for part in left_out(parts, before) if part.key == what)]
    if how == "add":
        return [*parts, _new(parts, what)] if what in PartKind.values else list(parts)
    at = next((place for place, part in enumerate(parts) if part.key == what), None)
    if at is None or (how == "remove" and parts[at].stays):
        return list(parts)
    moved = list(parts)
    part = moved.pop(at)
    if how != "remove":
        moved.insert(max(0, at - 1) if how == "up" else at + 1, part)
    return moved


def _new(parts: Iterable[Part], kind: str) -> Part:
    keys = {part.key for part in parts}
    key = next(key for n in range(1, 1000) if (key := f"{kind.replace('_', '-')}-{n}") not in keys)
    return Part(key, kind, "", "")


def example_of(template: LetterTemplate, region: Region) -> LetterContent:
    """A made-up letter that begins with it."""
    words = example_words(PRESETS[template.format_key], region.board_name)
    return _with_parts(example_letter(region), parts_of(template), words)


def example_from(template: LetterTemplate, letter: Letter) -> LetterContent:
    """An issued letter’s names and findings in the template’s wording."""
    from_letter = letter.frozen_content
    words = {
        "host": letter.challenge.host_authority.short_name,
        "challenger": letter.challenge.challengers_in_short,
        "area": from_letter.area,
        "board": from_letter.board,
        "director": from_letter.recipient_name,
        "lead": from_letter.signatory_name,
        "team": ", ".join(member.name for member in from_letter.team if not member.role),
        "lines": "\n".join(f"- {line.question}" for line in from_letter.lines),
        **{
            phase.id: f"{visit.day.day} {visit.day:%B %Y}"
            for visit in from_letter.visit_days
            for phase in letter.challenge.round.format.phases
            if phase.label == visit.what
        },
    }
    return _with_parts(from_letter, parts_of(template), words)


def letters_to_try(region: Region, user: User) -> list[Letter]:
    """Issued letters of the region that this person reads: the newest ones."""
    issued = Letter.objects.visible_to(user).sealed().filter(challenge__round__region=region)
    return list(issued.with_challenge().order_by("-issued_on", "-pk")[:12])


def _with_parts(
    content: LetterContent, parts: Iterable[Part], words: dict[str, str]
) -> LetterContent:
    filled = [LetterPart(part.heading, fill(part.text, words), part.kind) for part in parts]
    return replace(content, parts=tuple(filled), opening=(), closing=())


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that reads otherwise in two versions of a template."""

    heading: str
    mine: str
    theirs: str


def differences(mine: Sequence[Part], theirs: Sequence[Part]) -> list[Difference]:
    """Part by part, where two people wrote something else; order alone is not among them."""
    ours = {part.key: part for part in mine}
    others = {part.key: part for part in theirs}
    return [
        Difference(
            _named(ours.get(key), others.get(key)), _said(ours.get(key)), _said(others.get(key))
        )
        for key in dict.fromkeys([*others, *ours])
        if ours.get(key) != others.get(key)
    ]


def _named(mine: Part | None, theirs: Part | None) -> str:
    part = theirs or mine
    return (part.heading or part.label) if part else ""


def _said(part: Part | None) -> str:
    if part is None:
        return "(not there)"
    return part.text or "(no text)"
