from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import Authority, Membership, Region
from authorities.queries import already_asked, already_held, place_key
from authorities.states import HELD_IN_A_REGION, Role
from peerchallenge.shared.answers import Answer
from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import GovForm, ParamsForm

NOW, LATER = "now", "later"
Place = Region | Authority
MayInvite = Callable[[Role, Place], Answer]


WHAT_IT_OPENS = {
    Role.BOARD_OFFICER: "At the board: runs rounds, invites people, reads what has been sent.",
    Role.BOARD_MEMBER: "At the board: sees how far each authority is.",
    Role.CHAIR: "At the board: sees how far each authority is.",
    Role.APPROVER: "At the board: approves letters that somebody else wrote.",
    Role.DIRECTOR: "Sends the self-assessment, answers offers, invites colleagues.",
    Role.AUTHORITY_OFFICER: "Writes the self-assessment and checks letters with the director.",
    Role.LEAD_MEMBER: "Reads what is the authority’s own.",
    Role.CHIEF_EXECUTIVE: "Reads what is the authority’s own.",
    Role.COLLEAGUE: "Writes the sections of the self-assessment given to them, and sees no other.",
    Role.REVIEWER: "Can be asked onto teams that visit other authorities.",
}


class PeopleParams(ParamsForm):
    """Whom the page of people lists."""

    q = forms.CharField(required=False, max_length=100, initial="")
    left = forms.BooleanField(required=False, initial=False)
    region = forms.SlugField(required=False, initial="")


class InviteParams(ParamsForm):
    """Where the page before would have somebody invited."""

    place = forms.SlugField(required=False, initial="")


class InviteForm(GovForm):
    submit_label = "Send the invitation"

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", max_length=254)
    place = forms.ChoiceField(label="Where?")
    role = forms.ChoiceField(label="Which role?", widget=forms.RadioSelect)
    post = forms.CharField(
        label="What the post is called there (optional)",
        help_text="For instance “Service manager, early help”. It is shown beside the name.",
        max_length=120,
        required=False,
    )
    look = {
        "name": {"noun": "their name", "width": "two-thirds"},
        "email": {"noun": "their e-mail address", "width": "two-thirds"},
        "place": {"noun": "where they will hold the role", "empty": "Choose one"},
        "role": {"noun": "the role they will hold", "small": True},
        "post": {"noun": "the name of the post", "width": "two-thirds"},
    }

    def __init__(
        self,
        data: Any = None,
        *,
        places: list[Place],
        roles: list[Role],
        may_invite: MayInvite,
        initial: dict[str, Any],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        self.may_invite = may_invite
        self.places = {place_key(place): place for place in places}
        super().__init__(data, initial=initial)
        named = [(key, name_of(place)) for key, place in self.places.items()]
        self.fields["place"].choices = [("", ""), *named] if len(named) > 1 else named
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.ask("role", hints={role.value: WHAT_IT_OPENS[role] for role in roles})
        # Somebody else's address is no business of the browser's own list.
        for name in ("name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"email", "place", "role"} <= cleaned.keys():
            self._check(cleaned["email"], cleaned["place"], Role(cleaned["role"]))
        return cleaned

    def _check(self, email: str, place: Place, role: Role) -> None:
        if (role in HELD_IN_A_REGION) != isinstance(place, Region):
            where = "at the board" if role in HELD_IN_A_REGION else "in an authority"
            self.add_error("place", f"The role “{role.label}” is held {where}: choose which")
        elif refused := self._refused(role, place):
            self.add_error("role", refused)
        elif already_held(email, role, place):
            self.add_error("email", f"This person holds the role “{role.label}” there already")
        elif already_asked(email, role, place):
            self.add_error(
                "email", "This person has been invited to this role: send it again from the list"
            )

    def _refused(self, role: Role, place: Place) -> str:
        return self.may_invite(role, place).reason


class EndMembershipForm(GovForm):
    submit_label = "End the role"

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[(NOW, "At once"), (LATER, "On a day to come")],
        widget=forms.RadioSelect,
    )
    last_day = ThreePartDateField(
        label="Last day in the role",
        help_text="Only for a day to come, for instance 31 3 2027.",
        required=False,
    )
    look = {
        "when": {
            "noun": "when the role ends",
            "hints": {NOW: "What the role opens closes with the next page they ask for."},
        },
    }

    def __init__(self, data: Any = None, *, membership: Membership, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        self.membership = membership
        super().__init__(data)
        self.fields["last_day"].earliest = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("last_day")
        if cleaned.get("when") == NOW:
            cleaned["last_day"] = None
        elif cleaned.get("when") == LATER and "last_day" not in self.errors:
            if not day:
                self.add_error("last_day", "Enter the last day in the role")
            elif day < self.membership.from_date:
                self.add_error("last_day", "The last day must be after the first")
        return cleaned


def name_of(place: Place) -> str:
    return f"The board: {place.board_name}" if isinstance(place, Region) else place.name
