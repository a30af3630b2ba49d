"""How two versions of a letter differ, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from feedback.models.content import LetterContent
from feedback.queries.places import Place, places_of

WORD = re.compile(r"\S+\s*")
# A paragraph of more words is shown whole before and after: nobody reads so many marks.
MOST_WORDS = 1_500
# Two paragraphs with less in common are two paragraphs, not one that was reworded.
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Mark:
    """Some words that stayed (""), came ("ins") or went ("del")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One paragraph that came, went or was reworded."""

    heading: str
    before: str
    after: str
    is_finding: bool

    @property
    def kind(self) -> str:
        if not self.before:
            return "added"
        return "reworded" if self.after else "removed"

    @property
    def marks(self) -> list[Mark]:
        return list(marks_of(self.before, self.after))


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that differs below one heading."""

    heading: str
    differences: list[Difference]


def changes_between(before: LetterContent, after: LetterContent) -> list[Change]:
    """What a reader of `before` has not seen, heading by heading in the order of the letter."""
    found = differences_of(places_of(before), places_of(after))
    grouped = groupby(found, key=lambda difference: difference.heading)
    return [Change(heading, list(differences)) for heading, differences in grouped]


def differences_of(before: list[Place], after: list[Place]) -> Iterator[Difference]:
    """A paragraph that only moved among its neighbours is no difference."""
    gone, come = _apart(before, after), _apart(after, before)
    headings = _in_order([place.heading for place in after], [place.heading for place in before])
    for heading in headings:
        yield from _paired(
            [place for place in gone if place.heading == heading],
            [place for place in come if place.heading == heading],
        )


def findings_said(changes: Iterable[Change]) -> str:
    """Such as “Findings: 2 added, 1 removed.”; empty where none changed."""
    kinds = [d.kind for change in changes for d in change.differences if d.is_finding]
    counts = ((kinds.count(kind), kind) for kind in ("added", "removed", "reworded"))
    said = ", ".join(f"{count} {kind}" for count, kind in counts if count)
    return f"Findings: {said}." if said else ""


def marks_of(before: str, after: str) -> Iterator[Mark]:
    """The words of both texts in one line, with what went before what came."""
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from _said(("del", before), ("ins", after))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from _said(("", "".join(new[c:d])))
        else:
            yield from _said(("del", "".join(old[a:b])), ("ins", "".join(new[c:d])))


def _said(*marks: tuple[str, str]) -> Iterator[Mark]:
    return (Mark(kind, text) for kind, text in marks if text)


def _apart(places: list[Place], others: list[Place]) -> list[Place]:
    """Those that do not stand among the others in the same words below the same heading."""
    left = [(place.heading, _words(place.text)) for place in others]
    apart = []
    for place in places:
        key = place.heading, _words(place.text)
        if key in left:
            left.remove(key)
        else:
            apart.append(place)
    return apart


def _paired(gone: list[Place], come: list[Place]) -> Iterator[Difference]:
    """Below one heading: each paragraph that came with the one that went most like it."""
    left = list(gone)
    for place in come:
        scored = [(_likeness(old.text, place.text), -at) for at, old in enumerate(left)]
        score, at = max(scored, default=(0.0, 0))
        before = left.pop(-at).text if score >= ALIKE else ""
        yield Difference(place.heading, before, place.text, place.is_finding)
    for place in left:
        yield Difference(place.heading, place.text, "", place.is_finding)


def _likeness(one: str, other: str) -> float:
    """From 0 to 1, how many of their words they share in the same order."""
    old, new = WORD.findall(one)[:MOST_WORDS], WORD.findall(other)[:MOST_WORDS]
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _words(text: str) -> str:
    """A space more or less is no difference."""
    return " ".join(text.split())


def _in_order(after: list[str], before: list[str]) -> list[str]:
    """The headings of the newer letter; those that are gone stand behind."""
    return list(dict.fromkeys([*after, *before]))
