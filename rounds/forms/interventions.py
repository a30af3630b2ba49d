from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import Authority, Intervention
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import GovForm


class InterventionForm(GovForm):
    submit_label = "Add this intervention"

    authority = forms.ChoiceField(label="Which authority?")
    from_date = ThreePartDateField(label="First day", help_text="For instance 31 3 2026.")
    to_date = ThreePartDateField(
        label="Last day (optional)",
        help_text="Leave it empty if nobody knows yet. You can say it later.",
        required=False,
    )
    look = {
        "authority": {"noun": "the authority", "empty": "Choose one"},
        "from_date": {"noun": "the first day"},
        "to_date": {"noun": "the last day"},
    }

    def __init__(
        self, data: Any = None, *, authorities: Sequence[Authority], cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        self.authorities = {str(one.pk): one for one in authorities}
        super().__init__(data)
        self.fields["authority"].choices = [  # type: ignore[attr-defined]
            ("", ""),
            *((key, one.name) for key, one in self.authorities.items()),
        ]

    def clean_authority(self) -> Authority:
        return self.authorities[self.cleaned_data["authority"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_date"), cleaned.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", "The last day must be the same as or after the first")
        return cleaned


class EndInterventionForm(GovForm):
    submit_label = "Save the last day"

    last_day = ThreePartDateField(
        label="Last day of the intervention",
        help_text="Today, a day before, or one to come. It may challenge from the day after.",
    )
    look = {"last_day": {"noun": "the last day of the intervention"}}

    def __init__(self, data: Any = None, *, intervention: Intervention, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"last_day": intervention.to_date or timezone.localdate()})
        self.fields["last_day"].earliest = intervention.from_date  # type: ignore[attr-defined]


class WordForm(GovForm):
    """Why it may challenge all the same; kept in the round's record."""

    submit_label = "Let it challenge"

    reason = LongTextField(
        label="Why may it challenge all the same?",
        help_text="Only the board’s officers read this.",
        max_length=500,
        rows=3,
    )
    look = {"reason": {"noun": "why it may challenge all the same"}}

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)
