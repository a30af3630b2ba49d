"""Merging findings, putting them in order, and saying what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from feedback.forms.findings import FindingChangeForm
from feedback.models import Finding
from feedback.states import Grouping, SourceKind, Way
from peerchallenge.shared.forms import GovForm, ParamsForm

LARGEST = 2**63 - 1
MOST_MERGED = 12


class MergeParams(ParamsForm):
    """Which findings are to become one: their keys, in an address or in a form."""

    finding = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen = [key for key in self.data.getlist("finding") if key.isdecimal()]
        found = self.fields["finding"]
        found.choices = [(key, key) for key in chosen[:MOST_MERGED] if int(key) <= LARGEST]  # type: ignore[attr-defined]


class MergeForm(FindingChangeForm):
    """What several findings say together; at first the one text below the other."""

    seen = forms.RegexField(
        r"^\d{1,18}:[0-9a-f]{16}(,\d{1,18}:[0-9a-f]{16})*$",
        widget=forms.HiddenInput,
        max_length=500,
    )

    look = {**FindingChangeForm.look, "letter_text": {"rows": 12}}

    def __init__(self, data: Any = None, *, parts: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(data, finding=parts[0], **kwargs)
        self.initial["team_text"] = "\n\n".join(part.team_text for part in parts)
        self.initial["letter_text"] = "\n\n".join(filter(None, (p.letter_text for p in parts)))
        self.initial["for_letter"] = any(part.for_letter for part in parts)
        self.initial["seen"] = _marks(parts)

    def look_again(self, parts: Sequence[Finding]) -> None:
        """One of them was changed meanwhile: the next press is made having seen it."""
        self.data = self.data.copy()
        self.data["seen"] = _marks(parts)
        self.add_error(
            "team_text",
            "Somebody else on the team changed one of these findings meanwhile. "
            "Look at them again, then merge",
        )

    def finding(self) -> dict[str, Any]:
        kept = super().finding()
        marks = (mark.split(":") for mark in kept["seen"].split(","))
        return kept | {"seen": {int(key): seen for key, seen in marks}}


class OrderParams(ParamsForm):
    """Which group is put in order; what was moved last gets the focus back."""

    group = forms.ChoiceField(choices=Grouping.choices, initial=Grouping.THEME)
    of = forms.CharField(max_length=120, initial="")
    moved = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    way = forms.ChoiceField(choices=Way.choices, required=False)


class MoveForm(ParamsForm):
    """“12:up”, as the pressed button says it."""

    move = forms.RegexField(rf"^\d{{1,18}}:({'|'.join(Way.values)})$")

    def pressed(self) -> tuple[int, Way]:
        key, way = self.cleaned_data["move"].split(":")
        return int(key), Way(way)


class SourceForm(GovForm):
    """Where the team has a finding from."""

    submit_label = "Add this source"
    kind = forms.ChoiceField(
        label="What is it?", choices=SourceKind.choices, widget=forms.RadioSelect
    )
    session = forms.ChoiceField(label="Which session?", required=False)
    said = forms.CharField(
        label="Which document, figure or session?",
        help_text="Such as “Children looked after plan, page 4”. Nobody’s name.",
        max_length=300,
        required=False,
    )
    look = {
        "kind": {"noun": "what it is", "small": True},
        "session": {"width": "full"},
        "said": {"width": "full"},
    }

    def __init__(
        self, data: Any = None, *, sessions: list[tuple[int, str]], cancel_url: str, **kwargs: Any
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)
        self.sessions = {str(key): name for key, name in sessions}
        if sessions:
            choices = [("", "None of these"), *self.sessions.items()]
            self.fields["session"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["session"]
            self.helper = self.build_helper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, said, session = (cleaned.get(name, "") for name in ("kind", "said", "session"))
        if kind == SourceKind.SESSION and not (session or said):
            where = "session" if self.sessions else "said"
            self.add_error(where, "Select the session, or say which it was")
        if kind in {SourceKind.DOCUMENT, SourceKind.DATA} and not said:
            self.add_error("said", "Enter which document or figure it is")
        return cleaned

    def source(self) -> dict[str, Any]:
        """What an action takes; a session is told by its words too, should it be taken out."""
        kind, said = self.cleaned_data["kind"], self.cleaned_data["said"]
        session = self.cleaned_data.get("session") if kind == SourceKind.SESSION else ""
        if session:
            said = "; ".join(filter(None, [self.sessions[session], said]))[:300]
        return {"kind": SourceKind(kind), "said": said, "session": int(session or 0) or None}


def _marks(parts: Sequence[Finding]) -> str:
    return ",".join(f"{part.pk}:{part.seen}" for part in parts)
