from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm


class SeenForm(ParamsForm):
    """The versions that were on the page when its button was pressed, by key."""

    seen = forms.CharField(
        max_length=5000, required=False, validators=[RegexValidator(r"\A\d{1,18}(,\d{1,18})*\Z")]
    )

    @classmethod
    def versions_in(cls, data: object) -> list[int]:
        seen = str(cls.clean_or_default(data)["seen"] or "")
        return [int(pk) for pk in seen.split(",") if pk]


class WithdrawForm(GovForm):
    """Why an authority leaves the round."""

    reason = LongTextField(
        label="Why does it withdraw?",
        help_text="Its own people read this on the page of their self-assessment. The e-mail "
        "only tells the director that the authority has left the round.",
        max_words=300,
        rows=5,
    )
    submit_label = "Withdraw it and tell its director"
    look = {"reason": {"noun": "why it withdraws", "label_size": "m"}}
