from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from authorities.models import Venue
from authorities.queries.venues import SHOWN, venue_mark
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import ButtonGroup, GovForm, Link, Submit

MOST_MINUTES = 600


class VenueForm(GovForm):
    """A place where sessions are held; `seen` is what the page showed of it."""

    name = forms.CharField(
        label="What is it called?",
        help_text="As a visitor would ask for it, for instance “County Hall”.",
        max_length=120,
    )
    address = LongTextField(
        label="Where is it? (optional)",
        help_text="The address, and how to find the entrance.",
        max_length=1_000,
        rows=4,
        required=False,
    )
    access = LongTextField(
        label="Getting in and around (optional)",
        help_text="Parking, steps, lifts, a hearing loop, whom to ask for at the door.",
        max_length=1_000,
        rows=4,
        required=False,
    )
    look = {
        "name": {"noun": "what it is called", "width": "two-thirds"},
        "address": {"noun": "the address"},
        "access": {"noun": "the note on getting in"},
    }

    seen = forms.CharField(
        required=False, max_length=16, widget=forms.HiddenInput({"autocomplete": "off"})
    )

    def __init__(self, data: Any = None, *, venue: Venue | None = None, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        self.submit_text = "Save the changes" if venue else "Add this venue"
        shown = {name: getattr(venue, name) for name in SHOWN} if venue else {}
        super().__init__(data, initial={**shown, "seen": venue_mark(venue) if venue else ""})

    def build_buttons(self) -> ButtonGroup:
        return ButtonGroup(Submit(self.submit_text), Link("Cancel", self.cancel_url))

    def what(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in SHOWN}

    def show_theirs(self, seen: str) -> None:
        """What was typed stays; the next press counts as having seen what stands now."""
        self.data = self.data.copy()
        self.data["seen"] = seen


class JourneysForm(GovForm):
    """Minutes from one venue to each of the others."""

    submit_label = "Save the journeys"

    def __init__(
        self, data: Any = None, *, minutes: Sequence[tuple[Venue, int | None]], cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        self.others = {f"to_{venue.pk}": venue for venue, _ in minutes}
        super().__init__(data)
        for venue, known in minutes:
            name = f"to_{venue.pk}"
            self.fields[name] = forms.IntegerField(
                label=f"To {venue}",
                required=False,
                min_value=0,
                max_value=MOST_MINUTES,
                initial=known,
            )
            self.ask(name, noun=f"the minutes to {venue}", width=3, suffix="minutes")
        self.helper = self.build_helper()

    def said(self) -> list[tuple[Venue, int | None]]:
        return [(venue, self.cleaned_data[name]) for name, venue in self.others.items()]
