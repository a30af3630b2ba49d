from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import (
    ButtonGroup,
    Field,
    Fieldset,
    GovForm,
    Link,
    ParamsForm,
    Submit,
)
from rounds.matching.facts import MOST_WEIGHT, NEVER, Settings
from rounds.matching.scores import SCORES
from rounds.models import Scenario

# Starts from no other scenario.
AFRESH = 0
FRESH = "The best matches there are now, with the usual weights; nothing locked or kept apart."
# What is pressed about two authorities, and may be given a reason.
REASONED = ("choose", "lock", "exclude")
KEY = {"min_value": 1, "max_value": 10**18, "required": False}
WEIGHTS = {
    "strength": "The challenger offers strength in the area that the host wants challenge on.",
    "fresh": "The two have not met lately, in this part or the other way round.",
    "neighbour": "They are statistical neighbours: much alike, so that comparing tells something.",
    "preference": "The host asked for this challenger.",
    "travel": "The journey is short. An estimate: a straight line × 1.3 at 60 km/h, and crossings.",
    "balance": "The challenger has received more days than it has given, over the years.",
    "border": "They share no border. Off unless you want it: neighbours on the map know each "
    "other well, for better or worse.",
}


class ScenarioParams(ParamsForm):
    """Which scenario a page is about; none for the one that its round shows by itself."""

    scenario = forms.IntegerField(**KEY)


class CopyParams(ParamsForm):
    """Which scenario a new one starts from."""

    copy = forms.IntegerField(**KEY)


class CompareParams(ParamsForm):
    one = forms.IntegerField(**KEY)
    other = forms.IntegerField(**KEY)


def name_field() -> forms.CharField:
    return forms.CharField(
        label="Name",
        max_length=60,
        help_text="Only officers see it, for example “Short journeys”.",
    )


class NewForm(GovForm):
    """A new scenario: a copy of another or a fresh proposal, with a name of its own."""

    submit_label = "Make it"
    name = name_field()
    copy = forms.TypedChoiceField(label="Start from", coerce=int, widget=forms.RadioSelect)
    look = {
        "name": {"noun": "a name", "width": "two-thirds"},
        "copy": {"noun": "what it starts from", "small": True},
    }

    def __init__(
        self, data: Any = None, *, scenarios: Iterable[Scenario], copy: int | None, cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        self.copies = {one.pk: one for one in scenarios}
        chosen = copy if copy in self.copies else next(iter(self.copies), AFRESH)
        super().__init__(data, initial={"copy": chosen})
        choices = [(pk, f"A copy of “{one.name}”") for pk, one in self.copies.items()]
        self.fields["copy"].choices = [*choices, (AFRESH, "A fresh proposal")]  # type: ignore[attr-defined]
        hints = dict.fromkeys(
            map(str, self.copies), "Its matches, its locks, whom it keeps apart, and its weights."
        )
        self.ask("copy", hints={**hints, str(AFRESH): FRESH})

    def of(self) -> Scenario | None:
        return self.copies.get(self.cleaned_data["copy"])


class RenameForm(GovForm):
    """All that can change in a scenario that is published."""

    submit_label = "Save the name"
    name = name_field()
    look = {"name": {"noun": "a name", "width": "two-thirds"}}


class SettingsForm(RenameForm):
    """What a scenario is called, and what counts how much in it."""

    worst_first = forms.BooleanField(
        label="Help the worst-off host first, then all together",
        help_text="Otherwise only the sum counts, and one host may get a poor match for it.",
        required=False,
    )
    never_border = forms.BooleanField(
        label="Never match authorities that share a border", required=False
    )
    version = forms.IntegerField(
        min_value=0, initial=0, widget=forms.HiddenInput({"autocomplete": "off"})
    )
    look = {
        **RenameForm.look,
        "worst_first": {"small": True},
        "never_border": {"small": True},
    }

    def __init__(self, data: Any = None, *, scenario: Scenario, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial=_initial(scenario))
        for score in SCORES:
            name = f"weight_{score.key}"
            self.fields[name] = forms.IntegerField(
                label=score.label,
                min_value=0,
                max_value=MOST_WEIGHT,
                help_text=f"{WEIGHTS[score.key]} Usually {score.default}.",
            )
            self.ask(name, noun=f"what “{score.label}” counts", width=2)

    def build_layout(self) -> Layout:
        return Layout(
            Field("name"),
            Fieldset(
                "What counts, 0 (nothing) to 10",
                Div(*(Field(f"weight_{score.key}") for score in SCORES), css_class="app-weights"),
                Field("never_border"),
            ),
            Fieldset("Which answer is best", Field("worst_first")),
            self.build_buttons(),
        )

    def build_buttons(self) -> ButtonGroup:
        return ButtonGroup(
            Submit("Save and suggest again", name="suggest", value="1"),
            Submit("Save and keep the matches", kind="secondary"),
            Link("Cancel", self.cancel_url),
        )

    def settings(self) -> dict[str, Any]:
        """What an action takes; the weights by the key of each score, as a scenario keeps them."""
        given = {score.key: self.cleaned_data[f"weight_{score.key}"] for score in SCORES}
        if self.cleaned_data["never_border"]:
            given["border"] = NEVER
        return {
            "weights": given,
            "worst_first": self.cleaned_data["worst_first"],
            "version": self.cleaned_data["version"],
        }


def _initial(scenario: Scenario) -> dict[str, Any]:
    counts = Settings(weights=scenario.weights)
    return {
        "name": scenario.name,
        "worst_first": scenario.worst_first,
        "never_border": counts.never("border"),
        "version": scenario.version,
        **{f"weight_{score.key}": counts.weight(score.key) for score in SCORES},
    }


class PressForm(ParamsForm):
    """What was pressed about two authorities, and where to go afterwards."""

    press = forms.ChoiceField(choices=[(one, one) for one in (*REASONED, "unlock", "allow")])
    version = forms.CharField(max_length=40, required=False)
    back = forms.ChoiceField(choices=[("", ""), ("settings", "settings")], required=False)


class CompareForm(forms.Form):
    """Which two scenarios stand side by side; drawn by its page."""

    one = forms.ChoiceField(label="Scenario")
    other = forms.ChoiceField(label="Compared with")

    def __init__(self, data: Any, *, scenarios: Iterable[Scenario]) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.choices = [(one.pk, one.name) for one in scenarios]  # type: ignore[attr-defined]


class OtherParams(ParamsForm):
    """Somebody else to look at as a challenger."""

    challenger = forms.IntegerField(**KEY)


class ReasonForm(GovForm):
    """The officer's word on two authorities; its page says what for, and draws it."""

    reason = LongTextField(max_words=100, rows=3, required=False)
    look = {"reason": {"noun": "the reason"}}

    def __init__(self, data: Any = None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        apart = prefix == "exclude"
        label = "Why? (optional)" if apart else "Why may the match stand all the same?"
        self.fields["reason"].label = label

    def word(self) -> dict[str, str]:
        """What an action takes: some need no reason."""
        if self.prefix in REASONED:
            return {"reason": self.cleaned_data["reason"]}
        return {}
