"""What differs between two wordings of a question, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from rounds.models import Asked
from rounds.queries.questionnaires import Questionnaire, standard_questionnaire
from rounds.states import AnsweredBy, QuestionKind


@dataclass(frozen=True)
class Piece:
    """Some words: `kind` is "same", "out" or "in"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


def differences(before: Asked, after: Asked) -> list[Change]:
    """What differs between two wordings of a question, word by word; nothing for what is equal."""
    pairs = zip(_said(before), _said(after), strict=True)
    return [Change(label, words_apart(old, new)) for (label, old), (_, new) in pairs if old != new]


def _said(asked: Asked) -> list[tuple[str, str]]:
    """Each part of a question as text."""
    options = asked.options
    return [
        ("Question", asked.text),
        ("Guidance", asked.guidance),
        ("Kind of answer", str(QuestionKind(asked.kind).label)),
        ("Most words", str(asked.word_limit or "")),
        ("Required", "Yes" if asked.required else "No"),
        ("Who answers", str(AnsweredBy(asked.answered_by).label)),
        ("Choices", "\n".join(options.get("choices", []))),
        ("Unit", str(options.get("unit", ""))),
        ("Columns", "\n".join(options.get("columns", []))),
        ("Most rows", str(options.get("rows", "") or "")),
    ]


def words_apart(old: str, new: str) -> list[Piece]:
    """The two texts as one: what stays, what goes and what comes, in reading order."""
    before, after = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, low, high, low_new, high_new in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[low:high])))
            continue
        if low < high:
            pieces.append(Piece("out", "".join(before[low:high])))
        if low_new < high_new:
            pieces.append(Piece("in", "".join(after[low_new:high_new])))
    return pieces


@dataclass(frozen=True)
class Differs:
    """A question that a region asks otherwise than the standard preset, or that only one asks."""

    where: str
    what: str
    changes: list[Change]


def differences_from_standard(key: str, own: Questionnaire) -> list[Differs]:
    """Section by section, in the region's order; what it left out comes last."""
    standard = _rows(standard_questionnaire(key))
    mine = _rows(own)
    found = []
    for place, (title, asked) in mine.items():
        if place not in standard:
            found.append(Differs(title, "Added", differences(Asked("", required=False), asked)[:1]))
        elif changes := differences(standard[place][1], asked):
            found.append(Differs(title, "Reworded", changes))
    for place, (title, asked) in standard.items():
        if place not in mine:
            gone = Change("Question", [Piece("out", asked.text)])
            found.append(Differs(title, "Left out", [gone]))
    return found


def _rows(questionnaire: Questionnaire) -> dict[tuple[str, str], tuple[str, Asked]]:
    return {
        (section["key"], row["key"]): (section["title"], Asked.of(row))
        for section in questionnaire["sections"]
        for row in section["questions"]
    }
