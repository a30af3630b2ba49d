from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import RegexValidator

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import (
    ButtonGroup,
    GovForm,
    Link,
    ParamsForm,
    Submit,
)
from rounds.queries.chasing import STEPS
from rounds.queries.reminder_texts import PLACEHOLDERS, Worded, Wording, problems_in

IN_SUBJECT = [name for name in PLACEHOLDERS if name != "link"]


class ReminderForm(GovForm):
    """The words of one reminder; placeholders that nothing would fill are refused."""

    submit_label = "Save for every round"
    subject = forms.CharField(label="Subject", max_length=120)
    body = LongTextField(label="Text", max_length=2000, rows=14)
    seen = forms.CharField(
        required=False, max_length=16, widget=forms.HiddenInput({"autocomplete": "off"})
    )
    look = {"subject": {"noun": "the subject"}, "body": {"noun": "the text"}}

    def __init__(self, data: Any = None, *, worded: Worded, cancel_url: str = "") -> None:
        self.cancel_url = cancel_url
        now = worded.wording
        initial = {"subject": now.subject, "body": now.body, "seen": now.seen}
        super().__init__(data, initial=initial)

    def build_layout(self) -> Layout:
        return Layout("subject", "body", self.build_buttons())

    def build_buttons(self) -> ButtonGroup:
        return ButtonGroup(
            Submit(self.submit_label),
            Submit("Show it filled in", name="preview", value="1", kind="secondary"),
            Link("Cancel", self.cancel_url),
        )

    def clean_subject(self) -> str:
        return self._checked("subject", IN_SUBJECT)

    def clean_body(self) -> str:
        body = self._checked("body", PLACEHOLDERS)
        if "{link}" not in body:
            raise forms.ValidationError("The text must hold {link}, so that it leads somewhere")
        return body

    def _checked(self, name: str, allowed: Iterable[str]) -> str:
        text = str(self.cleaned_data[name]).replace("\r\n", "\n")
        if problems := problems_in(text, allowed):
            raise forms.ValidationError(problems)
        return text

    def wording(self) -> Wording:
        return Wording(self.cleaned_data["subject"], self.cleaned_data["body"])


class ReminderParams(ParamsForm):
    """Which reminder is held or released: `one` is an authority’s part and a key, or `all`."""

    one = forms.CharField(
        required=False,
        max_length=70,
        validators=[RegexValidator(r"\A\d{1,18}:[-a-zA-Z0-9_]{1,50}\Z")],
    )
    all = forms.BooleanField(required=False)

    @classmethod
    def chosen(cls, data: Any) -> dict[str, Any] | None:
        """What an action takes; None where no button was pressed."""
        asked = cls.clean_or_404(data)
        if asked["one"]:
            part, _, key = asked["one"].partition(":")
            return {"participation": int(part), "key": key}
        return {} if asked["all"] else None


class ChasingParams(ParamsForm):
    """Which authorities of a list of self-assessments are shown."""

    show = forms.ChoiceField(
        choices=[(name, name) for name in ("", *STEPS)],
        required=False,
        initial="",
    )
