"""Reading the ledger, and entering what was held before the rounds were run here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from authorities.models import Region
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import (
    ButtonGroup,
    Field,
    GovForm,
    Link,
    ParamsForm,
    Submit,
)
from peerchallenge.shared.spreadsheets.rows import (
    MOST_ROWS,
    Rows,
    TooManyRows,
    as_text,
    rows_in_file,
    rows_in_text,
)
from peerchallenge.shared.uploads import UploadRefused
from rounds.queries.cells import EARLIEST, MOST_DAYS
from rounds.queries.earlier import LONGEST_NAME, Entry, Verdict, entered_already
from rounds.queries.reciprocity import COLUMNS

TOO_MANY = f"At most {MOST_ROWS} rows are taken at once. Enter them in parts"


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


class RowsForm(GovForm):
    """Many at once: rows pasted from a spreadsheet, or a file with them.

    `checked` is the mark of what a preview said would be entered.
    """

    rows = LongTextField(
        label="Paste the rows here",
        help_text="One challenge a row: the authority challenged, its challenger, the first day, "
        "the days given and the name of the round, in this order or below headings that say so.",
        required=False,
        rows=8,
    )
    file = forms.FileField(
        label="Or choose a spreadsheet",
        help_text="Excel (.xlsx, its first sheet) or .csv, up to 2 MB.",
        required=False,
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    checked = forms.CharField(required=False, max_length=64)
    look = {"rows": {"noun": "the rows"}, "file": {"noun": "the spreadsheet"}}

    def __init__(self, data: Any = None, files: Any = None, *, cancel_url: str = "") -> None:
        self.cancel_url = cancel_url
        self.found: Rows = []
        self.saving, self.mark = 0, ""
        super().__init__(data, files)

    def build_layout(self) -> Layout:
        buttons: list[Any] = [Submit("Check the rows")]
        if self.saving:
            label = f"Enter {self.saving} {'challenge' if self.saving == 1 else 'challenges'}"
            buttons = [
                Submit(label, name="checked", value=self.mark),
                Submit("Check the rows again", kind="secondary"),
            ]
        return Layout(
            Field("rows"), Field("file"), ButtonGroup(*buttons, Link("Cancel", self.cancel_url))
        )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if not file:
            return None
        try:
            self.found = rows_in_file(file, getattr(file, "called", "") or file.name or "")
        except UploadRefused as refused:
            raise ValidationError(f"{refused.reason}") from refused
        except TooManyRows:
            raise ValidationError(TOO_MANY) from None
        if not self.found:
            raise ValidationError("The file has no rows with words in them")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not self.found:
            try:
                self.found = rows_in_text(cleaned.get("rows") or "")
            except TooManyRows:
                self.add_error("rows", TOO_MANY)
                return cleaned
        if not self.found:
            self.add_error("rows", "Paste the rows, or choose a spreadsheet")
        return cleaned

    def show_again(self, verdicts: Sequence[Verdict]) -> None:
        """The rows stay in the box to be corrected, with a button to enter what is taken."""
        self.data = self.data.copy()
        self.data["rows"] = as_text(self.found)
        self.saving = sum(verdict.taken for verdict in verdicts)
        self.mark = mark_of(verdicts)
        self.helper = self.build_helper()


def mark_of(verdicts: Sequence[Verdict]) -> str:
    """A mark of what would be entered: it differs once a row or what is there does."""
    taken = [repr(verdict.entry) for verdict in verdicts if verdict.taken]
    return hashlib.sha256("|".join(taken).encode()).hexdigest()[:16]
