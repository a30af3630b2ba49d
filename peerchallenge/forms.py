"""What the pages that need every app read from their address."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from peerchallenge.shared.forms import ParamsForm

MOST_PAGES = 100_000


def query_of(asked: dict[str, Any]) -> str:
    """The parameters again, for the links to other pages of the same list."""
    kept = {name: value for name, value in asked.items() if value and name != "page"}
    return f"{urlencode(kept)}&" if kept else ""


class PageParams(ParamsForm):
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False, initial=1)


class HistoryParams(PageParams):
    authority = forms.IntegerField(min_value=1, max_value=10**15, required=False)
    saves = forms.BooleanField(required=False, initial=False)


class MailParams(PageParams):
    to = forms.CharField(max_length=200, required=False, initial="")
