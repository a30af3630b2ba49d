from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import Authority, User
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.queries.availability import ME, acted_for

LONGEST = timedelta(days=366)
CANNOT, RATHER_NOT = "cannot", "rather_not"


class UnavailableForm(GovForm):
    """Some days in a row on which somebody cannot visit or be visited."""

    submit_label = "Add these days"
    whose = forms.ChoiceField(label="Whose days are they?", widget=forms.RadioSelect)
    first_day = ThreePartDateField(label="First day", help_text="For example, 27 3 2027")
    last_day = ThreePartDateField(
        label="Last day (optional)", help_text="Leave it empty if it is one day.", required=False
    )
    kind = forms.ChoiceField(
        label="Is it possible at all?",
        choices=[(CANNOT, "No, we cannot"), (RATHER_NOT, "Only if nothing else is")],
        initial=CANNOT,
        widget=forms.RadioSelect,
    )
    reason = LongTextField(
        label="Why? (optional)",
        help_text="The board’s officers read it, and whoever acts for your authority.",
        required=False,
        max_words=60,
        rows=2,
        threshold=60,
    )
    look = {
        "whose": {"noun": "whose days they are", "small": True},
        "first_day": {"noun": "the first day"},
        "last_day": {"noun": "the last day"},
        "kind": {"noun": "whether it is possible", "small": True},
        "reason": {"noun": "why"},
    }

    def __init__(self, data: Any = None, *, user: User) -> None:
        self.authorities = {str(one.pk): one for one in acted_for(user)}
        first = next(iter(self.authorities), ME)
        super().__init__(data, initial={"whose": first, "kind": CANNOT})
        if self.authorities:
            names = [(key, one.name) for key, one in self.authorities.items()]
            self.fields["whose"].choices = [*names, (ME, "Only mine")]  # type: ignore[attr-defined]
        else:
            del self.fields["whose"]
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (CANNOT, "No, I cannot"),
                (RATHER_NOT, "Only if nothing else is"),
            ]
            self.fields["reason"].help_text = "Only the board’s officers may read it."
        self.helper = self.build_helper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = cleaned.get("first_day")
        if "last_day" in self.errors or not first:
            return cleaned
        last = cleaned["last_day"] = cleaned.get("last_day") or first
        if last < first:
            self.add_error("last_day", "The last day must be the same as or after the first day")
        elif last > first + LONGEST:
            self.add_error("last_day", "The last day must be within a year of the first day")
        elif last < timezone.localdate():
            self.add_error("first_day", "These days are over: enter days that are still to come")
        return cleaned

    def authority(self) -> Authority | None:
        """None for the person's own days."""
        return self.authorities.get(self.cleaned_data.get("whose", ME))

    def days(self) -> dict[str, Any]:
        """What an action takes."""
        cleaned = self.cleaned_data
        return {
            "first_day": cleaned["first_day"],
            "last_day": cleaned["last_day"],
            "rather_not": cleaned["kind"] == RATHER_NOT,
            "reason": cleaned["reason"],
        }


class TakeBackParams(ParamsForm):
    """Which days are taken back: the button that was pressed."""

    days = forms.IntegerField(min_value=1, max_value=10**18)
