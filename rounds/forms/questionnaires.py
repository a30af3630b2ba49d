from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import Field, Fieldset, GovForm, ParamsForm
from rounds.models import Asked, Question
from rounds.models.questionnaire import TEXT_KINDS
from rounds.states import THE_PRESET, THIS_ROUND, AnsweredBy, QuestionKind, RoundState

LONGEST_TEXT = 300
LONGEST_GUIDANCE = 1_500
MOST_WORDS = 5_000
MOST_CHOICES, LONGEST_CHOICE = 12, 120
MOST_COLUMNS, MOST_ROWS, LONGEST_COLUMN = 6, 20, 60
BOTH = "both"
KINDS = {
    QuestionKind.LONG_TEXT: "Paragraphs, with a word limit",
    QuestionKind.SHORT_TEXT: "One line",
    QuestionKind.CHOICE: "One of several choices, which you write below",
    QuestionKind.MEASURE: "A figure today and the one to compare it with",
    QuestionKind.TABLE: "Rows with the columns that you write below",
    QuestionKind.FILE: "A document",
}


def hidden_version() -> forms.CharField:
    return forms.CharField(
        required=False, max_length=16, widget=forms.HiddenInput({"autocomplete": "off"})
    )


def _key() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=10**18, required=False)


class QuestionForm(GovForm):
    """A question as officers write it; what its kind has no use for is left aside."""

    text = LongTextField(label="Question", max_length=LONGEST_TEXT, rows=2)
    guidance = LongTextField(
        label="Guidance (optional)",
        help_text="What a good answer covers. It stands under the question.",
        required=False,
        max_length=LONGEST_GUIDANCE,
        rows=4,
    )
    kind = forms.ChoiceField(
        label="How is it answered?",
        choices=[(kind, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
    )
    required = forms.BooleanField(
        label="It must be answered before the self-assessment is sent", required=False
    )
    answered_by = forms.ChoiceField(
        label="Who answers it?", choices=AnsweredBy.choices, widget=forms.RadioSelect
    )
    word_limit = forms.IntegerField(
        label="Most words",
        help_text="For text. 0 if there is no limit.",
        required=False,
        min_value=0,
        max_value=MOST_WORDS,
    )
    choices = LongTextField(
        label="Choices",
        help_text=f"For a choice: one on each line, at least two and at most {MOST_CHOICES}.",
        required=False,
        rows=4,
    )
    unit = forms.CharField(
        label="Unit",
        help_text="For a measure, for example “per cent”. It may stay empty.",
        required=False,
        max_length=30,
    )
    columns = LongTextField(
        label="Columns",
        help_text=f"For a table: one heading on each line, at most {MOST_COLUMNS}.",
        required=False,
        rows=4,
    )
    rows = forms.IntegerField(
        label="Most rows",
        help_text=f"For a table, up to {MOST_ROWS}.",
        required=False,
        min_value=1,
        max_value=MOST_ROWS,
    )
    version = hidden_version()
    look = {
        "text": {"noun": "the question"},
        "guidance": {"noun": "the guidance"},
        "kind": {"noun": "how it is answered", "hints": {str(k): v for k, v in KINDS.items()}},
        "answered_by": {"noun": "who answers it", "small": True},
        "word_limit": {"width": 4},
        "unit": {"width": 20},
        "rows": {"width": 3},
    }

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question | None = None,
        state: str = RoundState.DRAFT,
        cancel_url: str = "",
    ) -> None:
        self.question, self.state, self.cancel_url = question, state, cancel_url
        super().__init__(data, initial=self._initial())

    @property
    def open(self) -> bool:
        return self.state != RoundState.DRAFT

    def build_layout(self) -> Layout:
        if self.open and not self.question:
            # Some have sent theirs: what is added now nobody has to answer.
            del self.fields["required"]
        self.submit_label = "Check the difference" if self.open and self.question else "Save"
        facts = [Field(name) for name in ("required", "answered_by") if name in self.fields]
        return Layout(
            "text",
            "guidance",
            "kind",
            *facts,
            Fieldset("What the kind needs", "word_limit", "choices", "unit", "columns", "rows"),
            self.build_buttons(),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind == QuestionKind.CHOICE:
            self._check_lines("choices", "choice", 2, MOST_CHOICES, LONGEST_CHOICE)
        elif kind == QuestionKind.TABLE:
            self._check_lines("columns", "column", 1, MOST_COLUMNS, LONGEST_COLUMN)
            if cleaned.get("rows") is None and "rows" not in self.errors:
                self.add_error("rows", "Enter how many rows a table may have at most")
        return cleaned

    def asked(self) -> Asked:
        """What an action takes."""
        cleaned = self.cleaned_data
        kind = cleaned["kind"]
        return Asked(
            cleaned["text"],
            cleaned["guidance"],
            kind,
            (cleaned["word_limit"] or 0) if kind in TEXT_KINDS else 0,
            bool(cleaned.get("required")),
            self._options(kind),
            cleaned["answered_by"],
        )

    def _options(self, kind: str) -> dict[str, Any]:
        if kind == QuestionKind.CHOICE:
            return {"choices": _lines(self.cleaned_data["choices"])}
        if kind == QuestionKind.MEASURE:
            return {"unit": self.cleaned_data["unit"]}
        if kind == QuestionKind.TABLE:
            columns = _lines(self.cleaned_data["columns"])
            return {"columns": columns, "rows": self.cleaned_data["rows"]}
        return {}

    def _check_lines(self, name: str, noun: str, least: int, most: int, longest: int) -> None:
        if name in self.errors:
            return
        lines = _lines(self.cleaned_data.get(name, ""))
        if len(lines) < least:
            several = f"at least {least} {noun}s" if least > 1 else f"at least one {noun}"
            self.add_error(name, f"Enter {several}, one on each line")
        elif len(lines) > most:
            self.add_error(name, f"Enter at most {most} {noun}s")
        elif len({line.casefold() for line in lines}) < len(lines):
            self.add_error(name, f"Enter each {noun} once")
        elif any(len(line) > longest for line in lines):
            self.add_error(name, f"A {noun} must be {longest} characters or less")

    def _initial(self) -> dict[str, Any]:
        if not self.question:
            return {
                "kind": QuestionKind.LONG_TEXT,
                "required": True,
                "answered_by": AnsweredBy.ANYBODY,
                "word_limit": 300,
            }
        question = self.question
        return {
            **{
                name: getattr(question, name)
                for name in ("text", "guidance", "kind", "required", "answered_by", "word_limit")
            },
            "choices": "\n".join(question.options.get("choices", [])),
            "unit": question.options.get("unit", ""),
            "columns": "\n".join(question.options.get("columns", [])),
            "rows": question.options.get("rows"),
            "version": question.asks.version,
        }


class CorrectionForm(QuestionForm):
    """The same wording, carried along unseen, and where it is to count."""

    applies_to = forms.ChoiceField(
        label="Where does this correction count?",
        choices=[
            (THIS_ROUND, "In this round"),
            (THE_PRESET, "In the region’s preset, for rounds to come"),
            (BOTH, "In both"),
        ],
        widget=forms.RadioSelect,
    )
    look = {**QuestionForm.look, "applies_to": {"noun": "where the correction counts"}}

    def build_layout(self) -> Layout:
        for name, field in self.fields.items():
            if name != "applies_to":
                field.widget = forms.HiddenInput()
        self.submit_label = "Make the correction"
        return Layout("applies_to", self.build_buttons())

    def build_helper(self) -> FormHelper:
        """Without a form around it: its page sends it elsewhere than to itself."""
        helper = super().build_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def places(self) -> list[str]:
        chosen = self.cleaned_data["applies_to"]
        return [THIS_ROUND, THE_PRESET] if chosen == BOTH else [chosen]


class TitleForm(GovForm):
    """A section's name."""

    submit_label = "Save"
    title = forms.CharField(label="Name of the section", max_length=160)
    version = hidden_version()
    look = {"title": {"noun": "the name of the section"}}

    def __init__(self, data: Any = None, *, cancel_url: str = "", **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)


class IntroductionForm(GovForm):
    """What stands above the whole self-assessment."""

    submit_label = "Save"
    text = LongTextField(
        label="Introduction",
        help_text="What those who write are told before they begin. It may stay empty.",
        required=False,
        max_words=250,
        rows=8,
    )
    version = hidden_version()
    look = {"text": {"noun": "the introduction"}}

    def __init__(self, data: Any = None, *, cancel_url: str = "", **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)


class MoveParams(ParamsForm):
    """Which section or question goes one place up or down: the button that was pressed."""

    section_up = _key()
    section_down = _key()
    question_up = _key()
    question_down = _key()


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]
