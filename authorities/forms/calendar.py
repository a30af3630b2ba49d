"""Days of a calendar: one by one, or rows from a council's web page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import Period
from authorities.queries.periods import (
    LONGEST_NAME,
    Entry,
    Unclear,
    beside,
    check_days,
)
from authorities.states import SAID_OF_AN_AUTHORITY, PeriodKind
from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import GovForm, ParamsForm
from peerchallenge.shared.spreadsheets.form import RowsForm


class PeriodParams(ParamsForm):
    """Days that were removed a moment ago, to be entered again."""

    kind = forms.ChoiceField(choices=PeriodKind.choices, required=False, initial="")
    name = forms.CharField(required=False, max_length=LONGEST_NAME, initial="")
    first_day = forms.DateField(required=False, initial=None)
    last_day = forms.DateField(required=False, initial=None)


class SpanParams(ParamsForm):
    """Which weeks a region's calendar shows."""

    start = forms.DateField(required=False, initial=None)
    weeks = forms.TypedChoiceField(
        choices=[(str(n), n) for n in (13, 26, 52)], coerce=int, required=False, initial=26
    )


class DaysForm(GovForm):
    """From a first day to a last one, with a name."""

    name = forms.CharField(label="What are these days?", max_length=LONGEST_NAME)
    first_day = ThreePartDateField(label="First day", help_text="For instance 26 10 2026.")
    last_day = ThreePartDateField(
        label="Last day", help_text="It counts too. The same again where it is one day."
    )
    submit_label = "Add these days"
    look = {
        "name": {"noun": "a name for these days", "width": "two-thirds"},
        "first_day": {"noun": "the first day"},
        "last_day": {"noun": "the last day"},
    }

    def __init__(
        self,
        data: Any = None,
        *,
        there: Sequence[Period],
        cancel_url: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.cancel_url = cancel_url
        self.there = there
        super().__init__(data, initial=initial)

    def entry(self) -> Entry:
        cleaned = self.cleaned_data
        return Entry(self.kind(), cleaned["first_day"], cleaned["last_day"], cleaned["name"])

    def kind(self) -> str:
        return PeriodKind.NO_GO

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must be the same as or after the first")
        if not self.errors:
            try:
                check_days(self.entry(), timezone.localdate())
                beside(self.entry(), self.there)
            except Unclear as unclear:
                self.add_error("first_day", str(unclear).rstrip("."))
        return cleaned


class NoGoForm(DaysForm):
    """Days on which nobody of the region is visited."""

    name = forms.CharField(
        label="Why is nobody visited?",
        help_text="For instance “Directors’ conference”. Everybody in the region reads it.",
        max_length=LONGEST_NAME,
    )
    look = {**DaysForm.look, "name": {"noun": "why nobody is visited", "width": "two-thirds"}}


class PeriodForm(DaysForm):
    kind_said = forms.ChoiceField(
        label="What is it?",
        choices=[(kind.value, kind.label) for kind in map(PeriodKind, SAID_OF_AN_AUTHORITY)],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="What is it called? (optional)",
        help_text="For instance “Autumn half term”.",
        max_length=LONGEST_NAME,
        required=False,
    )
    field_order = ["kind_said", "name", "first_day", "last_day"]
    look = {
        **DaysForm.look,
        "kind_said": {
            "noun": "what it is",
            "hints": {
                PeriodKind.SCHOOL_HOLIDAY: "Visits are found on other days if there are any.",
                PeriodKind.HALF_TERM: "Visits are found on other days if there are any.",
                PeriodKind.PRE_ELECTION: "No sessions with councillors, and nothing published.",
            },
        },
    }

    def kind(self) -> str:
        return str(self.cleaned_data["kind_said"])

    def clean_name(self) -> str:
        kind = self.cleaned_data.get("kind_said")
        return str(self.cleaned_data["name"] or (PeriodKind(kind).label if kind else ""))


class InspectionForm(GovForm):
    submit_label = "Say that it has begun"

    first_day = ThreePartDateField(
        label="First day of the inspection", help_text="For instance 3 2 2027."
    )
    last_day = ThreePartDateField(
        label="Last day (optional)",
        help_text="Leave it empty if nobody knows yet. You can say it later.",
        required=False,
    )
    look = {
        "first_day": {"noun": "the first day of the inspection"},
        "last_day": {"noun": "the last day"},
    }

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must be the same as or after the first")
        return cleaned


class EndInspectionForm(GovForm):
    submit_label = "Save the last day"

    last_day = ThreePartDateField(
        label="Last day of the inspection",
        help_text="Visits are possible again from the day after.",
    )
    look = {"last_day": {"noun": "the last day of the inspection"}}

    def __init__(self, data: Any = None, *, period: Period, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"last_day": period.last_day or timezone.localdate()})
        self.fields["last_day"].earliest = period.first_day  # type: ignore[attr-defined]


class ElectionForm(ParamsForm):
    """Which suggested period is taken over, by the day of its poll."""

    poll = forms.DateField(required=False, initial=None)


class DayRowsForm(RowsForm):
    a_row = "One holiday a row: what it is called, its first and its last day."

    def saves(self, number: int) -> str:
        return f"Add {number} {'row' if number == 1 else 'rows'} to the calendar"
