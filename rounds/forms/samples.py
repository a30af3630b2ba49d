from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongText
from peerchallenge.shared.forms import Field, GovForm
from rounds.models import Asked
from rounds.queries.questionnaires import Sample
from rounds.states import QuestionKind


class SampleForm(GovForm):
    """A question as an authority sees it; nothing can be entered."""

    def __init__(self, sample: Sample, *, name: str) -> None:
        self.sample = sample
        super().__init__(prefix=name)
        for field_name, field in _sample_fields(sample.asked).items():
            field.disabled = True
            self.fields[field_name] = field
        self.ask("answer", label_size="s", small=True)
        self.helper = self.build_helper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(Field(one) for one in self.fields))

    @property
    def columns(self) -> list[str]:
        """The headings of a table; nothing for the other kinds."""
        return [str(column) for column in self.sample.asked.options.get("columns", [])]

    @property
    def empty_row(self) -> list[list[str]]:
        return [["…"] * len(self.columns)]


def _sample_fields(asked: Asked) -> dict[str, forms.Field]:
    said: dict[str, Any] = {"label": asked.text, "help_text": asked.guidance, "required": False}
    if asked.kind == QuestionKind.CHOICE:
        offered = [(choice, choice) for choice in asked.options.get("choices", [])]
        return {"answer": forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **said)}
    if asked.kind == QuestionKind.LONG_TEXT:
        limit = asked.word_limit or None
        return {"answer": forms.CharField(widget=LongText(rows=3, max_words=limit), **said)}
    if asked.kind == QuestionKind.MEASURE:
        return {
            "answer": forms.CharField(**said),
            "baseline": forms.CharField(label="Baseline", required=False),
        }
    if asked.kind == QuestionKind.FILE:
        return {"answer": forms.FileField(**said)}
    return {"answer": forms.CharField(**said)}
