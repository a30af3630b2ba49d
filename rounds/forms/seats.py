"""Whom to ask for a seat, why somebody says no, and which seats a team has."""

from __future__ import annotations

from typing import Any

from django import forms

from authorities.models import User
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm
from peerchallenge.shared.forms.layout import ButtonGroup, Link, Submit
from rounds.models import SeatKind
from rounds.queries.seat_candidates import Candidates, SeatCandidate

ASK, PROPOSE = "ask", "propose"
MOST_IN_A_SEAT = 12


class CandidateForm(GovForm):
    """One of those who could sit there, and a word to them."""

    person = forms.ChoiceField(label="Who?", widget=forms.RadioSelect)
    message = LongTextField(
        label="A word to them (optional)",
        help_text="They read it with the question, and so do the lead reviewer and the officers.",
        required=False,
        max_words=150,
        rows=3,
    )
    look = {"person": {"noun": "a person", "label_size": "m", "small": True}}

    def __init__(
        self, data: Any = None, *, candidates: Candidates, proposes: bool, cancel_url: str
    ) -> None:
        self.proposes, self.cancel_url = proposes, cancel_url
        listed = [*candidates.fitting, *candidates.clashing]
        self.people = {str(one.user.pk): one.user for one in listed}
        super().__init__(data)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(one.user.pk), one.label) for one in listed
        ]
        self.ask("person", hints={str(one.user.pk): _hint(one) for one in listed})

    def build_buttons(self) -> ButtonGroup:
        """An officer may as well only propose somebody, and ask all at once later."""
        buttons: list[Any] = [Submit("Ask them by e-mail", name="press", value=ASK)]
        if self.proposes:
            later = Submit("Only propose them", name="press", value=PROPOSE, kind="secondary")
            buttons.append(later)
        return ButtonGroup(*buttons, Link("Cancel", self.cancel_url))

    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


def _hint(one: SeatCandidate) -> str:
    if not one.clashes:
        return one.why
    return f"To settle first: {', '.join(one.clashes)}. {one.why}"


class PressParams(ParamsForm):
    """Which button was pressed, and whose place it is about."""

    press = forms.ChoiceField(choices=[(ASK, ASK), (PROPOSE, PROPOSE)], initial=ASK)
    instead = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class CannotForm(GovForm):
    """Why not, for those who now look for somebody else."""

    submit_label = "Say that I cannot"
    reason = LongTextField(
        label="Why can you not come?",
        help_text="A sentence is enough: it helps to find somebody else.",
        max_words=150,
        rows=4,
    )
    look = {"reason": {"noun": "why you cannot come"}}

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)


class LockParams(ParamsForm):
    locked = forms.BooleanField(required=False)


class TeamsParams(ParamsForm):
    """Which page of the visits, and whether only those that want something."""

    OPEN, DECLINED = "open", "declined"
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, initial=1)
    show = forms.ChoiceField(
        required=False, choices=[("", ""), (OPEN, OPEN), (DECLINED, DECLINED)], initial=""
    )


class VersionForm(ParamsForm):
    """The mark of the proposals that were on the page when its button was pressed."""

    version = forms.CharField(max_length=16)


class SeatsForm(GovForm):
    """What each seat is called, and how many sit there at least and at most."""

    submit_label = "Save the seats"

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(
        self, data: Any = None, *, seats: list[SeatKind], seen: str, cancel_url: str
    ) -> None:
        self.seats, self.cancel_url = seats, cancel_url
        super().__init__(data, initial={"seen": seen})
        for seat in seats:
            self._add(seat)

    @property
    def lines(self) -> list[tuple[SeatKind, list[forms.BoundField]]]:
        """Each seat with its boxes; how many lead is no question."""
        return [
            (
                seat,
                [self[f"{seat.key}_{part}"] for part in ("label", "least", "most")],
            )
            for seat in self.seats
        ]

    def _add(self, seat: SeatKind) -> None:
        label, least, most = (f"{seat.key}_{part}" for part in ("label", "least", "most"))
        noun = seat.label.lower()
        self.fields[label] = forms.CharField(
            label=f"{seat.label}: what it is called", initial=seat.label, max_length=60
        )
        self.ask(label, noun=f"what the seat {noun} is called", width=20, hide_label=True)
        for name, words, value in (
            (least, "at least", seat.least),
            (most, "at most", seat.most),
        ):
            self.fields[name] = forms.IntegerField(
                label=f"{seat.label}: {words}",
                initial=value,
                min_value=1 if seat.leads else 0,
                max_value=1 if seat.leads else MOST_IN_A_SEAT,
            )
            self.ask(name, noun=f"how many {noun} there are {words}", width=2, hide_label=True)
            self.fields[name].disabled = seat.leads

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for seat in self.seats:
            least, most = cleaned.get(f"{seat.key}_least"), cleaned.get(f"{seat.key}_most")
            if least is not None and most is not None and least > most:
                error = f"{seat.label} has more at least than at most"
                self.add_error(f"{seat.key}_most", error)
        return cleaned

    def changed(self) -> dict[str, dict[str, Any]]:
        """By key: label, least and most."""
        parts = ("label", "least", "most")
        return {
            seat.key: {part: self.cleaned_data[f"{seat.key}_{part}"] for part in parts}
            for seat in self.seats
        }
