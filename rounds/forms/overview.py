from __future__ import annotations

from django import forms

from peerchallenge.shared.forms import ParamsForm
from rounds.queries.overview import COLUMNS


class RegionParams(ParamsForm):
    """Which region a new round is for, where an officer serves several."""

    region = forms.IntegerField(min_value=1, max_value=10**18, required=False)


class OverviewParams(ParamsForm):
    """How the table of authorities is sorted."""

    sort = forms.ChoiceField(choices=list(COLUMNS.items()), required=False, initial="authority")
    order = forms.ChoiceField(
        choices=[("up", "up"), ("down", "down")], required=False, initial="up"
    )
