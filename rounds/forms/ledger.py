"""Reading the ledger, and entering what was held before the rounds were run here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import Region
from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import (
    GovForm,
    ParamsForm,
)
from peerchallenge.shared.spreadsheets.form import RowsForm
from rounds.queries.cells import EARLIEST, MOST_DAYS
from rounds.queries.earlier import LONGEST_NAME, Entry, entered_already
from rounds.queries.reciprocity import COLUMNS


class LedgerParams(ParamsForm):
    """How the ledger is sorted, and of which round."""

    sort = forms.ChoiceField(choices=list(COLUMNS.items()), required=False, initial="authority")
    order = forms.ChoiceField(
        choices=[("up", "up"), ("down", "down")], required=False, initial="up"
    )
    round = forms.CharField(required=False, initial="", max_length=200)


class PageParams(ParamsForm):
    page = forms.IntegerField(required=False, initial=1, min_value=1, max_value=100_000)


class EarlierForm(GovForm):
    """One challenge that was held before the rounds were run here."""

    host = forms.ChoiceField(label="Which authority was challenged?")
    challenger = forms.ChoiceField(label="Which authority challenged it?")
    held_on = ThreePartDateField(
        label="When was its first day?",
        help_text="For example, 4 2 2013.",
        earliest=EARLIEST,
    )
    days = forms.IntegerField(
        label="Days the challenger gave",
        help_text="Its people times their days on site. 0 if nobody knows any more.",
        min_value=0,
        max_value=MOST_DAYS,
    )
    round_name = forms.CharField(
        label="What was its round called? (optional)", required=False, max_length=LONGEST_NAME
    )
    submit_label = "Enter it"
    look = {
        "host": {"noun": "the authority that was challenged", "empty": "Choose an authority"},
        "challenger": {"noun": "the authority that challenged", "empty": "Choose an authority"},
        "held_on": {"noun": "its first day"},
        "days": {"noun": "the days the challenger gave", "width": 3},
        "round_name": {"noun": "the name of the round", "width": "two-thirds"},
    }

    def __init__(self, data: Any = None, *, region: Region, cancel_url: str = "") -> None:
        self.cancel_url = cancel_url
        self.region = region
        super().__init__(data)
        choices = [("", ""), *((str(pk), name) for pk, name in places_of(region))]
        for name in ("host", "challenger"):
            self.fields[name].choices = choices
        self.fields["held_on"].latest = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("host") and cleaned["host"] == cleaned.get("challenger"):
            self.add_error("challenger", "Choose another authority than the one challenged")
        if not self.errors and self.entry().what in entered_already(self.region):
            self.add_error("held_on", "This challenge has been entered already")
        return cleaned

    def entry(self) -> Entry:
        """What the action is to be given."""
        cleaned = self.cleaned_data
        return Entry(
            int(cleaned["host"]),
            int(cleaned["challenger"]),
            cleaned["held_on"],
            cleaned["round_name"],
            cleaned["days"],
        )


def places_of(region: Region) -> list[tuple[int, str]]:
    """The region's authorities, those that are no more with the year they ended."""
    found = []
    for one in region.authorities.order_by("name", "valid_to", "pk"):
        ended = f" (until {one.valid_to.year})" if one.valid_to else ""
        found.append((one.pk, f"{one.name}{ended}"))
    return found


class EarlierRowsForm(RowsForm):
    a_row = (
        "One challenge a row: the authority challenged, its challenger, the first day, "
        "the days given and the name of the round, in this order or below headings that say so."
    )

    def saves(self, number: int) -> str:
        return f"Enter {number} {'challenge' if number == 1 else 'challenges'}"
