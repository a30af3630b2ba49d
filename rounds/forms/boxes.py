"""What is written in one place of a page, and what is kept when two people wrote the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from authorities.models import User
from peerchallenge.shared.answers import YES, Answer
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm
from peerchallenge.shared.forms.layout import Field
from rounds.models import ProgressSince, WrittenAnswer
from rounds.queries.writing import Entry, said_when

MINE, THEIRS, BOTH = "mine", "theirs", "both"
Saved = WrittenAnswer | ProgressSince


@dataclass(frozen=True)
class Written:
    """What is to be kept; no `leaning` leaves it as it is."""

    text: str
    data: dict[str, Any] = field(default_factory=dict)
    leaning: str | None = None


def version_field() -> forms.IntegerField:
    """The version the page was drawn with. Browsers may not fill in one of their own."""
    return forms.IntegerField(
        min_value=0, initial=0, widget=forms.HiddenInput({"autocomplete": "off"})
    )


def whose(theirs: WrittenAnswer | ProgressSince, by: User) -> str:
    return "The other text" if theirs.saved_by_id == by.pk else f"{theirs.saved_by}’s text"


class BoxForm(GovForm):
    """What is written in one place of a page that may hold many; it saves itself."""

    version = version_field()

    def __init__(self, data: Any = None, *, prefix: str, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        if data is not None and f"{prefix}-{THEIRS}" in data:
            self._ask_which(str(data[f"{prefix}-{THEIRS}"]))

    def build_helper(self) -> FormHelper:
        """Without a form around it: the page has one for all its boxes."""
        helper = super().build_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def build_layout(self) -> Layout:
        return Layout(*(Field(name) for name in self.fields))

    def clashed(self, theirs: WrittenAnswer | ProgressSince, by: User) -> None:
        """Somebody saved another text since: ask which of the two is kept."""
        data = self.data.copy()
        data[self.add_prefix("version")] = str(theirs.version)
        data[self.add_prefix(THEIRS)] = whose(theirs, by)
        data.pop(self.add_prefix("keep"), None)
        self.data = data
        self._ask_which(whose(theirs, by))
        who = "You" if theirs.saved_by_id == by.pk else str(theirs.saved_by)
        saved = f"{who} saved another answer here {said_when(theirs.saved_at)}"
        self.add_error("keep", f"{saved}. Select which of the two to keep")

    def _ask_which(self, theirs: str) -> None:
        self.fields["keep"] = forms.ChoiceField(
            label="Which of the two do you want to keep?",
            choices=[(MINE, "What stands in the box on this page"), (THEIRS, theirs[:200])],
            widget=forms.RadioSelect,
        )
        self.fields[THEIRS] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.ask("keep", noun="which of the two to keep")
        self.helper = self.build_helper()

    @property
    def gives_way(self) -> bool:
        """Its writer keeps what the other one saved."""
        return self.cleaned_data.get("keep") == THEIRS

    def written(self) -> Written:
        raise NotImplementedError


class ProgressForm(BoxForm):
    """What came of one area for consideration since the last letter."""

    text = LongTextField(label="Progress since", required=False, rows=5)
    field_order = ["text"]
    look = {"text": {"noun": "the progress"}}

    def __init__(self, data: Any = None, *, row: ProgressSince) -> None:
        initial = {"text": row.progress, "version": row.version}
        super().__init__(data, prefix=f"p{row.pk}", initial=initial)

    def written(self) -> Written:
        return Written(self.cleaned_data["text"])


class ChoiceOfTexts(GovForm):
    """Two people wrote the same answer: what is kept is theirs to say."""

    keep = forms.ChoiceField(label="Which text do you want to keep?", widget=forms.RadioSelect)
    both = LongTextField(
        label="Both texts in one",
        help_text="Put together here what you want of both. It counts only if you choose it above.",
        required=False,
        rows=12,
    )
    mine = LongTextField(required=False, widget=forms.HiddenInput)
    leaning = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    version = version_field()

    def __init__(
        self,
        data: Any = None,
        *,
        mine: str = "",
        leaning: str | None = None,
        prefix: str,
        theirs: WrittenAnswer,
        by: User,
    ) -> None:
        together = "\n\n".join(text for text in (mine, theirs.text) if text)
        initial = {"mine": mine, "version": theirs.version, "both": together, "leaning": leaning}
        super().__init__(data, initial=initial, prefix=prefix)
        self.fields["keep"].choices = [
            (MINE, "My text, just written"),
            (THEIRS, f"{whose(theirs, by)}, saved {said_when(theirs.saved_at)}"),
            (BOTH, "Both, as I put them together below"),
        ]
        self.ask("keep", noun="the text to keep")

    def mine_written(self) -> Written:
        """What its writer had in the box when the two clashed."""
        return Written(self.cleaned_data["mine"], leaning=self.cleaned_data["leaning"] or None)

    def written(self) -> Written | None:
        """What to save; None when theirs stays as it is."""
        keep = self.cleaned_data["keep"]
        mine = self.mine_written()
        return None if keep == THEIRS else replace(mine, text=str(self.cleaned_data[keep]))


@dataclass(frozen=True)
class Outcome:
    """`status` is 200 when it is kept; `theirs` is what somebody else saved meanwhile."""

    form: BoxForm
    status: int = 200
    saved: Saved | None = None
    theirs: Saved | None = None


@dataclass(frozen=True)
class Box:
    """One place to write in, what stands in it and what became of the last save."""

    form: BoxForm
    status: str
    there: Saved | None = None
    entry: Entry | None = None
    may_write: Answer = YES
    outcome: Outcome | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.form.prefix)

    @property
    def theirs(self) -> Saved | None:
        return self.outcome.theirs if self.outcome else None
