from __future__ import annotations

from typing import Any

from django import forms

from peerchallenge.shared.forms import GovForm
from rounds.models import Participation


class DaysObjectionForm(GovForm):
    """Why a side cannot on the days that it was sent."""

    submit_label = "Tell the board’s officers"

    reason = forms.CharField(
        label="Why can you not?",
        help_text=(
            "Say on which of the days, and which others would do. The board’s officers read this, "
            "and your own side; nobody else."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say why you cannot on these days"},
    )

    def __init__(self, *args: Any, sides: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {str(side.pk): side for side in sides}
        if len(sides) > 1:
            self.fields["side"] = forms.ChoiceField(
                label="For which authority?",
                choices=[(str(side.pk), side.authority.name) for side in sides],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose an authority"},
            )
            self.order_fields(["side", "reason"])
        self.helper.layout = self.build_layout()

    @property
    def side(self) -> Participation:
        chosen = self.cleaned_data.get("side") or next(iter(self.sides))
        return self.sides[chosen]


class DaysStayForm(GovForm):
    """Why the days stay all the same."""

    submit_label = "The days stay: tell them"

    answer = forms.CharField(
        label="Why the days stay",
        help_text="That side reads this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the days stay"},
    )
