from __future__ import annotations

from django import forms

from peerchallenge.shared.forms import ParamsForm


class FeedParams(ParamsForm):
    """Which address stood on the page when its button was pressed; 0 for none."""

    seen = forms.IntegerField(min_value=0, max_value=2**62, initial=0)
