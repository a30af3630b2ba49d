"""One answer, asked for as its kind needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongText, LongTextField
from peerchallenge.shared.forms.layout import Field, Fieldset, Hint
from rounds.forms.boxes import BoxForm, Written
from rounds.queries.writing import Entry
from rounds.states import Leaning, QuestionKind

NUMBER = re.compile(r"[-+−]?[0-9]+(\.[0-9]+)?")
EMPTY_ROWS = 3
MOST_ROWS = 20
LONGEST_CELL = 2_000


class AnswerForm(BoxForm):
    """The answer to one question. `alone`: its question is the page's heading."""

    leaning = forms.ChoiceField(
        label="What does this show?",
        choices=[*Leaning.choices, ("", "Not marked")],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, entry: Entry, alone: bool = True) -> None:
        self.entry, self.alone = entry, alone
        answer = entry.answer
        initial = {
            "version": entry.version,
            "leaning": answer.leaning if answer else "",
            **self.at_first(entry, data),
        }
        super().__init__(data, prefix=entry.prefix, initial=initial)
        areas = [area.name for area in entry.question.areas.all()]
        if areas and self.leans:
            self.fields["leaning"].help_text = f"It speaks to: {', '.join(areas)}."
            self.ask("leaning", small=True, inline=True)
        else:
            del self.fields["leaning"]

    leans = True

    def at_first(self, entry: Entry, data: Any) -> dict[str, Any]:
        """What the fields hold before anybody types."""
        return {"text": entry.text}

    def put(self, name: str, *, hint: str = "") -> None:
        """The question as the label of the field that answers it."""
        question = self.entry.question
        self.fields[name].label = question.text
        self.fields[name].help_text = " ".join(part for part in (question.guidance, hint) if part)
        self.ask(name, heading=self.alone, label_size=self.size, noun="your answer")

    def build_layout(self) -> Layout:
        return Layout(*self.rest())

    def rest(self, *drawn: str) -> list[Field]:
        """The fields that nothing else draws; the page draws the leaning below the status."""
        return [Field(name) for name in self.fields if name not in {*drawn, "leaning"}]

    @property
    def size(self) -> str:
        return "l" if self.alone else "m"

    @property
    def leaning_chosen(self) -> str | None:
        return self.cleaned_data["leaning"] if "leaning" in self.fields else None

    def written(self) -> Written:
        return Written(self.cleaned_data["text"], leaning=self.leaning_chosen)


class LongAnswer(AnswerForm):
    """Its limit is said, not enforced: what is too long is saved all the same."""

    text = LongTextField(required=False)
    field_order = ["text"]

    def __init__(self, data: Any = None, *, entry: Entry, alone: bool = True) -> None:
        super().__init__(data, entry=entry, alone=alone)
        self.fields["text"].widget = LongText(rows=14 if alone else 8)
        self.put("text", hint=f"Up to {entry.limit} words." if entry.limit else "")


class ShortAnswer(AnswerForm):
    text = forms.CharField(required=False)
    field_order = ["text"]

    def __init__(self, data: Any = None, *, entry: Entry, alone: bool = True) -> None:
        super().__init__(data, entry=entry, alone=alone)
        self.put("text")


class ChoiceAnswer(AnswerForm):
    text = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    field_order = ["text"]

    def __init__(self, data: Any = None, *, entry: Entry, alone: bool = True) -> None:
        super().__init__(data, entry=entry, alone=alone)
        offered = [str(choice) for choice in entry.question.options.get("choices", [])]
        choices = [(choice, choice) for choice in offered]
        if entry.text and entry.text not in offered:
            choices.append((entry.text, f"{entry.text} (no longer offered)"))
        if not entry.question.required:
            choices.append(("", "No answer"))
        self.fields["text"].choices = choices
        self.put("text")


