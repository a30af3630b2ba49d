from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.models import PriorityArea, Question, Round
from rounds.queries.areas import LEANINGS, area_version, questions_to_link
from rounds.queries.questionnaires import questions_of


class PriorityAreaForm(GovForm):
    """An area with what the region knows about it, and the questions that speak to it."""

    submit_label = "Save"
    name = forms.CharField(label="Name of the area", max_length=120)
    evidence = LongTextField(
        label="Evidence (optional)",
        help_text="Why the region chose it: figures with a date, what reviews and "
        "self-assessments said. Directors read this when they choose. Name no authority "
        "that has not published it.",
        required=False,
        max_words=600,
        rows=10,
    )
    questions = forms.MultipleChoiceField(
        label="Which questions speak to it? (optional)",
        help_text="Directors then mark their answers to these as a strength or a concern, "
        "and you see on one page who said what.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.CharField(
        required=False, max_length=16, widget=forms.HiddenInput({"autocomplete": "off"})
    )
    look = {
        "name": {"noun": "the name of the area"},
        "evidence": {"noun": "the evidence"},
        "questions": {"noun": "the questions", "small": True},
    }

    def __init__(
        self,
        data: Any = None,
        *,
        round: Round,
        area: PriorityArea | None = None,
        cancel_url: str = "",
    ) -> None:
        self.cancel_url = cancel_url
        asked = questions_to_link(round)
        super().__init__(data, initial=_initial(area) if area else {})
        self.fields["questions"].choices = [(str(one.pk), one.text) for one in asked]
        self.ask("questions", hints={str(one.pk): one.section.title for one in asked})

    def build_layout(self) -> Layout:
        return Layout("name", "evidence", "questions", self.build_buttons())

    def details(self) -> dict[str, Any]:
        """What an action takes."""
        cleaned = self.cleaned_data
        keys = [int(key) for key in cleaned["questions"]]
        return {"name": cleaned["name"], "evidence": cleaned["evidence"], "questions": keys}


def _initial(area: PriorityArea) -> dict[str, Any]:
    return {
        "name": area.name,
        "evidence": area.evidence,
        "questions": [str(key) for key in area.questions.values_list("pk", flat=True)],
        "version": area_version(area),
    }


class MoveAreaParams(ParamsForm):
    """Which area goes one place up or down: the button that was pressed."""

    area_up = forms.IntegerField(min_value=1, max_value=10**18, required=False)
    area_down = forms.IntegerField(min_value=1, max_value=10**18, required=False)


class CameInParams(ParamsForm):
    """What of all that came in is shown, and which page of it."""

    question = forms.IntegerField(min_value=1, max_value=10**18, required=False)
    leaning = forms.ChoiceField(choices=[("", ""), *LEANINGS.items()], required=False, initial="")
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False, initial=1)


class CameInForm(forms.Form):
    """The filter above the answers, drawn by its page."""

    question = forms.ChoiceField(label="Question", required=False)
    leaning = forms.ChoiceField(
        label="Marked as", choices=[("", "All"), *LEANINGS.items()], required=False
    )

    def __init__(self, *args: Any, area: PriorityArea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: list[Question] = list(questions_of(area.round).asked().filter(areas=area))
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            ("", "All"),
            *((str(one.pk), one.text) for one in asked),
        ]
