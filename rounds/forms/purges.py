from __future__ import annotations

from typing import Any

from django import forms

from peerchallenge.shared.forms import GovForm
from rounds.models import Question


class PurgeForm(GovForm):
    """Which answer is to go, and why; never what it says."""

    submit_label = "Ask for it to be purged"

    question = forms.ChoiceField(label="Which answer?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why must it go?",
        help_text="Do not repeat what it says. For instance “It holds a child’s NHS number”.",
        max_length=300,
    )
    look = {"question": {"noun": "the answer to be purged"}, "reason": {"noun": "why it must go"}}

    def __init__(self, data: Any = None, *, questions: list[Question]) -> None:
        super().__init__(data)
        self.questions = {str(question.pk): question for question in questions}
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            (key, f"{question.section.title}: {question.text}")
            for key, question in self.questions.items()
        ]

    def chosen(self) -> Question:
        return self.questions[self.cleaned_data["question"]]
