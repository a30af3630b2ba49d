"""What is asked when an immediate concern is raised: two answers, and no place to write."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from peerchallenge.shared.forms import GovForm
from rounds.forms.clock import ClockField

TIME = "For example, 9:30 or 14:15"


def today_at(moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), moment))


class ConcernForm(GovForm):
    """`sent_as` is drawn with the page: what comes back with it is one concern."""

    told = forms.ChoiceField(
        label="Have you told somebody of the host in person?",
        help_text="Face to face or by telephone.",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        widget=forms.RadioSelect,
    )
    told_at = ClockField(
        label="At what time today?",
        help_text=f"Only if you have. {TIME}",
        required=False,
    )
    sent_as = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    submit_label = "Continue"
    look = {
        "told": {"noun": "whether you have told somebody of the host", "inline": True},
        "told_at": {"noun": "the time at which you told them", "width": 5},
    }

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"sent_as": uuid.uuid4()}, **kwargs)

    def clean_sent_as(self) -> uuid.UUID | None:
        """None where it has been spoiled on the way: a concern is not held up by that."""
        try:
            return uuid.UUID(self.cleaned_data["sent_as"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        told, at = cleaned.get("told"), cleaned.get("told_at")
        if told == "yes" and at is None and not self.has_error("told_at"):
            self.add_error("told_at", "Enter the time at which you told them")
        elif told == "no" and at is not None:
            self.add_error("told", "Select “Yes”, or take the time out of the box below")
        elif at is not None and today_at(at) > timezone.now():
            self.add_error("told_at", "Enter a time today that has passed")
        return cleaned

    @property
    def spoken_at(self) -> datetime | None:
        at = self.cleaned_data["told_at"]
        return None if at is None else today_at(at)

    def concern(self) -> dict[str, Any]:
        """What the action takes."""
        return {"spoken_at": self.spoken_at, "sent_as": self.cleaned_data.get("sent_as")}


class ToldForm(GovForm):
    """When the host was told, once the concern is raised."""

    told_at = ClockField(
        label="At what time today did you tell somebody of the host in person?", help_text=TIME
    )
    submit_label = "Save the time"
    look = {"told_at": {"noun": "the time at which you told them", "width": 5}}

    def clean_told_at(self) -> datetime:
        found = today_at(self.cleaned_data["told_at"])
        if found > timezone.now():
            raise forms.ValidationError("Enter a time today that has passed")
        return found
