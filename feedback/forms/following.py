"""How an officer looks at the letters of a round."""

from __future__ import annotations

from django import forms

from peerchallenge.shared.forms import ParamsForm


class FollowParams(ParamsForm):
    """By what is due first, unless by host."""

    sort = forms.ChoiceField(choices=[("due", "due"), ("host", "host")], required=False)
