"""What somebody says of themselves as a reviewer, and what officers keep of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import Reviewer
from authorities.queries.reviewers import LAPSE_MONTHS, lapse_of, version_of
from authorities.states import TeamSeat
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import GovForm

MOST_EXPERTISE, LONGEST_EXPERTISE = 20, 120
MOST_SUGGESTED = 16
MOST_DAYS = 100
SEAT_HINTS = {
    TeamSeat.LEAD: "Leads the team and drafts the letter; usually a director.",
    TeamSeat.ELECTED_MEMBER: "A councillor of your authority.",
    TeamSeat.HEALTH_PARTNER: "Somebody from the NHS.",
    TeamSeat.OFF_SITE: "Reads papers and case records beforehand, and does not travel.",
}


class SeenForm(GovForm):
    """Sent back with the mark of what the page was drawn from."""

    seen = forms.CharField(
        required=False, max_length=40, widget=forms.HiddenInput({"autocomplete": "off"})
    )

    def show_theirs(self, reviewer: Reviewer | None) -> None:
        """The next press replaces what somebody else has saved meanwhile."""
        self.data = {**self.data.dict(), "seen": version_of(reviewer)}  # type: ignore[attr-defined]


class ReviewingForm(SeenForm):
    """One's seats, what one knows well, and how much one can give."""

    submit_label = "Save"
    seats = forms.TypedMultipleChoiceField(
        label="Which seats of a team can you fill?",
        choices=TeamSeat.choices,
        coerce=TeamSeat,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    known = forms.MultipleChoiceField(
        label="What do you know well?",
        help_text="Others in your region named these.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = LongTextField(
        label="Anything else you know well (optional)",
        help_text="One a line, in a few words, for instance “Care leavers’ housing”.",
        required=False,
        max_length=2_000,
        rows=4,
    )
    days_most = forms.IntegerField(
        label="How many days a year can you give at most? (optional)",
        help_text="On site, in whole days. Leave it empty to decide each time.",
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )
    paused_until = ThreePartDateField(
        label="Do not ask me until (optional)",
        help_text="The last day on which you do not want to be asked. For example, 31 3 2027.",
        required=False,
    )
    look = {
        "seats": {
            "noun": "the seats",
            "small": True,
            "hints": {key.value: hint for key, hint in SEAT_HINTS.items()},
        },
        "known": {"noun": "what you know well", "small": True},
        "others": {"noun": "what else you know well"},
        "days_most": {"noun": "how many days a year you can give", "width": 3},
        "paused_until": {"noun": "the last day on which you do not want to be asked"},
    }
    field_order = ("seats", "known", "others", "days_most", "paused_until", "seen")

    def __init__(
        self, data: Any = None, *, reviewer: Reviewer | None, suggested: Sequence[str]
    ) -> None:
        own = [one.name for one in reviewer.expertise.all()] if reviewer else []
        names = sorted({*own, *suggested[:MOST_SUGGESTED]}, key=str.casefold)
        super().__init__(
            data,
            initial={
                "seats": reviewer.seats if reviewer else [],
                "known": own,
                "days_most": reviewer.days_most if reviewer else None,
                "paused_until": reviewer.paused_until if reviewer else None,
                "seen": version_of(reviewer),
            },
        )
        self.fields["known"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["known"]
            self.fields["others"].label = "What do you know well?"
        self.helper = self.build_helper()

    def clean_others(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["others"].splitlines()]
        found = [line for line in lines if line]
        if long := next((line for line in found if len(line) > LONGEST_EXPERTISE), None):
            raise forms.ValidationError(f"“{long[:40]} …” is too long: say it in a few words")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if len(self._expertise(cleaned)) > MOST_EXPERTISE:
            self.add_error("others", f"Name at most {MOST_EXPERTISE}, those you know best")
        return cleaned

    def said(self) -> dict[str, Any]:
        """What an action takes."""
        cleaned = self.cleaned_data
        return {
            "seats": cleaned["seats"],
            "expertise": self._expertise(cleaned),
            "days_most": cleaned["days_most"],
            "paused_until": cleaned["paused_until"],
            "seen": cleaned["seen"],
        }

    @staticmethod
    def _expertise(cleaned: dict[str, Any]) -> list[str]:
        """Each once, however it is written."""
        names = [*cleaned.get("known", []), *(cleaned.get("others") or [])]
        return list({name.casefold(): name for name in reversed(names)}.values())[::-1]


class TrainingForm(SeenForm):
    """What officers keep of a reviewer: training, when it lapses, and a note."""

    submit_label = "Save"
    trained_on = ThreePartDateField(
        label="Trained on (optional)",
        help_text="The day of the latest training. For example, 4 3 2026.",
        required=False,
    )
    lapses_on = ThreePartDateField(
        label="Counts until (optional)",
        help_text=f"Left empty, it counts for {LAPSE_MONTHS // 12} years from that day.",
        required=False,
    )
    note = LongTextField(
        label="Note (optional)",
        help_text="Officers of the board alone read it.",
        required=False,
        max_words=150,
        threshold=60,
        rows=3,
    )
    look = {
        "trained_on": {"noun": "the day of the training"},
        "lapses_on": {"noun": "the last day it counts"},
        "note": {"noun": "the note"},
    }
    field_order = ("trained_on", "lapses_on", "note", "seen")

    def __init__(self, data: Any = None, *, reviewer: Reviewer | None, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        shown = ("trained_on", "lapses_on", "note")
        now = {name: getattr(reviewer, name) for name in shown} if reviewer else {}
        super().__init__(data, initial={**now, "seen": version_of(reviewer)})
        self.fields["trained_on"].latest = timezone.localdate()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        trained, lapses = cleaned.get("trained_on"), cleaned.get("lapses_on")
        if {"trained_on", "lapses_on"} & set(self.errors):
            return cleaned
        if lapses and not trained:
            self.add_error("trained_on", "Enter the day of the training, too")
        elif trained and lapses and lapses < trained:
            self.add_error("lapses_on", "The last day it counts must be after the training")
        elif trained and not lapses:
            cleaned["lapses_on"] = lapse_of(trained)
        return cleaned

    def kept(self) -> dict[str, date | str | None]:
        names = ("trained_on", "lapses_on", "note", "seen")
        return {name: self.cleaned_data[name] for name in names}
