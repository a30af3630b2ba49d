from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.forms.visits import short
from rounds.models import Phase
from rounds.queries.postponing import Offered
from rounds.states import PostponedFor

CAN, CANNOT = "can", "cannot"
NOT_BEFORE = (
    "Other days are looked for from this day on. If you leave it empty, from two weeks from now."
)


class PostponeForm(GovForm):
    """Why a visit cannot be held on its days, and from when on it can."""

    submit_label = "Postpone the visit and tell everybody"
    kind = forms.ChoiceField(
        label="What is in the way?",
        help_text="The board’s members read this, and nothing more.",
        choices=PostponedFor.choices,
        widget=forms.RadioSelect,
    )
    reason = LongTextField(
        label="Why, in a sentence",
        help_text="Both sides, the team and the board’s officers read it. Name nobody who is ill.",
        max_words=60,
        rows=2,
        threshold=60,
    )
    not_before = ThreePartDateField(
        label="When can it be at the earliest? (optional)", help_text=NOT_BEFORE, required=False
    )
    look = {
        "kind": {"noun": "what is in the way", "small": True},
        "reason": {"noun": "why, in a sentence"},
        "not_before": {"noun": "the day from which on it can be"},
    }


class AnswerDatesForm(GovForm):
    """Can or cannot, for every date that is offered."""

    submit_label = "Send your answer"

    def __init__(self, data: Any = None, *, offers: Sequence[Offered], own: Sequence[str]) -> None:
        self.offers = offers
        super().__init__(data)
        whom = " and ".join(own)
        for place, one in enumerate(offers, 1):
            name = f"offer_{one.offer.pk}"
            said = {line.name: line.can for line in one.sides}
            before = {said.get(name) for name in own}
            self.fields[name] = forms.ChoiceField(
                label=one.short,
                choices=[(CAN, f"{whom} can"), (CANNOT, f"{whom} cannot")],
                widget=forms.RadioSelect,
                help_text=_said(one, own, best=place == 1),
                initial={True: CAN, False: CANNOT}.get(before.pop() if len(before) == 1 else None),
            )
            self.ask(name, noun=f"whether you can on date {place}", small=True)
        self.helper = self.build_helper()

    def answers(self) -> dict[int, bool]:
        return {
            one.offer.pk: self.cleaned_data[f"offer_{one.offer.pk}"] == CAN for one in self.offers
        }

    @staticmethod
    def keys(data: Mapping[str, Any]) -> set[int]:
        """The offers that stood on the page that was sent."""
        ends = (name.removeprefix("offer_") for name in data if name.startswith("offer_"))
        return {int(end) for end in ends if end.isascii() and end.isdigit() and len(end) < 19}


def _said(one: Offered, own: Sequence[str], *, best: bool) -> str:
    """Whether it suits best, what the others say, and who of the team cannot."""
    others = [f"{side.name}: {side.said}." for side in one.sides if side.name not in own]
    best_of_all = ["Suits best."] if best else []
    return " ".join([*best_of_all, *others, *(f"{sentence}." for sentence in one.missed)])


class OtherDaysForm(GovForm):
    """Days that an officer sets by hand."""

    submit_label = "Set these days and tell everybody"

    def __init__(self, data: Any = None, *, phases: Sequence[Phase]) -> None:
        super().__init__(data)
        self.phases = phases
        for phase in phases:
            self.fields[phase.id] = ThreePartDateField(label=phase.label)
            self.ask(phase.id, noun=short(phase), label_size="s")
        self.helper = self.build_helper()

    def days(self) -> dict[str, date]:
        return {phase.id: self.cleaned_data[phase.id] for phase in self.phases}


class LookAgainForm(GovForm):
    submit_label = "Offer three others"
    not_before = ThreePartDateField(
        label="From which day on? (optional)", help_text=NOT_BEFORE, required=False
    )
    look = {"not_before": {"noun": "the day from which on it can be"}}

    def clean_not_before(self) -> date | None:
        day: date | None = self.cleaned_data["not_before"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("This day must be in the future")
        return day


class ChooseParams(ParamsForm):
    """Which offer an officer settles on; without one, days are set by hand."""

    offer = forms.IntegerField(min_value=1, max_value=10**18, required=False)
    seen = forms.CharField(max_length=200, required=False)
