from __future__ import annotations

from django import forms
from django.core.validators import MaxLengthValidator

from peerchallenge.shared.fields import LongTextField, names_no_child
from peerchallenge.shared.forms import GovForm, ParamsForm

LONGEST = 20_000


class IssueParams(ParamsForm):
    """The letters that were on the page, so that no other goes out with them."""

    letters = forms.RegexField(r"^[0-9]{1,18}(,[0-9]{1,18})*$", max_length=4_000)

    def clean_letters(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["letters"].split(",")]


class OnlyParams(ParamsForm):
    """One letter instead of all that are ready."""

    only = forms.IntegerField(min_value=1, max_value=10**18, required=False, initial=None)


class ProgressParams(ParamsForm):
    """Until when somebody's page of progress knows: seconds since 1970."""

    since = forms.IntegerField(min_value=0, max_value=10**11, required=False, initial=0)


class ReadParams(ParamsForm):
    """The fingerprint of the letter on the page of whoever decides about it."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, initial="")


class CorrectionForm(GovForm):
    reason = LongTextField(
        label="Why is the letter replaced?",
        help_text="One sentence. It stands on the face of the new letter, for everybody who reads "
        "it: “The number of homes in section 3 was wrong.”",
        max_length=300,
        rows=3,
        validators=[names_no_child],
    )
    submit_label = "Begin the corrected letter"
    look = {"reason": {"noun": "why the letter is replaced", "heading": True, "label_size": "l"}}


class SendBackForm(GovForm):
    reason = LongTextField(
        label="What should the team change?",
        help_text="The lead reviewer reads this above the letter.",
        validators=[MaxLengthValidator(LONGEST)],
        rows=8,
    )
    submit_label = "Send the letter back"
    look = {"reason": {"noun": "what the team should change", "heading": True, "label_size": "l"}}
