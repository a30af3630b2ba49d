"""A letter without the passages that its host leaves out: their words are gone, not covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator

from feedback.models import Letter, LetterContent, LetterFile, Redaction
from feedback.models.content import (
    BULLETS,
    LetterPart,
    LineAnswered,
    NextStep,
    TeamMember,
    ThemeFindings,
)
from feedback.queries.files import file_stands
from feedback.queries.places import Place, places_of
from feedback.states import FileKind

PER_PAGE = 30
# What may be left out; the title, the days and what was counted stand as they are.
OPEN_TO_REDACTION = ("part", "finding", "line", "step", "team")
NOTE = LetterPart(
    "About this version",
    "This is the letter without the passages that the host has left out. Where one stood, the "
    "reason is given in square brackets. Nothing else has been changed.",
)

Said = Mapping[str, str]
Found = TypeVar("Found", ThemeFindings, LineAnswered)


def redactable(content: LetterContent) -> list[Place]:
    return [one for one in places_of(content) if one.place.startswith(OPEN_TO_REDACTION)]


def left_out(reason: str) -> str:
    return f"[Passage left out: {reason}]"


def redacted_content(content: LetterContent, reasons: Mapping[str, str]) -> LetterContent:
    """The letter with each of these places (place to reason) replaced by its reason.

    The same words are left out wherever else they stand: a finding may be told twice.
    """
    gone = {
        one.text: left_out(reasons[one.place])
        for one in redactable(content)
        if one.place in reasons
    }
    text = partial(_without, gone=gone)
    return replace(
        content,
        opening=tuple(map(text, content.opening)),
        closing=tuple(map(text, content.closing)),
        parts=tuple(map(text, content.parts)),
        themes=tuple(_each(found, gone) for found in content.themes),
        lines=tuple(_each(line, gone) for line in content.lines),
        next_steps=tuple(_steps(content.next_steps, reasons)),
        team=tuple(_team(content.team, reasons)),
        supersedes_reason=_text(content.supersedes_reason, gone),
    )


def redacted_version(content: LetterContent, reasons: Mapping[str, str]) -> LetterContent:
    """The same, and it says on its face that it is not the whole letter: no address to check it
    at, where only letters as they were issued are known."""
    short = replace(redacted_content(content, reasons), verify_at="")
    if short.parts:
        return replace(short, parts=(NOTE, *short.parts))
    return replace(short, opening=(NOTE, *short.opening))


def _without(part: LetterPart, gone: Said) -> LetterPart:
    return replace(part, text=_text(part.text, gone))


def _text(text: str, gone: Said) -> str:
    """All of it, or line by line as a letter's paragraphs are read; else as it was."""
    if text in gone:
        return gone[text]
    lines = [line.strip() for line in text.splitlines()]
    kept = [_line(line, gone) for line in lines]
    return text if kept == lines else "\n".join(kept)


def _line(line: str, gone: Said) -> str:
    """An item of a list stays one."""
    if line.startswith(BULLETS):
        item = line[2:].strip()
        return f"- {gone[item]}" if item in gone else line
    return gone.get(line, line)


def _each(found: Found, gone: Said) -> Found:
    """Every text of a theme or a line, whatever it is called."""
    changed: dict[str, Any] = {}
    for field in fields(found):
        value = getattr(found, field.name)
        if isinstance(value, str):
            changed[field.name] = _text(value, gone)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(_text(text, gone) for text in value)
    return replace(found, **changed)


def _steps(steps: Sequence[NextStep], reasons: Said) -> list[NextStep]:
    return [
        replace(step, what=left_out(reasons[place]), who="")
        if (place := f"step:{number}") in reasons
        else step
        for number, step in enumerate(steps, 1)
    ]


def _team(team: Sequence[TeamMember], reasons: Said) -> list[TeamMember]:
    return [
        TeamMember(left_out(reasons[place]), "", "")
        if (place := f"team:{number}") in reasons
        else member
        for number, member in enumerate(team, 1)
    ]


@dataclass(frozen=True)
class Passage:
    """A paragraph to choose, or one that is left out with its reason."""

    place: str
    heading: str
    text: str
    redaction: Redaction | None = None


@dataclass(frozen=True)
class RedactPage:
    passages: Page[Any]
    chosen: list[Passage]
    made: LetterFile | None
    is_making: bool
    # “failed” where making it was tried for the last time.
    stands: str
    # The version that is made leaves out what is marked now, and nothing else.
    is_current: bool


def reasons_of(letter: Letter) -> dict[str, str]:
    return dict(letter.redactions.values_list("place", "reason"))


def redact_page(letter: Letter, *, page: int) -> RedactPage:
    marked = {one.place: one for one in letter.redactions.select_related("by")}
    content = letter.frozen_content
    passages = [
        Passage(one.place, one.heading, one.text, marked.get(one.place))
        for one in redactable(content)
    ]
    newest = newest_redacted(letter)
    now = redacted_version(content, {one.place: one.reason for one in marked.values()}).to_json()
    made = letter.files.made().filter(kind=FileKind.REDACTED).defer("data").first()
    return RedactPage(
        Paginator([one for one in passages if not one.redaction], PER_PAGE).get_page(page),
        [one for one in passages if one.redaction],
        made,
        is_making=newest is not None and newest.made_at is None,
        stands=file_stands(newest),
        is_current=newest is not None and newest.content == now,
    )


def passages_waiting(letter: Letter) -> int:
    """How many are marked to be left out, where no version without them was asked for yet."""
    reasons, newest = reasons_of(letter), newest_redacted(letter)
    if not reasons:
        return 0
    now = redacted_version(letter.frozen_content, reasons).to_json()
    return 0 if newest is not None and newest.content == now else len(reasons)


def newest_redacted(letter: Letter, *, made: bool = False) -> LetterFile | None:
    """The last redacted version asked for, or the last that has its PDF."""
    files = letter.files.made() if made else letter.files.all()
    return files.filter(kind=FileKind.REDACTED).defer("data").order_by("-version").first()
