from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from feedback.models import LetterPart
from peerchallenge.shared.fields import LongTextField, count_words
from peerchallenge.shared.forms import GovForm, ParamsForm

LONGEST = 20_000


@dataclass(frozen=True)
class PartRow:
    """One part of the letter on the page: its box, what was on the page, whose text is newer."""

    part: LetterPart
    text: BoundField
    seen: BoundField
    theirs: LetterPart | None


class LetterForm(GovForm):
    """Every part of a letter's text; each carries the fingerprint of the one it was drawn from."""

    def __init__(self, data: Any = None, *, parts: Iterable[LetterPart], **kwargs: Any) -> None:
        self.parts = list(parts)
        self.theirs: dict[str, LetterPart] = {}
        self.base_fields = {}
        for part in self.parts:
            self.base_fields[f"text_{part.key}"] = self._box(part)
            self.base_fields[f"seen_{part.key}"] = forms.CharField(
                initial=part.seen, widget=forms.HiddenInput, required=False, max_length=64
            )
        super().__init__(data, **kwargs)
        for part in self.parts:
            self.ask(f"text_{part.key}", label_size="m")

    @staticmethod
    def _box(part: LetterPart) -> LongTextField:
        rows = count_words(part.text) // 11 + part.text.count("\n") + 1
        return LongTextField(
            label=part.heading,
            initial=part.text,
            required=False,
            rows=max(4, min(16, rows)),
            validators=[MaxLengthValidator(LONGEST)],
        )

    @property
    def texts(self) -> dict[str, str]:
        """Part key to text, as typed."""
        return self._of("text_")

    @property
    def seen(self) -> dict[str, str]:
        return self._of("seen_")

    def keep_both(self, theirs: Iterable[LetterPart]) -> None:
        """Somebody saved these parts meanwhile: show their text beside the one just typed."""
        self.data = self.data.copy()
        for part in theirs:
            self.theirs[part.key] = part
            # The next save is made knowing of theirs.
            self.data[f"seen_{part.key}"] = part.seen
            who = part.saved_by.name if part.saved_by else "Somebody"
            self.add_error(
                f"text_{part.key}",
                f"{who} saved “{part.heading}” while you were writing. "
                "Put the two texts together, then save again",
            )

    def rows(self, *, after_findings: bool) -> list[PartRow]:
        return [row for row in self._rows() if row.part.after_findings == after_findings]

    def opening(self) -> list[PartRow]:
        return self.rows(after_findings=False)

    def closing(self) -> list[PartRow]:
        return self.rows(after_findings=True)

    def _rows(self) -> Iterator[PartRow]:
        for part in self.parts:
            yield PartRow(
                part,
                self[f"text_{part.key}"],
                self[f"seen_{part.key}"],
                self.theirs.get(part.key),
            )

    def _of(self, prefix: str) -> dict[str, str]:
        return {
            part.key: self.cleaned_data[prefix + part.key]
            for part in self.parts
            if prefix + part.key in self.cleaned_data
        }


class IssueParams(ParamsForm):
    """The letters that were on the page, so that no other goes out with them."""

    letters = forms.RegexField(r"^[0-9]{1,18}(,[0-9]{1,18})*$", max_length=4_000)

    def clean_letters(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["letters"].split(",")]


class ReadParams(ParamsForm):
    """The fingerprint of the letter on the page of whoever decides about it."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, initial="")


class CorrectionForm(GovForm):
    reason = LongTextField(
        label="Why is the letter replaced?",
        help_text="One sentence. It stands on the face of the new letter, for everybody who reads "
        "it: “The number of homes in section 3 was wrong.”",
        max_length=300,
        rows=3,
    )
    submit_label = "Begin the corrected letter"
    look = {"reason": {"noun": "why the letter is replaced", "heading": True, "label_size": "l"}}


class SendBackForm(GovForm):
    reason = LongTextField(
        label="What should the team change?",
        help_text="The lead reviewer reads this above the letter.",
        validators=[MaxLengthValidator(LONGEST)],
        rows=8,
    )
    submit_label = "Send the letter back"
    look = {"reason": {"noun": "what the team should change", "heading": True, "label_size": "l"}}
