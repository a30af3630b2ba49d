from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from authorities.models import User
from feedback.models import AccuracyPoint
from feedback.queries import Check, Row, ThreadPoint
from feedback.states import PointOutcome
from peerchallenge.shared import personal_data
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm
from peerchallenge.shared.personal_data.passages import Detail

LONGEST = 4_000


class PlaceParams(ParamsForm):
    """The paragraph of which somebody wants to say something, or nothing after all."""

    at = forms.CharField(max_length=80, required=False, initial="")
    close = forms.CharField(max_length=80, required=False, initial="")


@dataclass(frozen=True)
class PlaceRow:
    """One paragraph on the page; with boxes where somebody is saying what is wrong with it."""

    row: Row
    text: BoundField | None = None
    seen: BoundField | None = None
    theirs: AccuracyPoint | None = None

    @property
    def names(self) -> str:
        """What its own button sends; the boxes of other paragraphs stay where they are."""
        place = self.row.place.place
        return f"csrfmiddlewaretoken,keep,wrong-{place},seen-{place}"

    @property
    def warnings(self) -> list[str]:
        """What may identify a child in what is noted."""
        found = personal_data.find(self.row.wrong)
        return [f"“{one.text}” looks like {one.label}" for one in found]


class CheckForm(GovForm):
    """What is wrong with some paragraphs, and the reply that takes it along."""

    noted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    no_child = forms.MultipleChoiceField(
        label="Which of these identify no child?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        check: Check,
        details: Sequence[Detail[Any]],
        at: str = "",
        **kwargs: Any,
    ) -> None:
        self.check, self.theirs = check, dict[str, AccuracyPoint | None]()
        wanted = [row for row in check.rows if self._is_open(row, data, at)]
        self.boxes = {row.place.place for row in wanted}
        declared = type(self).declared_fields
        self.base_fields = {"noted": declared["noted"], "no_child": declared["no_child"]}
        for row in wanted:
            self.base_fields[f"wrong-{row.place.place}"] = self._box(row)
            self.base_fields[f"seen-{row.place.place}"] = forms.CharField(
                initial=row.seen, widget=forms.HiddenInput, required=False, max_length=64
            )
        super().__init__(data, initial={"noted": check.seen}, **kwargs)
        self._ask_of_details(details)
        for place in self.boxes:
            self.ask(f"wrong-{place}", noun="what is wrong")
            if data is None:
                self.fields[f"wrong-{place}"].widget.attrs["autofocus"] = True

    def _ask_of_details(self, details: Sequence[Detail[Any]]) -> None:
        """What keeps the reply from being sent: confirmed by name, or taken out."""
        self.details = details
        choices = [(one.fingerprint, f"“{one.text}” looks like {one.label}") for one in details]
        self.fields["no_child"].choices = choices
        self.ask("no_child", noun="those that identify no child", small=True)

    @staticmethod
    def _is_open(row: Row, data: Any, at: str) -> bool:
        return f"wrong-{row.place.place}" in data if data is not None else row.place.place == at

    @staticmethod
    def _box(row: Row) -> LongTextField:
        return LongTextField(
            label="What is missing, or wrong with all of it?"
            if row.is_whole
            else f"What is wrong in {row.number}, and what should it say?",
            initial=row.wrong,
            required=False,
            rows=4,
            validators=[MaxLengthValidator(LONGEST)],
        )

    @property
    def texts(self) -> dict[str, str]:
        """Place to what is wrong there, as typed."""
        return {place: self.cleaned_data.get(f"wrong-{place}", "").strip() for place in self.boxes}

    def seen(self, place: str) -> str:
        return str(self.cleaned_data.get(f"seen-{place}", ""))

    def keep_both(self, place: str, theirs: AccuracyPoint | None, by: User) -> None:
        """A colleague noted something there meanwhile: theirs is shown beside what was typed."""
        self.theirs[place] = theirs
        noted = "noted something of this paragraph"
        said = f"{theirs.by if theirs else 'Somebody'} {noted} while you were writing"
        if theirs and theirs.by_id == by.pk:
            said = f"You {noted} in another window too"
        self.add_error(f"wrong-{place}", f"{said}. Put the two together, then keep it again")

    def drawn_on(self, check: Check, details: Sequence[Detail[Any]]) -> None:
        """Show what is kept by now; the next press is made knowing of it."""
        self.check = check
        self._ask_of_details(details)
        self.data = self.data.copy()
        self.data["noted"] = check.seen
        for row in check.rows:
            if row.place.place in self.boxes:
                self.data[f"seen-{row.place.place}"] = row.seen

    def close(self) -> None:
        """What was kept is shown as kept, not as something still being written."""
        if self.is_bound and not self.non_field_errors():
            self.boxes -= {place for place in self.boxes if f"wrong-{place}" not in self.errors}

    @property
    def typed(self) -> list[str]:
        """What was typed, whatever came of it."""
        boxes = (self[f"wrong-{place}"].value() for place in self.boxes)
        return [text for text in boxes if text] if self.is_bound else []

    def row(self, place: str) -> PlaceRow | None:
        return next((one for one in self.rows() if one.row.place.place == place), None)

    def rows(self) -> Iterable[PlaceRow]:
        for row in self.check.rows:
            place = row.place.place
            if place in self.boxes:
                boxes = self[f"wrong-{place}"], self[f"seen-{place}"]
                yield PlaceRow(row, *boxes, self.theirs.get(place))
            else:
                yield PlaceRow(row)

    def sections(self) -> list[tuple[str, list[PlaceRow]]]:
        """The paragraphs below their headings."""
        grouped = groupby(self.rows(), key=lambda one: one.row.place.heading)
        return [(heading, list(rows)) for heading, rows in grouped]


