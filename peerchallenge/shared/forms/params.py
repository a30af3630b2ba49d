"""What comes in by address: read through a form, never raw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.http import Http404

from peerchallenge.shared.forms.text import scrub


class ParamsForm(forms.Form):
    """Parameters of an address. A wrong one is a page that does not exist."""

    @classmethod
    def clean_or_404(cls, params: Mapping[str, Any]) -> dict[str, Any]:
        """The cleaned parameters, or 404 where any is not what the page can answer."""
        form = cls._reading(params)
        if not form.is_valid():
            raise Http404("No page has these parameters")
        return form.cleaned_data

    @classmethod
    def clean_or_default(cls, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters that are sound; a field's `initial` for those that are not."""
        form = cls._reading(params)
        form.is_valid()
        return {
            name: form.cleaned_data[name]
            if name in form.cleaned_data and form.add_prefix(name) in form.data
            else form.get_initial_for_field(field, name)
            for name, field in form.fields.items()
        }

    @classmethod
    def _reading(cls, params: Mapping[str, Any]) -> Self:
        clean, spoiled = scrub(params)
        form = cls(clean)
        for name in spoiled:
            if name in form.fields:
                form.errors  # noqa: B018 - reading `errors` is what runs the checks
                form.add_error(name, "Cannot be read")
        return form
