from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from authorities.models import User, Venue
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import ButtonGroup, GovForm, ParamsForm, Submit
from rounds.models import Round
from rounds.queries.own_days import ME, VENUE, Whose, acted_for, venues_of

LONGEST = timedelta(days=366)
# A longer list of owners is one to choose from.
MOST_RADIOS = 7
READ_BY_NOBODY = "Nobody but you reads it."
READ_BY_OFFICERS = (
    "Of your authority’s days and its venues’, the board’s officers read it and whoever acts for "
    "your authority; of your own, nobody but you."
)
CANNOT, RATHER_NOT = "cannot", "rather_not"


class UnavailableForm(GovForm):
    """Some days in a row on which somebody cannot visit or be visited."""

    submit_label = "Add these days"
    whose = forms.ChoiceField(label="Whose days are they?", widget=forms.RadioSelect)
    first_day = ThreePartDateField(label="First day", help_text="For example, 27 3 2027")
    last_day = ThreePartDateField(
        label="Last day (optional)", help_text="Leave it empty if it is one day.", required=False
    )
    kind = forms.ChoiceField(
        label="Is it possible at all?",
        choices=[(CANNOT, "No, not on these days"), (RATHER_NOT, "Only if nothing else is")],
        initial=CANNOT,
        widget=forms.RadioSelect,
    )
    reason = LongTextField(
        label="Why? (optional)", required=False, max_words=60, rows=2, threshold=60
    )
    look = {
        "whose": {"noun": "whose days they are", "small": True},
        "first_day": {"noun": "the first day"},
        "last_day": {"noun": "the last day"},
        "kind": {"noun": "whether it is possible", "small": True},
        "reason": {"noun": "why"},
    }

    def __init__(self, data: Any = None, *, user: User, whose: str = "") -> None:
        self.owners: dict[str, Whose] = owners_of(user)
        first = whose if whose in self.owners else next(iter(self.owners))
        super().__init__(data, initial={"whose": first, "kind": CANNOT})
        if len(self.owners) > 1:
            self.fields["whose"].choices = [  # type: ignore[attr-defined]
                (key, _called(owner)) for key, owner in self.owners.items()
            ]
            if len(self.owners) > MOST_RADIOS:
                self.fields["whose"].widget = forms.Select(
                    choices=self.fields["whose"].choices  # type: ignore[attr-defined]
                )
            self.fields["reason"].help_text = READ_BY_OFFICERS
        else:
            del self.fields["whose"]
            self.fields["reason"].help_text = READ_BY_NOBODY
        self.helper = self.build_helper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = cleaned.get("first_day")
        if "last_day" in self.errors or not first:
            return cleaned
        last = cleaned["last_day"] = cleaned.get("last_day") or first
        if last < first:
            self.add_error("last_day", "The last day must be the same as or after the first day")
        elif last > first + LONGEST:
            self.add_error("last_day", "The last day must be within a year of the first day")
        elif last < timezone.localdate():
            self.add_error("first_day", "These days are over: enter days that are still to come")
        return cleaned

    def owner(self) -> Whose:
        """None for the person's own days."""
        return self.owners[self.cleaned_data.get("whose", ME)]

    def days(self) -> dict[str, Any]:
        """What an action takes."""
        cleaned = self.cleaned_data
        return {
            "first_day": cleaned["first_day"],
            "last_day": cleaned["last_day"],
            "rather_not": cleaned["kind"] == RATHER_NOT,
            "reason": cleaned["reason"],
        }


class SaidParams(ParamsForm):
    """Whose answer it is to which round: the button that was pressed."""

    round = forms.IntegerField(min_value=1, max_value=10**18)
    whose = forms.CharField(max_length=30, initial="")


class WhoseParams(ParamsForm):
    """Whose days the form is to begin with."""

    whose = forms.CharField(max_length=30, required=False, initial="")


class TakeBackParams(ParamsForm):
    """Which days are taken back: the button that was pressed."""

    days = forms.IntegerField(min_value=1, max_value=10**18)


class AskForm(GovForm):
    """By when everybody says on which days they cannot."""

    due = ThreePartDateField(label="By when should everybody have said so?")
    seen = forms.CharField(
        required=False, max_length=10, widget=forms.HiddenInput({"autocomplete": "off"})
    )
    look = {"due": {"noun": "the date"}}

    def __init__(self, data: Any = None, *, round: Round, label: str) -> None:
        now = round.availability_due
        self.label, self.kind = label, "secondary" if now else ""
        super().__init__(data, initial={"due": now, "seen": now.isoformat() if now else ""})
        due = self.fields["due"]
        due.earliest, due.latest = timezone.localdate(), round.visits_to  # type: ignore[attr-defined]
        due.help_text = (
            f"For example, {_in_a_fortnight(round)}. "
            "Reminders go out 3 days before it and 3 days after it."
        )

    def build_buttons(self) -> ButtonGroup:
        """Another date is the lesser thing on a page that can send reminders."""
        return ButtonGroup(Submit(self.label, kind=self.kind))

    def seen_date(self) -> date | None:
        """The date that stood on the page; nonsense is none."""
        try:
            return date.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None


class AnsweredParams(ParamsForm):
    """Which rows the officers' page shows."""

    show = forms.ChoiceField(
        choices=[("", "asked"), ("missing", "not answered"), ("all", "all")],
        required=False,
        initial="",
    )
    page = forms.IntegerField(required=False, initial=1, min_value=1, max_value=100_000)


def owners_of(user: User) -> dict[str, Whose]:
    """Whose days somebody may say, by key: theirs, their authorities', and these venues'."""
    authorities = acted_for(user)
    found: dict[str, Whose] = {str(one.pk): one for one in authorities}
    found |= {f"{VENUE}{one.pk}": one for one in venues_of(authorities)}
    return {**found, ME: None}


def _called(owner: Whose) -> str:
    if owner is None:
        return "Only mine"
    return f"The venue {owner.name}" if isinstance(owner, Venue) else owner.name


def _in_a_fortnight(round: Round) -> str:
    day = min(timezone.localdate() + timedelta(days=14), round.visits_to)
    return f"{day.day} {day.month} {day.year}"
