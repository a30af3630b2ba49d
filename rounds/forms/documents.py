from __future__ import annotations

from django import forms

from peerchallenge.shared.forms import ParamsForm


class VersionParams(ParamsForm):
    """Which version of a self-assessment, where it was sent more than once; none: the latest."""

    version = forms.IntegerField(min_value=1, max_value=10_000, required=False)
