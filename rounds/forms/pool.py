"""Looking through the reviewer pool, and entering training for many at once."""

from __future__ import annotations

from django import forms

from authorities.queries.reviewers import LAPSE_MONTHS
from authorities.states import TeamSeat
from peerchallenge.shared.forms import ParamsForm
from peerchallenge.shared.spreadsheets.form import RowsForm
from rounds.queries.pool_page import SHOW, SORTS


class PoolParams(ParamsForm):
    """Whom the page of the pool lists, and in which order."""

    show = forms.ChoiceField(choices=list(SHOW.items()), required=False, initial="")
    seat = forms.ChoiceField(choices=[("", ""), *TeamSeat.choices], required=False, initial="")
    expertise = forms.CharField(max_length=120, required=False, initial="")
    sort = forms.ChoiceField(choices=list(SORTS.items()), required=False, initial="name")
    page = forms.IntegerField(required=False, initial=1, min_value=1, max_value=100_000)


class TrainingRowsForm(RowsForm):
    a_row = (
        "One person a row: an e-mail address, the day of the training and, if it is not "
        f"{LAPSE_MONTHS // 12} years later, the last day it counts. Or a name, the authority, "
        "then the days. In this order, or below headings that say so."
    )

    def saves(self, number: int) -> str:
        return f"Enter training of {'1 person' if number == 1 else f'{number} people'}"
