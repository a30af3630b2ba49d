from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from authorities.models import Authority
from peerchallenge.shared.answers import Answer
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import Field, GovForm, ParamsForm
from rounds.models import ConflictKind
from rounds.queries.conflicts import STANDING, WHICH, counts_until

AUTHORITIES, ONESELF = "authorities", "oneself"
KEEPS = {
    AUTHORITIES: "The two authorities",
    ONESELF: "Only me",
}
# Somebody may leave there soon; a year far ahead is a slip.
AHEAD = timedelta(days=365)


class ConflictsParams(ParamsForm):
    """Which conflicts the officers’ list shows."""

    authority = forms.IntegerField(min_value=1, max_value=10**15, required=False)
    which = forms.ChoiceField(choices=list(WHICH.items()), required=False, initial=STANDING)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False, initial=1)


class DeclareParams(ParamsForm):
    """The two authorities that the page before has named."""

    authority = forms.IntegerField(min_value=1, max_value=10**15, required=False)
    other = forms.IntegerField(min_value=1, max_value=10**15, required=False)


class ConflictForm(GovForm):
    """Whom it is between, why, and how long; only officers read the details."""

    submit_label = "Declare this conflict"

    authority = forms.ChoiceField(label="For which authority do you say this?")
    other = forms.ChoiceField(
        label="With which other authority?",
        help_text="Those of the region come first, then the rest of England by letter. "
        "Type the first letters of a name to jump to it.",
    )
    kind = forms.ChoiceField(label="Why?", choices=ConflictKind.choices, widget=forms.RadioSelect)
    left_on = ThreePartDateField(
        label="The day you left there",
        help_text="Only if you worked there, for instance 31 3 2025. It counts for two years.",
        required=False,
    )
    keeps = forms.ChoiceField(
        label="Whom does it keep apart?", choices=list(KEEPS.items()), widget=forms.RadioSelect
    )
    expires_on = ThreePartDateField(
        label="The last day it counts (optional)",
        help_text="Leave it empty if you know of none.",
        required=False,
    )
    details = LongTextField(
        label="Details (optional)",
        help_text="Only the board’s officers read this. Name no child, and nobody you work with.",
        max_length=1000,
        rows=4,
        required=False,
    )
    look = {
        "authority": {"noun": "the authority you say this for", "empty": "Choose one"},
        "other": {"noun": "the other authority", "empty": "Choose one"},
        "kind": {
            "noun": "why there is a conflict",
            "hints": {ConflictKind.WORKED_THERE: "Say below on which day you left."},
        },
        "left_on": {"noun": "the day you left there"},
        "expires_on": {"noun": "the last day it counts"},
        "keeps": {
            "noun": "whom it keeps apart",
            "hints": {
                AUTHORITIES: "Neither challenges the other, whichever hosts.",
                ONESELF: "You sit on no team that visits there. The two may still be matched.",
            },
        },
    }

    def __init__(
        self,
        data: Any = None,
        *,
        own: Sequence[Authority],
        others: Sequence[tuple[str, list[Authority]]],
        may_declare: Callable[..., Answer],
        asked: dict[str, int | None],
        cancel_url: str,
    ) -> None:
        self.cancel_url, self.may_declare = cancel_url, may_declare
        self.own = {str(one.pk): one for one in own}
        self.others = {str(one.pk): one for _, group in others for one in group}
        # Whoever works in none of them cannot keep off a team of theirs.
        self.in_person = any(may_declare(one, only_me=True) for one in own)
        # Asked only of those who have a choice.
        self.only_own = own[0] if len(own) == 1 else None
        super().__init__(data, initial=asked)
        if self.only_own:
            self.initial["authority"] = own[0].pk
            self.fields["authority"].widget = forms.HiddenInput()
        self._choose("authority", [(key, one.name) for key, one in self.own.items()])
        every = [(group, [(one.pk, one.name) for one in rows]) for group, rows in others]
        self._choose("other", every)
        if self.only_own:
            mine = (self.only_own.pk, self.only_own.name)
            rest = [(group, [one for one in rows if one != mine]) for group, rows in every]
            self.fields["other"].widget.choices = [("", ""), *rest]  # type: ignore[attr-defined]
        if not self.in_person:
            del self.fields["keeps"]
        self.fields["left_on"].latest = timezone.localdate() + AHEAD
        self.fields["expires_on"].earliest = timezone.localdate()
        self.helper = self.build_helper()

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", ""), *choices]  # type: ignore[attr-defined]
        if not self.fields[name].widget.is_hidden:
            self.fields[name].widget.choices = self.fields[name].choices  # type: ignore[attr-defined]

    def build_layout(self) -> Layout:
        return Layout(*(Field(name) for name in self.fields), self.build_buttons())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("authority") and cleaned.get("authority") == cleaned.get("other"):
            self.add_error("other", "Choose another authority than your own")
        self._check_who(cleaned)
        if "kind" in cleaned:
            self._check_days(cleaned)
            if cleaned["kind"] == ConflictKind.OTHER and not cleaned.get("details"):
                self.add_error("details", "Enter what the conflict is")
        return cleaned

    def _check_who(self, cleaned: dict[str, Any]) -> None:
        own = self.own.get(cleaned.get("authority", ""))
        only_me = cleaned.get("keeps") == ONESELF
        if own and (refused := self.may_declare(own, only_me=only_me).reason):
            self.add_error("keeps" if only_me else "authority", refused)

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        left, worked = cleaned.get("left_on"), cleaned["kind"] == ConflictKind.WORKED_THERE
        if worked and not left and "left_on" not in self.errors:
            self.add_error("left_on", "Enter the day you left there")
        until = self.until()
        if until and until < timezone.localdate() and "expires_on" not in self.errors:
            self.add_error(
                "left_on", "You left more than two years ago: there is nothing to declare"
            )

    def until(self) -> date | None:
        """The last day it counts: as they say, or as the kind has it."""
        said: date | None = self.cleaned_data.get("expires_on")
        return said or counts_until(self.cleaned_data["kind"], self.cleaned_data.get("left_on"))

    def details_of(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "authority": self.own[self.cleaned_data["authority"]],
            "other": self.others[self.cleaned_data["other"]],
            "kind": ConflictKind(self.cleaned_data["kind"]),
            "only_me": self.cleaned_data.get("keeps") == ONESELF,
            "details": self.cleaned_data["details"],
            "expires_on": self.until(),
        }