@dataclass(frozen=True)
class AnswerRow:
    """One point of the host on the lead's page, with what is asked of it."""

    said: ThreadPoint
    outcome: BoundField
    answer: BoundField
    seen: BoundField
    theirs: AccuracyPoint | None


class PointsForm(GovForm):
    """What the lead did about each point; some may wait."""

    def __init__(self, data: Any = None, *, points: Iterable[ThreadPoint], **kwargs: Any) -> None:
        self.points = {said.point.pk: said for said in points}
        self.theirs: dict[int, AccuracyPoint] = {}
        self.base_fields = {}
        for pk, said in self.points.items():
            self.base_fields |= self._fields(pk, said.point)
        super().__init__(data, **kwargs)
        for pk in self.points:
            self.ask(f"outcome_{pk}", noun="whether the letter was changed", small=True)
            self.ask(f"answer_{pk}", noun="what you say to it")

    @staticmethod
    def _fields(pk: int, point: AccuracyPoint) -> dict[str, forms.Field]:
        return {
            f"outcome_{pk}": forms.ChoiceField(
                label="What did you do?",
                choices=PointOutcome.choices,
                widget=forms.RadioSelect,
                initial=point.outcome,
                required=False,
            ),
            f"answer_{pk}": LongTextField(
                label="Your answer",
                help_text="The host and the approver read it. Say why where it is kept as it is.",
                initial=point.answer,
                required=False,
                rows=2,
                validators=[MaxLengthValidator(LONGEST)],
            ),
            f"seen_{pk}": forms.CharField(
                initial=point.answer_seen,
                widget=forms.HiddenInput,
                required=False,
                max_length=64,
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for pk in self.points:
            outcome, answer = cleaned.get(f"outcome_{pk}"), cleaned.get(f"answer_{pk}")
            if outcome == PointOutcome.KEPT and not answer and not self.has_error(f"answer_{pk}"):
                self.add_error(f"answer_{pk}", "Enter why it is kept as it is")
            if answer and not outcome:
                self.add_error(f"outcome_{pk}", "Select whether you changed it or kept it")
        return cleaned

    @property
    def answers(self) -> dict[int, tuple[str, str]]:
        """Point to outcome and words, of those that were answered."""
        cleaned = self.cleaned_data
        return {
            pk: (cleaned[f"outcome_{pk}"], cleaned[f"answer_{pk}"])
            for pk in self.points
            if cleaned.get(f"outcome_{pk}")
        }

    @property
    def seen(self) -> dict[int, str]:
        return {pk: self.cleaned_data.get(f"seen_{pk}", "") for pk in self.points}

    def keep_both(self, theirs: Iterable[AccuracyPoint], by: User) -> None:
        """These were answered otherwise meanwhile: that answer is shown beside the one typed."""
        self.data = self.data.copy()
        for point in theirs:
            self.theirs[point.pk] = point
            self.data[f"seen_{point.pk}"] = point.answer_seen
            answered = f"{point.answered_by} answered this while you were writing"
            if point.answered_by_id == by.pk:
                answered = "You answered this in another window too"
            self.add_error(
                f"answer_{point.pk}",
                f"{answered}. Put the two answers together, then save again",
            )

    def rows(self) -> list[AnswerRow]:
        return [
            AnswerRow(
                said,
                self[f"outcome_{pk}"],
                self[f"answer_{pk}"],
                self[f"seen_{pk}"],
                self.theirs.get(pk),
            )
            for pk, said in self.points.items()
        ]
