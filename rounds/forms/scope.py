from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import Field, GovForm, ParamsForm
from rounds.queries.scope import QuestionGroup

LARGEST = 10**18
NO_CHILD = "No child’s name or number may be in it."


class WordsForm(GovForm):
    """A line of enquiry, or a part of one; `seen` is the mark of what stood on the page."""

    submit_label = "Save"
    text = LongTextField(label="Words", max_words=120, rows=3, threshold=75)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(
        self,
        data: Any = None,
        *,
        label: str,
        hint: str = NO_CHILD,
        start: str = "",
        seen: str = "",
        submit: str = "Save",
        cancel_url: str = "",
    ) -> None:
        self.submit_label, self.cancel_url = submit, cancel_url  # type: ignore[misc]
        super().__init__(data, initial={"text": start, "seen": seen})
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        self.ask("text", noun="what it says")

    def show_theirs(self, seen: str) -> None:
        """What was typed stays; the next press counts as having seen what stands now."""
        self.data = self.data.copy()  # type: ignore[assignment]
        self.data["seen"] = seen  # type: ignore[index]


class TakeQuestionsForm(GovForm):
    """Questions of the self-assessment, a list for each of its sections."""

    submit_label = "Take these"

    def __init__(
        self, data: Any = None, *, groups: Sequence[QuestionGroup], cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        # The form's own fields, not its class's: each round asks other questions.
        self.base_fields = {
            f"section_{place}": forms.MultipleChoiceField(
                label=group.title,
                required=False,
                choices=[(str(one.pk), one.text) for one in group.questions],
                widget=forms.CheckboxSelectMultiple,
            )
            for place, group in enumerate(groups)
        }
        super().__init__(data)
        for name in self.fields:
            self.ask(name, small=True, label_size="m", noun="the questions")

    def build_layout(self) -> Layout:
        return Layout(*(Field(name) for name in self.fields), self.build_buttons())

    def chosen(self) -> list[int]:
        return [int(key) for keys in self.cleaned_data.values() for key in keys]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error(next(iter(self.fields)), "Select at least one question")
        return cleaned


class MoveParams(ParamsForm):
    """Which line or part goes one place up or down: the button that was pressed."""

    line_up = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    line_down = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    limb_up = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    limb_down = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)


class AgreeParams(ParamsForm):
    """Which words were on the page when somebody agreed."""

    version = forms.IntegerField(min_value=0, max_value=2**31, initial=-1)
