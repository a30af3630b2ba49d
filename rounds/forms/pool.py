"""Looking through the reviewer pool, and entering training for many at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from authorities.queries.reviewers import LAPSE_MONTHS
from authorities.states import TeamSeat
from peerchallenge.shared.forms import ButtonGroup, Field, Link, ParamsForm, Submit
from peerchallenge.shared.spreadsheets.rows import as_text
from rounds.forms.ledger import RowsForm
from rounds.queries.pool_page import SHOW, SORTS
from rounds.queries.training_rows import Verdict


class PoolParams(ParamsForm):
    """Whom the page of the pool lists, and in which order."""

    show = forms.ChoiceField(choices=list(SHOW.items()), required=False, initial="")
    seat = forms.ChoiceField(choices=[("", ""), *TeamSeat.choices], required=False, initial="")
    expertise = forms.CharField(max_length=120, required=False, initial="")
    sort = forms.ChoiceField(choices=list(SORTS.items()), required=False, initial="name")
    page = forms.IntegerField(required=False, initial=1, min_value=1, max_value=100_000)


class TrainingRowsForm(RowsForm):
    """Rows of training, pasted or in a file."""

    def __init__(self, data: Any = None, files: Any = None, *, cancel_url: str = "") -> None:
        super().__init__(data, files, cancel_url=cancel_url)
        self.fields["rows"].help_text = (
            "One person a row: an e-mail address, the day of the training and, if it is not "
            f"{LAPSE_MONTHS // 12} years later, the last day it counts. Or a name, the authority, "
            "then the days. In this order, or below headings that say so."
        )

    def build_layout(self) -> Layout:
        buttons: list[Any] = [Submit("Check the rows")]
        if self.saving:
            people = "1 person" if self.saving == 1 else f"{self.saving} people"
            buttons = [
                Submit(f"Enter training of {people}", name="checked", value=self.mark),
                Submit("Check the rows again", kind="secondary"),
            ]
        return Layout(
            Field("rows"), Field("file"), ButtonGroup(*buttons, Link("Cancel", self.cancel_url))
        )

    def show_training(self, verdicts: Sequence[Verdict]) -> None:
        """The rows stay in the box to be corrected, with a button to enter what is taken."""
        self.data = self.data.copy()
        self.data["rows"] = as_text(self.found)
        self.saving = sum(verdict.taken for verdict in verdicts)
        self.mark = training_mark(verdicts)
        self.helper = self.build_helper()


def training_mark(verdicts: Sequence[Verdict]) -> str:
    """A mark of what would be entered: it differs once a row or what is there does."""
    taken = [repr(verdict.entry) for verdict in verdicts if verdict.taken]
    return hashlib.sha256("|".join(taken).encode()).hexdigest()[:16]
