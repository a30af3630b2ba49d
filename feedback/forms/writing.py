from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from authorities.models import User
from feedback.forms.written import WrittenField
from feedback.models import LetterPart
from feedback.states import PartKind
from peerchallenge.shared.forms import GovForm
from rounds.queries.writing import said_when

HEADING = 160


def saved_said(part: LetterPart) -> str:
    return f"Saved at {timezone.localtime(part.saved_at):%H:%M}."


def not_saved_said(form: LetterForm, by: User) -> str:
    """Why a part was not kept, below the box that still holds it."""
    for part in form.theirs.values():
        own = part.saved_by_id == by.pk
        who = "You" if own or not part.saved_by else part.saved_by.name
        where = " in another window" if own else ""
        return (
            f"Not saved. {who} saved another text here {said_when(part.saved_at)}{where}. Yours is "
            "still in this page: choose “Save” to see both."
        )
    why = " ".join(
        f"{error}".rstrip(".") + "." for found in form.errors.values() for error in found
    )
    return f"Not saved. {why} Your text is still in this page."


def who_saved(part: LetterPart, by: User) -> str:
    """Whose other text stands in the way of one's own."""
    if part.saved_by_id == by.pk:
        return f"You saved “{part.heading}” in another window too"
    who = part.saved_by.name if part.saved_by else "Somebody"
    return f"{who} saved “{part.heading}” while you were writing"


@dataclass(frozen=True)
class PartRow:
    """One part of the letter on the page: its boxes, what was on the page, whose text is newer."""

    part: LetterPart
    text: BoundField
    heading: BoundField | None
    seen: BoundField
    theirs: LetterPart | None


class LetterForm(GovForm):
    """Every part of a letter's text; each carries the fingerprint of the one it was drawn from.

    A page sends all of them, or one alone while somebody types: what was not sent stays.
    """

    def __init__(self, data: Any = None, *, parts: Iterable[LetterPart], **kwargs: Any) -> None:
        self.parts = list(parts)
        self.theirs: dict[str, LetterPart] = {}
        self.base_fields = {}
        for part in self.parts:
            self.base_fields |= self._boxes(part)
        super().__init__(data, **kwargs)
        for part in self.parts:
            # The part's heading stands above its box.
            self.ask(f"text_{part.key}", hide_label=True)

    def _boxes(self, part: LetterPart) -> dict[str, forms.Field]:
        boxes: dict[str, forms.Field] = {}
        label = part.heading
        if self._has_heading(part):
            label = f"Text of “{part.heading}”"
            boxes[f"heading_{part.key}"] = forms.CharField(
                label=f"Heading: {part.heading}",
                initial=part.heading,
                max_length=HEADING,
                required=False,
            )
        boxes[f"text_{part.key}"] = WrittenField(part.text, label=label)
        boxes[f"seen_{part.key}"] = forms.CharField(
            initial=part.seen,
            widget=forms.HiddenInput({"autocomplete": "off"}),
            required=False,
            max_length=64,
        )
        return boxes

    @staticmethod
    def _has_heading(part: LetterPart) -> bool:
        """The host's question stands as the host put it."""
        return part.kind != PartKind.ANSWER

    @property
    def sent(self) -> list[LetterPart]:
        """The parts that the page sent."""
        return [part for part in self.parts if f"text_{part.key}" in self.data]

    @property
    def texts(self) -> dict[str, str]:
        """Part key to text, as typed."""
        return self._of("text_")

    @property
    def headings(self) -> dict[str, str]:
        return self._of("heading_")

    @property
    def seen(self) -> dict[str, str]:
        return self._of("seen_")

    def keep_both(self, theirs: Iterable[LetterPart], by: User) -> None:
        """Somebody saved these parts meanwhile: show their text beside the one just typed."""
        self.data = self.data.copy()
        for part in theirs:
            self.theirs[part.key] = part
            # The next save is made knowing of theirs.
            self.data[f"seen_{part.key}"] = part.seen
            self.add_error(
                f"text_{part.key}",
                f"{who_saved(part, by)}. Put the two texts together, then save again",
            )

    def rows(self) -> list[PartRow]:
        return [
            PartRow(
                part,
                self[f"text_{part.key}"],
                self[f"heading_{part.key}"] if self._has_heading(part) else None,
                self[f"seen_{part.key}"],
                self.theirs.get(part.key),
            )
            for part in self.parts
        ]

    def _of(self, prefix: str) -> dict[str, str]:
        return {
            part.key: self.cleaned_data[prefix + part.key]
            for part in self.sent
            if prefix + part.key in self.cleaned_data and prefix + part.key in self.data
        }
