from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from feedback.models import Finding
from feedback.states import FindingKind
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm

LONGEST = 5_000


class FindingsParams(ParamsForm):
    kind = forms.ChoiceField(choices=FindingKind.choices, required=False, initial="")
    page = forms.IntegerField(min_value=1, max_value=9_999, required=False, initial=1)


class FindingForm(GovForm):
    """One text box, what kind of finding, and about what: made for a corridor."""

    team_text = LongTextField(
        label="What did you see or hear?",
        help_text="In the team’s own words. Name no child, and nobody you spoke to.",
        validators=[MaxLengthValidator(LONGEST)],
        rows=4,
    )
    kind = forms.ChoiceField(
        label="What is it?", choices=FindingKind.choices, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    own_theme = forms.CharField(label="Another theme", max_length=120, required=False)
    look = {
        "team_text": {"noun": "what you saw or heard", "label_size": "m"},
        "kind": {"noun": "whether it is a strength, an area for consideration or good practice"},
        "theme": {"width": "full"},
        "own_theme": {"width": "full"},
    }

    def __init__(self, data: Any = None, *, themes: list[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choice = self.fields["theme"]
        choice.choices = [(theme, theme) for theme in themes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("own_theme") or cleaned.get("theme") or self.has_error("theme")):
            self.add_error("theme", "Select the theme")
        return cleaned

    def finding(self) -> dict[str, Any]:
        """What an action takes."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "own_theme"}
        kept["theme"] = self.cleaned_data["own_theme"] or self.cleaned_data["theme"]
        return kept


class FindingChangeForm(FindingForm):
    """The same, with the words that the letter uses."""

    letter_text = LongTextField(
        label="In the letter’s words",
        help_text="Leave it empty, and the letter uses the team’s words above.",
        validators=[MaxLengthValidator(LONGEST)],
        rows=6,
        required=False,
    )
    for_letter = forms.BooleanField(label="Use it in the letter", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    field_order = ["team_text", "letter_text", "kind", "theme", "own_theme", "for_letter", "seen"]
    look = {
        **FindingForm.look,
        "team_text": {"noun": "what you saw or heard", "rows": 5},
    }

    def __init__(self, data: Any = None, *, finding: Finding, **kwargs: Any) -> None:
        initial = {name: getattr(finding, name) for name in self.base_fields if name != "own_theme"}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["team_text"].label = "In the team’s words"

    def keep_both(self, theirs: Finding) -> None:
        """Somebody changed it meanwhile: the next save is made knowing of theirs."""
        self.data = self.data.copy()
        self.data["seen"] = theirs.seen
        self.add_error(
            "team_text",
            "Somebody else on the team changed this finding while you were writing. "
            "Put the two together, then save again",
        )
