"""Rows that somebody pastes or brings in a file: checked first, and saved as they were shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import ButtonGroup, Field, GovForm, Link, Submit
from peerchallenge.shared.marks import mark_of
from peerchallenge.shared.spreadsheets.rows import (
    MOST_ROWS,
    Rows,
    TooManyRows,
    as_text,
    rows_in_file,
    rows_in_text,
)
from peerchallenge.shared.uploads import UploadRefused

TOO_MANY = f"At most {MOST_ROWS} rows are taken at once. Enter them in parts"


class Verdict(Protocol):
    """What came of a row: what it says, and whether that would be saved."""

    @property
    def entry(self) -> object: ...

    @property
    def taken(self) -> bool: ...


class RowsForm(GovForm):
    """Many at once: rows pasted from a spreadsheet, or a file with them.

    `checked` is the mark of what a preview said would be saved. Whoever makes a form of it says
    what a row holds (`a_row`) and what the button that saves says (`saves`).
    """

    a_row = ""
    rows = LongTextField(label="Paste the rows here", required=False, rows=8)
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
        self.fields["rows"].help_text = self.a_row

    def saves(self, number: int) -> str:
        raise NotImplementedError

    def build_layout(self) -> Layout:
        buttons: list[Any] = [Submit("Check the rows")]
        if self.saving:
            buttons = [
                Submit(self.saves(self.saving), name="checked", value=self.mark),
                Submit("Check the rows again", kind="secondary"),
            ]
        return Layout(
            Field("rows"), Field("file"), ButtonGroup(*buttons, Link("Cancel", self.cancel_url))
        )

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
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
        if self.errors or self.found:
            return cleaned
        try:
            self.found = rows_in_text(cleaned.get("rows") or "")
        except TooManyRows:
            self.add_error("rows", TOO_MANY)
            return cleaned
        if not self.found:
            self.add_error("rows", "Paste the rows, or choose a spreadsheet")
        return cleaned

    def confirms(self, verdicts: Sequence[Verdict]) -> bool:
        """What was pressed is what the preview showed, and it would be saved just so."""
        return bool(self.cleaned_data["checked"]) and (
            self.cleaned_data["checked"] == _mark(verdicts)
        )

    def show_again(self, verdicts: Sequence[Verdict]) -> None:
        """The rows stay in the box to be corrected, with a button to save what is taken."""
        sent = cast(QueryDict, self.data).copy()
        sent["rows"] = as_text(self.found)
        self.data = sent
        self.saving = sum(verdict.taken for verdict in verdicts)
        self.mark = _mark(verdicts)
        self.helper = self.build_helper()


def _mark(verdicts: Sequence[Verdict]) -> str:
    return mark_of(*(repr(verdict.entry) for verdict in verdicts if verdict.taken))
