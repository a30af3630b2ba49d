from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.models import PriorityArea, SelfAssessment

OWN = "own"
# What stands beside a radio; the whole of it follows below.
HINT_WORDS = 40


def shortened(evidence: str) -> str:
    return Truncator(" ".join(evidence.split())).words(HINT_WORDS, truncate=" …")


class BackParams(ParamsForm):
    """Where “Save and continue” leads: on, or back to the page that links here."""

    back = forms.ChoiceField(choices=[("", ""), ("check", "check")], required=False, initial="")


class AreaForm(GovForm):
    """One of the round's areas or, below, the authority's own."""

    area = forms.ChoiceField(
        label="What do you want to be challenged on?", widget=forms.RadioSelect
    )
    own_area = forms.CharField(label="Name of your own area", max_length=120, required=False)
    reason = LongTextField(
        label="Why you choose it rather than one of the region’s areas",
        help_text="What you know about it, and what you hope to learn.",
        required=False,
        max_words=300,
        rows=6,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))
    look = {"area": {"heading": True, "label_size": "l", "noun": "the area for challenge"}}

    def __init__(self, data: Any = None, *, self_assessment: SelfAssessment) -> None:
        self.self_assessment = self_assessment
        round = self_assessment.participation.round
        self.areas = {str(area.pk): area for area in round.areas.all()}
        super().__init__(data, initial=self._initial())
        choices = [(key, area.name) for key, area in self.areas.items()]
        if round.format.own_area_allowed:
            choices.append((OWN, "Our own area, named below"))
        else:
            del self.fields["own_area"], self.fields["reason"]
        self.fields["area"].choices = choices
        self.ask(
            "area",
            hints={key: shortened(area.evidence) for key, area in self.areas.items()},
            divider="or" if round.format.own_area_allowed else "",
        )

    @property
    def more(self) -> list[PriorityArea]:
        """The areas whose evidence is longer than a hint may be."""
        return [
            area
            for area in self.areas.values()
            if shortened(area.evidence) != " ".join(area.evidence.split())
        ]

    def _initial(self) -> dict[str, Any]:
        found = self.self_assessment
        chosen = str(found.area_id) if found.area_id else OWN if found.own_area else None
        return {
            "area": chosen,
            "own_area": found.own_area,
            "reason": found.own_area_reason,
            "seen": found.area_seen,
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        area = cleaned.get("area")
        if area == OWN:
            for name, words in (("own_area", "the name"), ("reason", "the reason")):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, f"Enter {words} of your own area")
        elif area and {"own_area", "reason"} & set(self.changed_data):
            # What somebody has just written is never dropped without a word.
            self.add_error("area", "Select your own area, or clear what you wrote about it below")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What the action is to be given."""
        cleaned = self.cleaned_data
        if cleaned["area"] == OWN:
            return {"own_area": cleaned["own_area"], "reason": cleaned["reason"]}
        return {"area": self.areas[cleaned["area"]]}


class ReturnForm(GovForm):
    submit_label = "Return it to them"
    reason = LongTextField(
        label="What needs to change?",
        help_text="Their director and officers read this on the self-assessment’s own page. "
        "The e-mail only tells them that it is back.",
        max_words=300,
        rows=8,
    )
    look = {"reason": {"noun": "what needs to change"}}
