from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from authorities.models import User
from feedback.queries.host_texts import Draft
from peerchallenge.shared.fields import LongTextField, count_words
from peerchallenge.shared.forms import GovForm, ParamsForm

LONGEST = 50_000


@dataclass(frozen=True)
class PartBox:
    """One box of the page, and what somebody else has saved in it meanwhile."""

    box: BoundField
    heading: str
    theirs: str


class HostTextForm(GovForm):
    """The parts of a text by the host; it carries how often the text had been saved."""

    def __init__(self, data: Any = None, *, draft: Draft, **kwargs: Any) -> None:
        self.draft, self.theirs = draft, dict[str, str]()
        self.base_fields = {
            f"text_{part['key']}": self._box(part["heading"], part["text"]) for part in draft.parts
        }
        self.base_fields["seen"] = forms.IntegerField(
            initial=draft.edits, min_value=0, widget=forms.HiddenInput
        )
        super().__init__(data, **kwargs)
        for part in draft.parts:
            self.ask(f"text_{part['key']}", label_size="m", noun=f"“{part['heading']}”")

    @staticmethod
    def _box(heading: str, text: str) -> LongTextField:
        rows = count_words(text) // 11 + text.count("\n") + 1
        return LongTextField(
            label=heading,
            initial=text,
            rows=max(4, min(18, rows)),
            validators=[MaxLengthValidator(LONGEST)],
        )

    @property
    def texts(self) -> dict[str, str]:
        return {part["key"]: self.cleaned_data[f"text_{part['key']}"] for part in self.draft.parts}

    def keep_both(self, theirs: Draft, by: User) -> None:
        """Somebody saved it meanwhile: show their text beside the one just typed."""
        self.data = self.data.copy()
        # The next save is made knowing of theirs.
        self.data["seen"] = str(theirs.edits)
        saved = "Somebody saved this text while you were writing"
        if theirs.row and theirs.row.saved_by_id == by.pk:
            saved = "You saved this text in another window too"
        elif theirs.row:
            saved = f"{theirs.row.saved_by} saved this text while you were writing"
        for part in theirs.parts:
            if part["text"] != self.texts.get(part["key"]):
                self.theirs[part["key"]] = part["text"]
        for key in self.theirs:
            self.add_error(f"text_{key}", f"{saved}. Put the two together, then save again")

    def boxes(self) -> Iterator[PartBox]:
        for part in self.draft.parts:
            key = part["key"]
            yield PartBox(self[f"text_{key}"], part["heading"], self.theirs.get(key, ""))


class SeenParams(ParamsForm):
    """How often the text had been saved when the page was drawn."""

    seen = forms.IntegerField(min_value=0, max_value=10**9)
