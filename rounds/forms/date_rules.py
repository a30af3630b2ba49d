from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import GovForm
from rounds.models import Round
from rounds.queries.date_rules import phases_with_gaps, rules_mark

# A longer time is a slip of the pen.
LONGEST = timedelta(days=366)
MOST_DAYS = 200


class DateRulesForm(GovForm):
    """When visits may take place, how many begin in a week, how far apart their days are."""

    submit_label = "Save these rules"

    visits_from = ThreePartDateField(label="First day a visit may take place")
    visits_to = ThreePartDateField(label="Last day a visit may take place")
    a_week_most = forms.IntegerField(
        label="At most so many visits begin in one week",
        help_text="Leave it empty if it does not matter.",
        required=False,
        min_value=1,
        max_value=500,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = phases_with_gaps(round)
        self.initial = {
            "visits_from": round.visits_from,
            "visits_to": round.visits_to,
            "a_week_most": round.format.visits_a_week_most,
            "seen": rules_mark(round),
        }
        self.ask("visits_from", noun="First day")
        self.ask("visits_to", noun="Last day")
        self.ask("a_week_most", width=3)
        for phase in self.phases:
            for side, words, days in (
                ("least", "Fewest", phase.gap_least),
                ("most", "Most", phase.gap_most),
            ):
                name = f"{side}_{phase.id}"
                label = f"{words} days from the visit before to “{phase.label}”"
                self.fields[name] = forms.IntegerField(
                    label=label, min_value=0, max_value=MOST_DAYS, initial=days
                )
                self.ask(name, width=3)
        self.helper.layout = self.build_layout()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("visits_from"), cleaned.get("visits_to")
        if first and last and not date.min < first <= last <= first + LONGEST:
            self.add_error("visits_to", "The last day must be in the year after the first")
        for phase in self.phases:
            least, most = (cleaned.get(f"{side}_{phase.id}") for side in ("least", "most"))
            if least is not None and most is not None and most < least:
                self.add_error(f"most_{phase.id}", "The most days must not be below the fewest")
        return cleaned

    def rules(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "visits_from": cleaned["visits_from"],
            "visits_to": cleaned["visits_to"],
            "a_week_most": cleaned["a_week_most"],
            "gaps": {
                phase.id: (cleaned[f"least_{phase.id}"], cleaned[f"most_{phase.id}"])
                for phase in self.phases
            },
            "seen": cleaned["seen"],
        }
