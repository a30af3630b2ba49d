from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import Field, Fieldset, GovForm, Paragraph, ParamsForm
from rounds.models import Participation
from rounds.queries.offering import (
    MOST_OWN,
    MOST_WISHES,
    Strength,
    Wish,
    capacity_of,
    counted,
    filled,
    others_in,
    strengths_mark,
    strengths_of,
    wishes_mark,
    wishes_of,
)

# More than any round asks; the solver wants a bound.
MOST_CHALLENGES = 20
PLACES = ("First", "Second", "Third")
# Words are counted aloud once so many in a hundred are used up: most write a line.
QUIET = 60
# Empty places for areas of their own: one more each time, up to the most.
FEWEST_OWN = 2
HOW, MOST_GONE = re.compile(r"area_\d{1,18}_how"), 6


def _version() -> forms.CharField:
    """What the page was drawn from; browsers may not fill in one of their own."""
    return forms.CharField(
        required=False, max_length=20, widget=forms.HiddenInput({"autocomplete": "off"})
    )


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_CHALLENGES,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )


class NumbersForm(GovForm):
    """How many challenges an authority gives; an officer who fills it in leaves the note."""

    submit_label = "Save"
    least = _number("At least")
    most = _number("At most")
    note = LongTextField(
        label="Anything the officers should know? (optional)",
        help_text="For example that a lead reviewer is on leave, or with whom you could share a "
        "team. Your own people and the board’s officers read it, nobody else.",
        required=False,
        max_words=300,
        rows=5,
        threshold=QUIET,
    )
    version = _version()
    look = {
        "least": {"noun": "the least number of challenges", "width": 3},
        "most": {"noun": "the most challenges", "width": 3},
        "note": {"noun": "the note"},
    }

    def __init__(
        self, data: Any = None, *, participation: Participation, note: bool = True, cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        self.asked = participation.round.format.asked_of_each
        there = capacity_of(participation)
        initial = {"version": there.version if there else 0}
        if there:
            initial |= {"least": there.gives_least, "most": there.gives_most, "note": there.note}
        super().__init__(data, initial=initial)
        if not note:
            del self.fields["note"]
        self.helper = self.build_helper()

    def build_layout(self) -> Layout:
        note = ["note"] if "note" in self.fields else []
        return Layout(
            Fieldset(
                "How many challenges can be given?",
                Paragraph(
                    f"The round asks every authority for {counted(self.asked)}. Leave a box empty "
                    "to give what it asks; enter 0 as the most to give none."
                ),
                Field("least"),
                Field("most"),
                size="m" if note else "s",
            ),
            *note,
            self.build_buttons(),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"least", "most"} & set(self.errors):
            least, most = filled(cleaned["least"], cleaned["most"], self.asked)
            if least > most:
                self.add_error("most", f"The most challenges must be {least} or more")
        return cleaned

    def numbers(self) -> dict[str, Any]:
        """What an action takes; a version that nobody sent counts as the first."""
        version = self.cleaned_data["version"]
        found = {name: self.cleaned_data[name] for name in ("least", "most")}
        if "note" in self.fields:
            found["note"] = self.cleaned_data["note"]
        return {**found, "version": int(version) if version.isdecimal() else 0}


class StrengthsForm(GovForm):
    """The round's areas, each to be ticked, and a few of the authority's own."""

    submit_label = "Save"
    version = _version()

    def __init__(self, data: Any = None, *, participation: Participation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        self.areas = list(participation.round.areas.all())
        there = strengths_of(participation)
        # An area that an officer took out of the round is the authority's own since.
        own = sum(one.area is None for one in there)
        places = max(FEWEST_OWN, own, min(own + 1, MOST_OWN))
        data, gone = self._without_area(data, places)
        self.places = range(1, places + gone + 1)
        super().__init__(data, initial=self._initial(there))
        for area in self.areas:
            self._add_area(f"area_{area.pk}", area.name)
        for number in self.places:
            self._add_own(number)
        self.helper = self.build_helper()

    def _without_area(self, data: Any, places: int) -> tuple[Any, int]:
        """What was written about an area taken out since moves to a place that asks its name."""
        names = {f"area_{area.pk}_how" for area in self.areas}
        gone = [
            name
            for name in data or ()
            if HOW.fullmatch(name) and name not in names and data[name].strip()
        ][:MOST_GONE]
        if gone:
            data = data.copy()
            for number, name in enumerate(gone, places + 1):
                data[f"own_{number}_how"] = data[name]
        return data, len(gone)

    def _initial(self, there: list[Strength]) -> dict[str, Any]:
        found: dict[str, Any] = {"version": strengths_mark(there)}
        for one in there:
            if one.area:
                found |= {f"area_{one.area.pk}": True, f"area_{one.area.pk}_how": one.evidence}
        for number, one in enumerate((one for one in there if not one.area), 1):
            found |= {f"own_{number}": one.own_area, f"own_{number}_how": one.evidence}
        return found

    def _add_area(self, name: str, label: str) -> None:
        self.fields[name] = forms.BooleanField(label="We can help others with this", required=False)
        self._add_how(f"{name}_how", label)

    def _add_own(self, number: int) -> None:
        name = f"own_{number}"
        self.fields[name] = forms.CharField(
            label="Name of the area (optional)", required=False, max_length=120
        )
        self.ask(name, noun=f"the name of own area {number}", label_size="")
        self._add_how(f"{name}_how", f"own area {number}")

    def _add_how(self, name: str, about: str) -> None:
        self.fields[name] = LongTextField(
            label="How do you know? (optional)",
            required=False,
            max_words=200,
            rows=3,
            threshold=QUIET,
        )
        self.ask(name, noun=f"how you know about {about}", label_size="")

    def build_layout(self) -> Layout:
        areas = [(area.name, f"area_{area.pk}") for area in self.areas]
        own = [(f"Own area {number}", f"own_{number}") for number in self.places]
        return Layout(
            *(
                Fieldset(legend, name, f"{name}_how", size="s")
                for legend, name in [*areas, *own]
                if name in self.fields
            ),
            self.build_buttons(),
        )

    def clean(self) -> dict[str, Any]:
        """What somebody has just written is never dropped without a word."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for area in self.areas:
            if cleaned.get(f"area_{area.pk}_how") and not cleaned.get(f"area_{area.pk}"):
                self.add_error(
                    f"area_{area.pk}", f"Tick {area.name}, or clear what you wrote about it"
                )
        seen = {area.name.casefold() for area in self.areas}
        for number in self.places:
            name = cleaned.get(f"own_{number}", "")
            if cleaned.get(f"own_{number}_how") and not name and f"own_{number}" not in self.errors:
                self.add_error(f"own_{number}", "Enter the name of the area you wrote about")
            elif name and name.casefold() in seen:
                self.add_error(f"own_{number}", f"“{name}” is on this page already")
            seen.add(name.casefold())
        return cleaned

    def strengths(self) -> list[Strength]:
        cleaned = self.cleaned_data
        return [
            *(
                Strength(area, "", cleaned[f"area_{area.pk}_how"])
                for area in self.areas
                if cleaned[f"area_{area.pk}"]
            ),
            *(
                Strength(None, cleaned[f"own_{number}"], cleaned[f"own_{number}_how"])
                for number in self.places
                if cleaned[f"own_{number}"]
            ),
        ]


class WishesForm(GovForm):
    """Up to three others of the round, the first most of all."""

    submit_label = "Save"
    version = _version()

    def __init__(self, data: Any = None, *, participation: Participation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        there = wishes_of(participation)
        # One that has left the round stays until its host takes it back.
        known = {one.pk: one for one in [*others_in(participation), *(w.challenger for w in there)]}
        self.others = {str(key): one for key, one in known.items()}
        initial: dict[str, Any] = {"version": wishes_mark(there)}
        for number, one in enumerate(there, 1):
            initial |= {f"wish_{number}": str(one.challenger.pk), f"wish_{number}_why": one.reason}
        super().__init__(data, initial=initial)
        choices = [("", ""), *((key, one.authority.name) for key, one in self.others.items())]
        for number, place in enumerate(PLACES[:MOST_WISHES], 1):
            self._add_wish(number, place, choices)
        self.helper = self.build_helper()

    def _add_wish(self, number: int, place: str, choices: list[tuple[str, str]]) -> None:
        name, why = f"wish_{number}", f"wish_{number}_why"
        self.fields[name] = forms.ChoiceField(
            label=f"{place} wish (optional)", choices=choices, required=False
        )
        self.fields[why] = LongTextField(
            label=f"Why? ({place.lower()} wish, optional)",
            required=False,
            max_words=100,
            rows=2,
            threshold=QUIET,
        )
        self.ask(name, noun=f"the {place.lower()} wish", empty="Nobody in particular")
        self.ask(why, noun="why", label_size="")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for number in range(1, MOST_WISHES + 1):
            name = f"wish_{number}"
            chosen = cleaned.get(name, "")
            if chosen and chosen in seen:
                self.add_error(name, f"{self.others[chosen].authority} is wished for above already")
            elif cleaned.get(f"{name}_why") and not chosen and name not in self.errors:
                self.add_error(name, "Select whom you wrote about, or clear why")
            seen.add(chosen)
        return cleaned

    def wishes(self) -> list[Wish]:
        """In their order; a place left empty in between is closed."""
        cleaned = self.cleaned_data
        return [
            Wish(self.others[cleaned[f"wish_{number}"]], cleaned[f"wish_{number}_why"])
            for number in range(1, MOST_WISHES + 1)
            if cleaned[f"wish_{number}"]
        ]


class OffersParams(ParamsForm):
    """Which of a round's authorities are shown."""

    show = forms.ChoiceField(choices=[("", ""), ("missing", "missing")], required=False, initial="")
