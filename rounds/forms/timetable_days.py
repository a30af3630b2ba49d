"""What is done to whole days of a timetable, and to all that follows a session."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from peerchallenge.shared.forms import ButtonGroup, GovForm, ParamsForm, Submit
from rounds.forms.clock import ClockField
from rounds.models import Timetable
from rounds.queries.session_choices import SessionChoices
from rounds.queries.timetable import TimetableDay
from rounds.scheduling.slots import said

MOST_MOVED = 600


class DayParams(ParamsForm):
    """The day that something is to be put on, or taken from."""

    day = forms.DateField()


class VersionParams(ParamsForm):
    """The version of the timetable that was on the page; without one, none that ever was."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, initial=-1)


class CopyDayForm(GovForm):
    """To which day the sessions of another are copied."""

    submit_label = "Copy the sessions"
    to = forms.ChoiceField(label="To which day?", widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    look = {"to": {"noun": "the day to copy to"}}

    def __init__(self, data: Any = None, *, days: list[TimetableDay], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (one.day.isoformat(), said(one.day)) for one in days
        ]
        there = {one.day.isoformat(): len(one.sessions) for one in days}
        self.ask(
            "to",
            hints={
                day: f"It has {count} already: these come beside them."
                if count
                else "Empty so far."
                for day, count in there.items()
            },
        )

    def chosen(self) -> date:
        return date.fromisoformat(self.cleaned_data["to"])


class MoveForm(GovForm):
    """One session to another time, or another day."""

    submit_label = "Move this session"
    day = forms.ChoiceField(label="Day")
    start = ClockField(label="Starts at", help_text="For example, 9:30 or 14:15")
    seen_mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    look = {"day": {"noun": "the day"}, "start": {"noun": "when it starts", "width": 5}}

    def __init__(
        self, data: Any = None, *, choices: SessionChoices, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.choices = choices
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (one.day.isoformat(), said(one.day)) for one in choices.days
        ]

    def show_theirs(self, mark: str) -> None:
        self.data = self.data.copy()
        self.data["seen_mark"] = mark


class RestForm(GovForm):
    """By how much a session and all that follows it on its day are moved."""

    submit_label = "See what that does"
    minutes = forms.IntegerField(
        label="By how many minutes?",
        help_text="With a minus sign they come earlier: -15.",
        min_value=-MOST_MOVED,
        max_value=MOST_MOVED,
    )
    look = {"minutes": {"noun": "the number of minutes", "width": 4, "suffix": "minutes"}}

    def __init__(self, data: Any = None, *, action: str) -> None:
        super().__init__(data)
        self.helper.form_method = "get"
        self.helper.form_action = action
        self.helper.disable_csrf = True

    def build_buttons(self) -> ButtonGroup:
        """Beside the button that moves one session it is the second."""
        return ButtonGroup(Submit(self.submit_label, kind="secondary"))

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if minutes == 0:
            raise forms.ValidationError("Enter a number other than 0")
        return minutes


class SettingsForm(GovForm):
    """What holds for the whole timetable."""

    submit_label = "Save"
    break_minutes = forms.IntegerField(
        label="How long a break does the team need between two sessions?",
        min_value=0,
        max_value=120,
    )
    names_shown = forms.BooleanField(
        label="Names of those who are seen may stand in the timetable",
        help_text="Without this it says roles and numbers alone. Your own people and the team "
        "read the names. If you take this away, names that stand there are deleted.",
        required=False,
    )
    look = {"break_minutes": {"width": 3, "suffix": "minutes", "noun": "the break"}}

    def __init__(
        self, data: Any = None, *, timetable: Timetable | None, may_name: bool, cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        timetable = timetable or Timetable()
        initial = {name: getattr(timetable, name) for name in ("break_minutes", "names_shown")}
        super().__init__(data, initial=initial)
        if not may_name:
            del self.fields["names_shown"]
        self.helper = self.build_helper()