class MeasureAnswer(AnswerForm):
    """A figure and where it stood; a baseline may be missing."""

    value = forms.CharField(label="Value", required=False, max_length=40)
    baseline = forms.CharField(label="Baseline, if there is one", required=False, max_length=40)
    field_order = ["value", "baseline"]

    def __init__(self, data: Any = None, *, entry: Entry, alone: bool = True) -> None:
        self.unit = str(entry.question.options.get("unit", ""))
        super().__init__(data, entry=entry, alone=alone)
        for name in ("value", "baseline"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
            self.ask(name, width=10, suffix=self.unit, noun=f"the {name}", label_size="s")

    def at_first(self, entry: Entry, data: Any) -> dict[str, Any]:
        held = entry.answer.data if entry.answer else {}
        return {name: str(held.get(name, "")) for name in ("value", "baseline")}

    def build_layout(self) -> Layout:
        question = self.entry.question
        hint_id = f"{self.prefix}-guidance"
        guidance = [Hint(question.guidance, hint_id)] if question.guidance else []
        fields = [Field(name) for name in ("value", "baseline")]
        measure = Fieldset(
            question.text,
            *guidance,
            *fields,
            size=self.size,
            heading=self.alone,
            described_by=hint_id if guidance else "",
        )
        return Layout(measure, *self.rest("value", "baseline"))

    def clean_value(self) -> str:
        return self._number("value")

    def clean_baseline(self) -> str:
        return self._number("baseline")

    def _number(self, name: str) -> str:
        """As it was typed, once it reads as a number: "1,250", "3.5", "12%"."""
        typed = str(self.cleaned_data[name]).strip()
        bare = re.sub(r"[ ,]|%$", "", typed)
        if typed and not NUMBER.fullmatch(bare):
            raise forms.ValidationError(f"{name.capitalize()} must be a number, like 12 or 3.5")
        return typed

    def written(self) -> Written:
        data = {name: self.cleaned_data[name] for name in ("value", "baseline")}
        said = [
            f"{name.capitalize()}: {number} {self.unit}".strip()
            for name, number in data.items()
            if number
        ]
        return Written("; ".join(said), data if said else {}, self.leaning_chosen)


class TableAnswer(AnswerForm):
    """Rows of cells, with some empty ones below those that are filled."""

    def __init__(self, data: Any = None, *, entry: Entry, alone: bool = True) -> None:
        options = entry.question.options
        self.columns = [str(column) for column in options.get("columns", [])] or ["Answer"]
        held = self._held(entry)
        self.most = max(int(options.get("rows") or MOST_ROWS), len(held))
        self.number = min(self.most, max(len(held) + EMPTY_ROWS, self._sent(entry, data)))
        super().__init__(data, entry=entry, alone=alone)
        for row in range(self.number):
            for place, column in enumerate(self.columns):
                name = f"cell_{row}_{place}"
                label = f"{column}, row {row + 1}"
                self.fields[name] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=LONGEST_CELL,
                    widget=forms.Textarea({"rows": 2}),
                )
                self.ask(name, hide_label=True, noun=label)

    def _held(self, entry: Entry) -> list[list[str]]:
        held = entry.answer.data.get("rows", []) if entry.answer else []
        return [[str(cell) for cell in row] for row in held]

    def _sent(self, entry: Entry, data: Mapping[str, Any] | None) -> int:
        """How many rows the page had that these fields come from."""
        if data is None:
            return 0
        return sum(f"{entry.prefix}-cell_{row}_0" in data for row in range(self.most))

    def at_first(self, entry: Entry, data: Any) -> dict[str, Any]:
        return {
            f"cell_{row}_{place}": cell
            for row, cells in enumerate(self._held(entry))
            for place, cell in enumerate(cells)
        }

    @property
    def rows(self) -> list[list[Any]]:
        """The cells' fields, row by row, for the template."""
        return [
            [self[f"cell_{row}_{place}"] for place in range(len(self.columns))]
            for row in range(self.number)
        ]

    @property
    def may_grow(self) -> bool:
        return self.number < self.most

    def build_layout(self) -> Layout:
        """Its cells stand in a table that the page's template draws."""
        return Layout(*self.rest(*(name for name in self.fields if name.startswith("cell_"))))

    def written(self) -> Written:
        cells = [
            [self.cleaned_data[f"cell_{row}_{place}"] for place in range(len(self.columns))]
            for row in range(self.number)
        ]
        rows = [row for row in cells if any(row)]
        lines = [
            "; ".join(
                f"{column}: {cell}" for column, cell in zip(self.columns, row, strict=True) if cell
            )
            for row in rows
        ]
        return Written("\n".join(lines), {"rows": rows} if rows else {}, self.leaning_chosen)


class FileAnswer(AnswerForm):
    """Answered by the documents attached to it: there is nothing to type."""

    leans = False

    def written(self) -> Written:
        return Written(self.entry.text)


KINDS: dict[str, type[AnswerForm]] = {
    QuestionKind.LONG_TEXT: LongAnswer,
    QuestionKind.SHORT_TEXT: ShortAnswer,
    QuestionKind.CHOICE: ChoiceAnswer,
    QuestionKind.MEASURE: MeasureAnswer,
    QuestionKind.TABLE: TableAnswer,
    QuestionKind.FILE: FileAnswer,
}


def answer_form(entry: Entry, data: Any = None, *, alone: bool = True) -> AnswerForm:
    """The form that the question's kind asks for."""
    return KINDS[entry.question.kind](data, entry=entry, alone=alone)
