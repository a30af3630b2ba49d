from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import MaxLengthValidator

from feedback.models import Finding
from feedback.queries import Shown
from feedback.states import FindingKind, Grouping
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.models import EnquiryLine

LONGEST = 5_000
# What a select sends for “all of them”, and for “none in particular”.
ANY, NONE = "", "0"
IN_LETTER = [(ANY, "In the letter or not"), ("in", "In the letter"), ("out", "Not in the letter")]
RESTING = [(ANY, "With sources or without"), ("none", "Without sources")]


class FindingsParams(ParamsForm):
    kind = forms.ChoiceField(choices=FindingKind.choices, required=False, initial="")
    theme = forms.CharField(max_length=120, required=False, initial="")
    line = forms.IntegerField(min_value=0, max_value=2**63 - 1, required=False)
    letter = forms.ChoiceField(choices=IN_LETTER, required=False, initial="")
    whose = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    sources = forms.ChoiceField(choices=RESTING, required=False, initial="")
    group = forms.ChoiceField(choices=Grouping.choices, required=False, initial=Grouping.THEME)
    page = forms.IntegerField(min_value=1, max_value=9_999, required=False, initial=1)

    @classmethod
    def shown(cls, params: Any) -> tuple[Shown, int]:
        """Which findings an address asks for, and which page of them."""
        said = cls.clean_or_default(params)
        number = said.pop("page") or 1
        said["group"] = said["group"] or Grouping.THEME.value
        return Shown(**said), number


class FilterForm(GovForm):
    """The same, to choose from: sent as an address, so that it works from a link too."""

    group = forms.ChoiceField(label="Lay out by", choices=Grouping.choices, required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    line = forms.ChoiceField(label="Line of enquiry", required=False)
    letter = forms.ChoiceField(label="Letter", choices=IN_LETTER, required=False)
    whose = forms.ChoiceField(label="Noted by", required=False)
    sources = forms.ChoiceField(label="Sources", choices=RESTING, required=False)
    look = {name: {"width": "full"} for name in ("theme", "line")}

    def __init__(
        self,
        shown: Shown,
        *,
        themes: list[str],
        lines: Sequence[EnquiryLine],
        people: list[tuple[int, str]],
    ) -> None:
        said = {name: ANY if value is None else value for name, value in vars(shown).items()}
        super().__init__(initial=said, auto_id="show_%s")
        choices = {
            "theme": [(ANY, "All themes"), *((theme, theme) for theme in themes)],
            "line": [(ANY, "All lines"), *_lines(lines), (NONE, "No line of enquiry")],
            "whose": [(ANY, "Anybody"), *people],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        for name in [] if lines else ["line", "group"]:
            del self.fields[name]


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
    own_theme = forms.CharField(
        label="Or a theme that is not in the list", max_length=120, required=False
    )
    line = forms.ChoiceField(label="Line of enquiry", required=False)
    sent_as = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    look = {
        "team_text": {"noun": "what you saw or heard", "label_size": "m"},
        "kind": {
            "noun": "whether it is a strength, an area for consideration or good practice",
            "small": True,
        },
        "theme": {"width": "full"},
        "own_theme": {"width": "full"},
        "line": {"width": "full"},
    }

    def __init__(
        self, data: Any = None, *, themes: list[str], lines: Sequence[EnquiryLine], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.lines = {str(line.pk): line for line in lines}
        self.fields["theme"].choices = [(theme, theme) for theme in themes]  # type: ignore[attr-defined]
        if lines:
            choices = [(ANY, "None in particular"), *_lines(lines)]
            self.fields["line"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["line"]
        if "sent_as" in self.fields and data is None:
            self.initial["sent_as"] = uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("own_theme") or cleaned.get("theme") or self.has_error("theme")):
            self.add_error("theme", "Select the theme")
        return cleaned

    @property
    def about(self) -> str:
        """What the next finding is about, unless somebody says otherwise."""
        line = self.lines.get(str(self["line"].value() or "")) if "line" in self.fields else None
        said = [self["own_theme"].value() or self["theme"].value(), line and line.text]
        return " · ".join(str(one) for one in said if one)

    def finding(self) -> dict[str, Any]:
        """What an action takes."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "own_theme"}
        kept["theme"] = self.cleaned_data["own_theme"] or self.cleaned_data["theme"]
        kept["line"] = self.lines.get(kept.get("line", ""))
        if "sent_as" in kept:
            kept["sent_as"] = _uuid(kept["sent_as"])
        return kept


class FindingChangeForm(FindingForm):
    """The same, with the words that the letter uses."""

    letter_text = LongTextField(
        label="In the letter’s words",
        help_text="Leave it empty, and the letter uses the team’s words.",
        validators=[MaxLengthValidator(LONGEST)],
        rows=8,
        required=False,
    )
    for_letter = forms.BooleanField(label="Use it in the letter", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    sent_as = None  # type: ignore[assignment]
    look = {
        **FindingForm.look,
        "team_text": {"noun": "what you saw or heard", "rows": 8, "label_size": "s"},
    }

    def __init__(self, data: Any = None, *, finding: Finding, **kwargs: Any) -> None:
        initial = {name: getattr(finding, name) for name in self.base_fields if name != "own_theme"}
        initial["line"] = finding.line_id or ANY
        super().__init__(data, initial=initial, **kwargs)
        self.fields["team_text"].label = "In the team’s words"
        self.fields["team_text"].help_text = "They stay with the team. Name no child."

    def keep_both(self, theirs: Finding) -> None:
        """Somebody changed it meanwhile: the next save is made knowing of theirs."""
        self.data = self.data.copy()
        self.data["seen"] = theirs.seen
        self.add_error(
            "team_text",
            "Somebody else on the team changed this finding while you were writing. "
            "Put the two together, then save again",
        )


def _uuid(said: str) -> UUID | None:
    """What a page made up; from any other nothing is recognised again."""
    try:
        return UUID(said)
    except ValueError:
        return None


def _lines(lines: Sequence[EnquiryLine]) -> list[tuple[str, str]]:
    return [(str(line.pk), line.text) for line in lines]
