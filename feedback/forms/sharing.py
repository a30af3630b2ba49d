from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from feedback.states import Audience
from peerchallenge.shared.fields import LongTextField, names_no_child
from peerchallenge.shared.forms import GovForm, ParamsForm

LONGEST_REASON = 2_000


class AudienceParams(ParamsForm):
    audience = forms.ChoiceField(choices=Audience.choices)


class PageParams(ParamsForm):
    page = forms.IntegerField(min_value=1, max_value=9_999, required=False, initial=1)


class ShareForm(GovForm):
    """The letter, or its redacted version where there is one."""

    version = forms.ChoiceField(
        label="Which version do they read?",
        choices=[("letter", "The letter as it was issued"), ("redacted", "The redacted version")],
        widget=forms.RadioSelect,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    look = {"version": {"noun": "which version they read", "label_size": "m"}}

    def __init__(self, data: Any = None, *, redacted: int | None, **kwargs: Any) -> None:
        """`redacted`: which version of the redacted letter stands on this page."""
        self.newest = redacted
        super().__init__(data, initial={"seen": redacted}, **kwargs)
        if redacted is None:
            self.fields["version"].required = False
            self.fields["version"].widget = forms.HiddenInput()

    def look_again(self) -> None:
        """The next press is made knowing of the version that is there now."""
        self.data = self.data.copy()
        self.data["seen"] = str(self.newest or "")

    @property
    def redacted(self) -> bool:
        return bool(self.cleaned_data["version"] == "redacted")


class WithdrawForm(GovForm):
    reason = LongTextField(
        label="Why do you withdraw it?",
        help_text="Those who could read it are told this. Where it was published, it stands on "
        "the page that stays at its address.",
        validators=[MaxLengthValidator(LONGEST_REASON), names_no_child],
        rows=4,
    )
    submit_label = "Withdraw it"
    look = {"reason": {"noun": "why you withdraw it", "label_size": "m"}}


class LeaveOutForm(GovForm):
    """The passages that were ticked, and one reason for them."""

    places = forms.MultipleChoiceField(
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        label="Passages",
        error_messages={"required": "Tick at least one passage"},
    )
    reason = forms.CharField(
        label="Reason that readers see in their place",
        help_text="For example: it could identify a family.",
        max_length=120,
        validators=[names_no_child],
    )
    look = {"reason": {"noun": "the reason", "width": "full"}, "places": {"noun": "a passage"}}

    def __init__(self, data: Any = None, *, places: list[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["places"].choices = [(place, place) for place in places]
