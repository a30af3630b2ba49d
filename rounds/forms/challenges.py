from __future__ import annotations

from typing import Any

from django import forms

from authorities.models import User
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm
from rounds.queries.challenges import Candidate

Groups = list[tuple[str, list[Candidate]]]
# Which of the two forms of the team's page was sent.
LEAD, MEMBER = "lead", "member"


class DeclineForm(GovForm):
    submit_label = "Decline this challenge"
    reason = LongTextField(
        label="Why does this match not work for you?",
        help_text="Only your own authority and the board’s officers read this.",
        max_words=300,
        rows=6,
    )
    look = {"reason": {"noun": "why this match does not work for you"}}


class PersonForm(GovForm):
    """Somebody chosen by name, from those who may be asked."""

    person = forms.ChoiceField(label="Person")
    act = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, groups: Groups, act: str) -> None:
        self.people = {str(one.user.pk): one.user for _, group in groups for one in group}
        # Two of these stand on one page: each has ids of its own, and its own name in `act`.
        super().__init__(data, initial={"act": act}, auto_id=f"id_{act}_%s")
        self.fields["person"].choices = [
            ("", ""),
            *((place, [(one.user.pk, one.label) for one in group]) for place, group in groups),
        ]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class LeadForm(PersonForm):
    look = {"person": {"noun": "the lead reviewer", "empty": "Choose a person", "label_size": "m"}}

    def __init__(self, data: Any = None, *, groups: Groups, led: bool) -> None:
        super().__init__(data, groups=groups, act=LEAD)
        self.fields["person"].label = "Who leads instead?" if led else "Who leads the team?"
        if led:
            self.fields["person"].help_text = "Whoever leads now leaves the team."


class MemberForm(PersonForm):
    look = {"person": {"noun": "the person to add", "empty": "Choose a person", "label_size": "m"}}

    def __init__(self, data: Any = None, *, groups: Groups) -> None:
        super().__init__(data, groups=groups, act=MEMBER)
        self.fields["person"].label = "Who joins the team?"
