from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import Fieldset, GovForm, ParamsForm, Submit
from peerchallenge.shared.forms.layout import ButtonGroup, Field, Group, Link
from rounds.forms.clock import ClockField
from rounds.queries.session_choices import SessionChoices
from rounds.queries.sessions import SeenWords, SessionWords
from rounds.scheduling.slots import said
from rounds.states import SessionKind

LEAST_ROWS, SPARE_ROWS, MOST_ROWS = 2, 1, 12
PARTS = ("role", "number", "service", "manages", "names")
WHERE = ("list", "grid")


class TimetableParams(ParamsForm):
    """How the timetable is shown; the grid shows one day."""

    view = forms.ChoiceField(choices=[(one, one) for one in WHERE], required=False, initial="list")
    day = forms.DateField(required=False)


class SeenRow(Group):
    """One group of people who are seen, in a line where there is room for it."""

    template = "rounds/session_seen_row.html"

    def __init__(self, number: int, *fields: Any) -> None:
        super().__init__(*fields)
        self.number = number


class SessionForm(GovForm):
    """All that is said of one session; `seen_mark` is the mark of what stood there."""

    submit_label = "Save this session"
    kind = forms.ChoiceField(label="What is it?", choices=SessionKind.choices)
    title = forms.CharField(
        label="Title (optional)",
        help_text="As it stands in the timetable. Left empty, it is called what it is.",
        max_length=160,
        required=False,
    )
    day = forms.ChoiceField(label="Day")
    start = ClockField(label="Starts at", help_text="For example, 9:30 or 14:15")
    minutes = forms.IntegerField(label="How long is it?", min_value=5, max_value=720)
    venue = forms.ChoiceField(label="Venue", required=False)
    new_venue = forms.CharField(
        label="Or a new venue (optional)",
        help_text="Its name. It is added to the venues, where you say how to get in and how far "
        "it is from the others.",
        max_length=120,
        required=False,
    )
    room = forms.CharField(label="Room (optional)", max_length=80, required=False)
    link = forms.URLField(
        label="Or the address where it is held online (optional)",
        help_text="It starts with https://",
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    team = forms.MultipleChoiceField(
        label="Who of the team is there?", required=False, widget=forms.CheckboxSelectMultiple
    )
    note_taker = forms.ChoiceField(label="Who takes notes?", required=False)
    line = forms.ChoiceField(label="Line of enquiry (optional)", required=False)
    councillors = forms.BooleanField(
        label="Councillors are seen",
        help_text="Not in the weeks before an election.",
        required=False,
    )
    tentative = forms.BooleanField(
        label="It is tentative",
        help_text="Not settled yet with those who are seen.",
        required=False,
    )
    note = LongTextField(
        label="Note for those who are there (optional)",
        help_text="What to bring, whom to ask for. The host’s people and the team read it.",
        required=False,
        max_length=2000,
        rows=3,
    )
    seen_mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    look = {
        "kind": {"noun": "what it is"},
        "day": {"noun": "the day"},
        "start": {"noun": "when it starts", "width": 5},
        "minutes": {"noun": "the length", "width": 3, "suffix": "minutes"},
        "venue": {"noun": "the venue"},
        "new_venue": {"noun": "the new venue", "width": "two-thirds"},
        "room": {"width": 20},
        "link": {"noun": "the address"},
        "team": {"small": True},
        "councillors": {"small": True},
        "tentative": {"small": True},
    }

    def __init__(
        self,
        data: Any = None,
        *,
        choices: SessionChoices,
        words: SessionWords | None = None,
        mark: str = "",
        cancel_url: str = "",
        another: bool = False,
        may_add_venue: bool = False,
    ) -> None:
        self.choices, self.cancel_url, self.another = choices, cancel_url, another
        self.seen = list(words.seen) if words else []
        self.rows = self._count(data)
        super().__init__(data, initial=self._initial(words, mark))
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            # Where the visit has other days by now, the session's own says so.
            (one.day.isoformat(), said(one.day) + ("" if one.phase else f" – {one.label}"))
            for one in choices.days
        ]
        for name, rows, empty in (
            ("venue", choices.venues, "Not settled yet"),
            ("note_taker", choices.team, "Nobody yet"),
            ("line", choices.lines, "None in particular"),
        ):
            self.fields[name].choices = [("", empty), *_pairs(rows)]  # type: ignore[attr-defined]
        self.fields["team"].choices = _pairs(choices.team)  # type: ignore[attr-defined]
        if not may_add_venue:
            del self.fields["new_venue"]
            self.fields["venue"].help_text = "The host’s director and officers add venues."
        for number in range(self.rows):
            self._add_row(number)
        self.helper = self.build_helper()

    def _count(self, data: Any) -> int:
        """As many as were on the page that comes back; else one more than is said."""
        if data is None:
            return min(MOST_ROWS, max(LEAST_ROWS, len(self.seen) + SPARE_ROWS))
        sent = [number for number in range(MOST_ROWS) if f"role_{number}" in data]
        return max([LEAST_ROWS, *(number + 1 for number in sent)])

    def _initial(self, words: SessionWords | None, mark: str) -> dict[str, Any]:
        if words is None:
            return {}
        initial = {name: getattr(words, name) for name in self.base_fields if hasattr(words, name)}
        initial |= {"day": words.day.isoformat(), "seen_mark": mark}
        if words.title == SessionKind(words.kind).label:
            initial["title"] = ""
        for number, one in enumerate(words.seen):
            initial |= {f"{part}_{number}": getattr(one, part) for part in PARTS}
        return initial

    def _add_row(self, number: int) -> None:
        role = forms.CharField(label="Role", max_length=120, required=False)
        many = forms.IntegerField(label="How many", min_value=1, max_value=500, required=False)
        service = forms.CharField(label="Service or team", max_length=120, required=False)
        manages = forms.BooleanField(label="They manage people there", required=False)
        rows = {"role": role, "number": many, "service": service, "manages": manages}
        if self.choices.names_shown:
            rows["names"] = forms.CharField(label="Names", max_length=300, required=False)
        for part, field in rows.items():
            self.fields[f"{part}_{number}"] = field
            self.ask(f"{part}_{number}", label_size="")
        self.ask(f"number_{number}", width=3, noun=f"how many of group {number + 1}")
        self.ask(f"manages_{number}", small=True)

    def build_layout(self) -> Layout:
        rows = [
            SeenRow(
                number + 1,
                *(Field(f"{part}_{number}") for part in PARTS if f"{part}_{number}" in self.fields),
            )
            for number in range(self.rows)
            if f"role_{number}" in self.fields
        ]
        return Layout(
            Fieldset("What and when", *map(Field, ("kind", "title", "day", "start", "minutes"))),
            Fieldset("Where", *map(Field, self._asked("venue", "new_venue", "room", "link"))),
            Fieldset("Who is seen", *rows, Field("councillors")),
            Fieldset("The team", *map(Field, ("team", "note_taker", "line"))),
            Fieldset("More", *map(Field, ("tentative", "note"))),
            self.build_buttons(),
        )

    def _asked(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def build_buttons(self) -> ButtonGroup:
        buttons: list[Any] = [Submit(self.submit_label)]
        if self.another:
            text = "Save and add another"
            buttons.append(Submit(text, name="another", value="1", kind="secondary"))
        if self.cancel_url:
            buttons.append(Link("Cancel", self.cancel_url))
        return ButtonGroup(*buttons)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if name := cleaned.get("new_venue", "").strip():
            self._settle_venue(name)
        for number in range(self.rows):
            others = (cleaned.get(f"{part}_{number}") for part in PARTS[1:])
            if any(others) and not cleaned.get(f"role_{number}"):
                self.add_error(f"role_{number}", "Enter the role of those who are seen")
        return cleaned

    def _settle_venue(self, name: str) -> None:
        """One of that name is there already: it is meant."""
        there = {text.casefold(): str(key) for key, text in self.choices.venues}
        if key := there.get(name.casefold()):
            self.cleaned_data |= {"venue": key, "new_venue": ""}
        elif self.cleaned_data.get("venue"):
            self.add_error("new_venue", "Choose a venue or enter a new one, not both")

    def words(self) -> SessionWords:
        cleaned = self.cleaned_data
        kind = cleaned["kind"]
        return SessionWords(
            kind=kind,
            title=cleaned["title"].strip() or SessionKind(kind).label,
            day=self.choices.day(cleaned["day"]),
            start=cleaned["start"],
            minutes=cleaned["minutes"],
            venue=_key(cleaned["venue"]),
            room=cleaned["room"],
            link=cleaned["link"],
            tentative=cleaned["tentative"],
            line=_key(cleaned["line"]),
            team=tuple(sorted(int(one) for one in cleaned["team"])),
            note_taker=_key(cleaned["note_taker"]),
            councillors=cleaned["councillors"],
            note=cleaned["note"],
            seen=tuple(self._groups()),
        )

    def _groups(self) -> Iterable[SeenWords]:
        for number in range(self.rows):
            of_row = {part: self.cleaned_data.get(f"{part}_{number}") for part in PARTS}
            if of_row["role"]:
                yield SeenWords(
                    role=of_row["role"],
                    number=of_row["number"] or 1,
                    service=of_row["service"] or "",
                    manages=bool(of_row["manages"]),
                    names=of_row["names"] or "",
                )

    def show_theirs(self, mark: str) -> None:
        """What was typed stays; the next press counts as having seen what stands now."""
        self.data = self.data.copy()
        self.data["seen_mark"] = mark


def _pairs(rows: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(key), text) for key, text in rows]


def _key(value: str) -> int | None:
    return int(value) if value else None
