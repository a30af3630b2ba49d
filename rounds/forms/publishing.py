from __future__ import annotations

from django import forms

from peerchallenge.shared.forms import ParamsForm


class PublishForm(ParamsForm):
    """The scenario on the board, none while nobody has saved one, and the board's mark."""

    scenario = forms.IntegerField(required=False, min_value=1, max_value=10**18)
    version = forms.CharField(max_length=20)


class ConfirmForm(ParamsForm):
    """The mark of what was on the page when its button was pressed."""

    version = forms.CharField(max_length=16)
