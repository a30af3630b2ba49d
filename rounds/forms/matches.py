from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.core.validators import RegexValidator

from peerchallenge.shared.forms import ParamsForm

LARGEST = 10**18


class Place(NamedTuple):
    """A place on the board by the rows' keys: host and challenger, 0 for nobody."""

    host: int
    challenger: int


def key_of(place: Place) -> str:
    """“12-34”, as the rows of the board call it."""
    return f"{place.host}-{place.challenger}"


class PlaceField(forms.CharField):
    """“12-34”, as the board's buttons send it; None where none was pressed."""

    def __init__(self) -> None:
        wanted = RegexValidator(r"\A[0-9]{1,18}-[0-9]{1,18}\Z")
        super().__init__(required=False, max_length=40, validators=[wanted])

    def clean(self, value: object) -> Place | None:
        text = super().clean(value)
        return Place(*(int(part) for part in text.split("-"))) if text else None


class BoardParams(ParamsForm):
    """Which scenario is on the board, and which place was pressed first."""

    scenario = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    chosen = PlaceField()


class PressForm(BoardParams):
    """Which button of the board was pressed, and the mark of what was on it."""

    version = forms.CharField(required=False, max_length=20)
    swap = PlaceField()
    lock = PlaceField()
    unlock = PlaceField()
    suggest = forms.BooleanField(required=False)
    undo = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)


class ChangesParams(ParamsForm):
    """Which scenario’s changes, and which page of them."""

    scenario = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)
