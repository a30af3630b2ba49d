from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.models import Challenge, Phase
from rounds.queries.calendar import Visit
from rounds.scheduling import Clash

# As people write a day in a table's cell.
WRITTEN = [
    *("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d/%m/%y"),
    *("%d %B %Y", "%d %b %Y", "%Y-%m-%d"),
]


class DaysForm(GovForm):
    """The days of all challenges that nobody has been told yet, on one page."""

    def __init__(self, *args: Any, visits: list[Visit], phases: list[Phase], **kwargs: Any) -> None:
        self.phases = phases
        self.visits = [visit for visit in visits if visit.open]
        super().__init__(*args, **kwargs)
        for visit in self.visits:
            key = visit.challenge.pk
            self.fields[f"seen_{key}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=200, initial=_mark(visit.days)
            )
            for phase in phases:
                name = field_of(key, phase.id)
                self.fields[name] = _day(f"{short(phase)} of {visit.host}’s visit")
                self.fields[name].initial = visit.days.get(phase.id)
                self.ask(name, hide_label=True, width=10)

    def cells(self, visit: Visit) -> list[forms.BoundField]:
        return [self[field_of(visit.challenge.pk, phase.id)] for phase in self.phases]

    @property
    def lines(self) -> list[tuple[Visit, list[forms.BoundField], forms.BoundField]]:
        """Each challenge with its fields, the last of them hidden."""
        return [
            (visit, self.cells(visit), self[f"seen_{visit.challenge.pk}"]) for visit in self.visits
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for visit in self.visits:
            names = [field_of(visit.challenge.pk, phase.id) for phase in self.phases]
            given = [name for name in names if cleaned.get(name)]
            if given and len(given) < len(names):
                for name in names:
                    if name not in given and name not in self.errors:
                        label = str(self.fields[name].label)
                        self.add_error(name, f"Enter {label[:1].lower()}{label[1:]} too")
        return cleaned

    def asked(self) -> list[tuple[Visit, dict[str, date]]]:
        """The challenges whose days were changed here and were understood."""
        found = []
        for visit in self.visits:
            names = {p.id: field_of(visit.challenge.pk, p.id) for p in self.phases}
            if any(name in self.errors for name in names.values()):
                continue
            cleaned = {phase: self.cleaned_data.get(name) for phase, name in names.items()}
            days = {phase: day for phase, day in cleaned.items() if day}
            if days != self.seen(visit):
                found.append((visit, days))
        return found

    def seen(self, visit: Visit) -> dict[str, date]:
        """The days that were on the page when it was drawn."""
        return _read(self.cleaned_data.get(f"seen_{visit.challenge.pk}", ""))

    def refuse(self, visit: Visit, clashes: list[Clash]) -> None:
        for clash in clashes:
            self.add_error(field_of(visit.challenge.pk, clash.phase), clash.text.removesuffix("."))


class VisitForm(GovForm):
    """The days of one challenge."""

    submit_label = "Save these days"

    def __init__(self, *args: Any, challenge: Challenge, phases: list[Phase], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for phase in phases:
            self.fields[phase.id] = ThreePartDateField(label=phase.label)
            self.ask(phase.id, noun=short(phase), label_size="s")
        now = {visit.phase: visit.day for visit in challenge.days.all()}
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=200, initial=_mark(now)
        )
        self.phases = phases
        self.initial = {**now, **self.initial}
        if challenge.dates_sent:
            self.submit_label = "Move the visit and tell all sides"
        self.helper.layout = self.build_layout()

    def days(self) -> dict[str, date]:
        return {phase.id: self.cleaned_data[phase.id] for phase in self.phases}

    def seen_days(self) -> dict[str, date]:
        return _read(self.cleaned_data["seen"])


class WeekParams(ParamsForm):
    """The Monday of the free week whose days are to stand in the boxes."""

    week = forms.DateField(required=False)


class SendParams(ParamsForm):
    """The mark of the days that were on the page when its button was pressed."""

    version = forms.CharField(max_length=16)


class DaysPress(ParamsForm):
    """Which button of the table of days was pressed."""

    fill = forms.BooleanField(required=False)
    again = forms.BooleanField(required=False)
    send = forms.BooleanField(required=False)
    pin = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    unpin = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class FoundPress(ParamsForm):
    """What is to happen with the days that a search found, and which search that was."""

    search = forms.IntegerField(min_value=1, max_value=2**62)
    use = forms.BooleanField(required=False)


def field_of(challenge: int, phase: str) -> str:
    return f"day_{challenge}_{phase}"


def short(phase: Phase) -> str:
    """“Day 1” of “Day 1: presentations and questions”."""
    return phase.label.partition(":")[0]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=WRITTEN,
        # Named by itself: thirty boxes with a label each make a heavy page.
        widget=forms.DateInput(
            format="%-d/%-m/%Y",
            attrs={
                "autocomplete": "off",
                "aria-label": label,
                "class": "govuk-input govuk-input--width-10",
            },
        ),
        error_messages={"invalid": f"{label} must be a real date, like 17/1/2027"},
    )


def _mark(days: Mapping[str, date]) -> str:
    return " ".join(f"{phase}={day.isoformat()}" for phase, day in sorted(days.items()))


def _read(mark: str) -> dict[str, date]:
    """What `_mark` wrote; anything else reads as nothing seen."""
    found = {}
    for part in mark.split():
        phase, _, text = part.partition("=")
        try:
            found[phase] = date.fromisoformat(text)
        except ValueError:
            return {}
    return found
