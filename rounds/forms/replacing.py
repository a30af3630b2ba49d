from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm
from rounds.models import Challenge, Participation
from rounds.queries.replacing import Substitute

REASON_READ = "Both sides, the team and the board’s officers read it."


class CancelForm(GovForm):
    """Why a challenge does not take place."""

    submit_label = "Cancel it and tell all sides"
    reason = LongTextField(
        label="Why, in a sentence", help_text=REASON_READ, max_words=60, rows=2, threshold=60
    )
    look = {"reason": {"noun": "why, in a sentence"}}


class ReplaceForm(GovForm):
    """Who falls out, who comes instead, and why."""

    gone = forms.ChoiceField(label="Who can no longer do it?", widget=forms.RadioSelect)
    new = forms.ChoiceField(label="Who takes the place?", widget=forms.RadioSelect)
    reason = LongTextField(
        label="Why, in a sentence", help_text=REASON_READ, max_words=60, rows=2, threshold=60
    )
    look = {
        "gone": {"noun": "who can no longer do it", "small": True},
        "new": {"noun": "who takes the place", "small": True},
        "reason": {"noun": "why, in a sentence"},
    }

    def __init__(
        self, data: Any = None, *, challenge: Challenge, possible: Sequence[Substitute]
    ) -> None:
        self.sides = {
            str(side.participation.pk): side.participation for side in challenge.sides[1:]
        }
        self.members = {str(one.pk): one.candidate.member for one in possible}
        super().__init__(data, initial={"gone": next(iter(self.sides))})
        self.fields["gone"].choices = [  # type: ignore[attr-defined]
            (key, side.authority.name) for key, side in self.sides.items()
        ]
        self.fields["new"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.said) for one in possible
        ]
        if len(self.sides) == 1:
            del self.fields["gone"]
        self.helper = self.build_helper()

    def chosen(self) -> tuple[Participation, Participation]:
        """Who goes, and who comes."""
        gone = self.cleaned_data.get("gone") or next(iter(self.sides))
        return self.sides[gone], self.members[self.cleaned_data["new"]]
