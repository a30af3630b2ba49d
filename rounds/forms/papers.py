from __future__ import annotations

from typing import Any

from django import forms

from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import GovForm
from rounds.forms.evidence import FileOrLinkForm
from rounds.queries.challenges import Step


class AskForm(GovForm):
    """Something the team asks for; `seen` is the mark of what stood on the page."""

    submit_label = "Put it on the list"
    title = forms.CharField(label="What do you ask for?", max_length=160)
    note = LongTextField(
        label="What should it hold? (optional)",
        help_text="For which period, for instance. No child’s name or number.",
        required=False,
        max_words=120,
        rows=3,
        threshold=75,
    )
    due = ThreePartDateField(label="Wanted by (optional)", noun="day", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    look = {
        "title": {"noun": "what you ask for"},
        "note": {"noun": "what it should hold"},
        "due": {"noun": "the day"},
    }

    def __init__(
        self, data: Any = None, *, due: Step | None, cancel_url: str, **kwargs: Any
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)
        if due:
            usual = f"by {due.day:%-d %B %Y}" if due.day else due.words
            self.fields["due"].help_text = f"Leave it empty for what the round says: {usual}."

    def show_theirs(self, seen: str) -> None:
        """What was typed stays; the next press counts as having seen what stands now."""
        self.data = self.data.copy()  # type: ignore[assignment]
        self.data["seen"] = seen  # type: ignore[index]

    def details(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("title", "note", "due")}


class ChangeAskedForm(AskForm):
    submit_label = "Save"


class GiveForm(FileOrLinkForm):
    """A paper: what it is called, and its file or its public address."""

    submit_label = "Give it to the team"
    field_order = ["title", "file", "link"]
    title = forms.CharField(label="What is it?", max_length=160)
    look = {**FileOrLinkForm.look, "title": {"noun": "what the document is"}}

    def __init__(self, data: Any = None, files: Any = None, *, cancel_url: str, **kwargs: Any):
        self.cancel_url = cancel_url
        super().__init__(data, files, **kwargs)


class NoneForm(GovForm):
    """Why the host has no such document."""

    submit_label = "Tell the team"
    reason = LongTextField(
        label="Why is there none?",
        help_text="The team reads this.",
        max_words=120,
        rows=3,
        threshold=75,
    )
    look = {"reason": {"noun": "why there is none"}}

    def __init__(self, data: Any = None, *, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)
