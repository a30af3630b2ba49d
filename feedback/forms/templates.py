from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField

from feedback.forms.written import WrittenField
from feedback.queries.templates import Part
from feedback.states import PartKind
from peerchallenge.shared.forms import GovForm, ParamsForm

KINDS = "|".join(kind for kind in PartKind.values if kind != PartKind.ANSWER)
# “line-12” is what a letter calls the answer to one of its host's questions.
ONE = rf"(?!line-)[a-z0-9_-]{{1,50}}:({KINDS})"
ORDER = rf"{ONE}(,{ONE})*"
HEADING = 160


@dataclass(frozen=True)
class PartBoxes:
    """One part of the template on the page."""

    part: Part
    place: int
    heading: BoundField
    text: BoundField
    first: bool
    last: bool

    @property
    def title(self) -> str:
        """As it is headed in the box, saved or not."""
        return str(self.heading.value() or self.part.label)


class PressParams(ParamsForm):
    """Which button was pressed: “up:scope”, “add:team”; none for the plain one."""

    press = forms.RegexField(
        rf"^((up|down|remove|back):[a-z0-9_-]{{1,50}}|add:({KINDS})|preview|release)$",
        required=False,
    )


class EditsParams(ParamsForm):
    """Which state of the template was read before it is released; none, if nothing says so."""

    edits = forms.IntegerField(min_value=0, initial=-1)


class TryParams(ParamsForm):
    letter = forms.IntegerField(required=False, min_value=1, max_value=10**18)


class TemplateForm(GovForm):
    """Every part of a template in its order, as the page had them when it was drawn."""

    edits = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    order = forms.RegexField(rf"^{ORDER}$", max_length=4_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, parts: Sequence[Part], edits: int) -> None:
        self.clashed = False
        self.drawn = _posted(str(data.get("order", ""))) if data is not None else list(parts)
        super().__init__(data, initial={"edits": edits, "order": _order(parts)})
        for place, part in enumerate(self.drawn, 1):
            self.fields[f"heading_{part.key}"] = forms.CharField(
                label=f"Heading of part {place}",
                initial=part.heading,
                max_length=HEADING,
                required=False,
            )
            self.fields[f"text_{part.key}"] = WrittenField(part.text, label=f"Text of part {place}")
            self.ask(f"heading_{part.key}", noun=f"the heading of part {place}")
            self.ask(f"text_{part.key}", noun=f"the text of part {place}")
        self.helper = self.build_helper()

    @property
    def parts(self) -> list[Part]:
        """As they were sent."""
        return [
            replace(
                part,
                heading=" ".join(self.cleaned_data[f"heading_{part.key}"].split()),
                text=self.cleaned_data[f"text_{part.key}"].replace("\r\n", "\n").strip(),
            )
            for part in self.drawn
        ]

    def rows(self) -> list[PartBoxes]:
        last = len(self.drawn)
        return [
            PartBoxes(
                part,
                place,
                self[f"heading_{part.key}"],
                self[f"text_{part.key}"],
                place == 1,
                place == last,
            )
            for place, part in enumerate(self.drawn, 1)
        ]

    def keep_both(self, edits: int) -> None:
        """The next save is made knowing of what somebody else saved meanwhile."""
        self.clashed = True
        self.data = self.data.copy()
        self.data["edits"] = str(edits)
        self.add_error(
            None,
            "This template was saved while you had the page open, by somebody else or by you in "
            "another window. Yours is in the boxes and not saved; what is saved now stands below. "
            "Save again to keep yours",
        )


def _order(parts: Iterable[Part]) -> str:
    return ",".join(f"{part.key}:{part.kind}" for part in parts)


def _posted(order: str) -> list[Part]:
    """The parts that the page had; each key once."""
    pairs = (pair.partition(":") for pair in order[:4_000].split(",") if ":" in pair)
    known = {key: kind for key, _, kind in pairs if kind in PartKind.values}
    return [Part(key, kind, "", "") for key, kind in known.items()]
