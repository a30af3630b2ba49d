from __future__ import annotations

from typing import Any

from django import forms

from peerchallenge.shared.forms import GovForm
from peerchallenge.shared.personal_data.passages import Detail


class DetailsForm(GovForm):
    """What looks like a child's details, each with its place, to be confirmed as none."""

    confirmed = forms.MultipleChoiceField(
        label="Which of these identify no child?", widget=forms.CheckboxSelectMultiple
    )
    submit_label = "Confirm these in my name"
    look = {"confirmed": {"noun": "those that identify no child", "label_size": "m"}}

    def __init__(self, data: Any = None, *, details: list[Detail[Any]]) -> None:
        super().__init__(data)
        self.fields["confirmed"].choices = [
            (one.fingerprint, f"“{one.text}” looks like {one.label}") for one in details
        ]
        self.ask(
            "confirmed",
            hints={
                one.fingerprint: f"{one.section}, {one.place}: "
                f"“… {one.before}{one.text}{one.after} …”"
                for one in details
            },
        )
