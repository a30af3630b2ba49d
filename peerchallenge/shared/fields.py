"""Fields and widgets that ask and answer in the GOV.UK way."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.db.models import Q, TextChoices

from peerchallenge.shared import personal_data


class RegionColour(TextChoices):
    """The colours of static/src/_palette.scss; each holds white text at 7:1 or better."""

    TEAL = "teal", "Teal"
    PLUM = "plum", "Plum"
    FOREST = "forest", "Forest"
    SLATE = "slate", "Slate"
    NAVY = "navy", "Navy"
    BURGUNDY = "burgundy", "Burgundy"
    RUST = "rust", "Rust"
    INDIGO = "indigo", "Indigo"
    OLIVE = "olive", "Olive"


class Sentence(str):
    """An error message that names an answer, which may hold a per cent sign.

    Django fills a message with `%`; here only the limit is filled in, the rest stays as it is.
    """

    def __mod__(self, params: Any) -> str:
        limit = params.get("limit_value", "")
        said = f"{limit:,}" if isinstance(limit, int) else str(limit)
        return self.replace("%(limit_value)s", said)


# Whole texts go in here (a section of a self-assessment); nothing sane is longer.
TEXT_LIMIT = 50_000
# The same words as in the browser, where govuk-frontend counts with Intl.Segmenter: letters and
# digits, with an apostrophe between letters and a point or comma between digits. "Under-fives"
# are two, a dash alone is none.
WORD = re.compile(
    r"[^\W_](?:\w|[\u0300-\u036f\u00ad\ufeff]"
    r"|(?<=[^\W\d_])['’‘·](?=[^\W\d_])|(?<=\d)['’‘.,;](?=\d))*"
)


def count_words(text: str) -> int:
    return len(WORD.findall(text))


class MaxWordsValidator(BaseValidator):
    message = "Must be %(limit_value)s words or less"
    code = "max_words"

    def compare(self, a: int, b: int) -> bool:
        return a > b

    def clean(self, x: str) -> int:
        return count_words(x)


class LongText(forms.Textarea):
    """A textarea that says how many words or characters are left."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        rows: int = 5,
        max_words: int | None = None,
        max_characters: int | None = None,
        threshold: int | None = None,
    ) -> None:
        super().__init__({"rows": rows, **(attrs or {})})
        self.max_words = max_words
        self.max_characters = max_characters
        self.threshold = threshold


class LongTextField(forms.CharField):
    """Paragraphs of text, with an optional limit in words or in characters."""

    def __init__(
        self,
        *,
        max_words: int | None = None,
        max_length: int | None = None,
        rows: int = 5,
        threshold: int | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault(
            "widget",
            LongText(
                rows=rows, max_words=max_words, max_characters=max_length, threshold=threshold
            ),
        )
        super().__init__(max_length=max_length or TEXT_LIMIT, **kwargs)
        if max_words is not None:
            self.validators.append(MaxWordsValidator(max_words))


def names_no_child(text: str) -> None:
    """For a sentence that others read at once: said anew, where it looks like a child's details."""
    for one in personal_data.find(text):
        raise ValidationError(f"Take out “{one.text}”, which looks like {one.label}")


PARTS = ("day", "month", "year")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class ThreePartDate(forms.MultiWidget):
    """Day, month and year in three small boxes, named <field>_day and so on."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: object) -> list[str]:
        if isinstance(value, str):
            try:
                value = datetime.date.fromisoformat(value[:10])
            except ValueError:
                return ["", "", ""]
        if isinstance(value, datetime.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]


class ThreePartDateField(forms.MultiValueField):
    """A date asked for in three parts; an error says which part is missing or wrong."""

    widget = ThreePartDate

    def __init__(
        self,
        *,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        noun: str = "",
        **kwargs: Any,
    ) -> None:
        self.earliest = earliest or datetime.date(1900, 1, 1)
        self.latest = latest or datetime.date(2199, 12, 31)
        # "Date of day 1": how an error names the answer; the label unless a form says otherwise.
        self.noun = noun
        parts = [forms.CharField(required=False, max_length=20) for _ in PARTS]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    @property
    def _named(self) -> str:
        noun = self.noun or str(self.label or "Date")
        return noun[:1].upper() + noun[1:]

    def clean(self, value: Any) -> datetime.date | None:
        if self.disabled and not isinstance(value, list):
            value = ThreePartDate().decompress(value)
        given = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(given):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.compress(given)

    def compress(self, data_list: Sequence[str]) -> datetime.date:
        missing = [part for part, text in zip(PARTS, data_list, strict=True) if not text]
        if missing:
            raise _wrong(f"{self._named} must include {_listed(missing)}", "missing", missing)
        day, month, year = data_list
        if not re.fullmatch(r"[0-9]{4}", year):
            raise _wrong("Year must include 4 numbers", "year", ["year"])
        try:
            found = datetime.date(int(year), _month(month), _digits(day))
        except ValueError:
            raise _wrong(f"{self._named} must be a real date", "real", list(PARTS)) from None
        self._check_range(found)
        return found

    def _check_range(self, found: datetime.date) -> None:
        if found < self.earliest:
            limit = f"{self.earliest:%-d %B %Y}"
            text = f"{self._named} must be the same as or after {limit}"
            raise _wrong(text, "earliest", list(PARTS))
        if found > self.latest:
            limit = f"{self.latest:%-d %B %Y}"
            text = f"{self._named} must be the same as or before {limit}"
            raise _wrong(text, "latest", list(PARTS))


def _wrong(message: str, code: str, parts: list[str]) -> ValidationError:
    return ValidationError(Sentence(message), code=code, params={"parts": parts})


def _listed(parts: list[str]) -> str:
    return "a " + " and ".join(parts)


def _digits(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise ValueError(text)
    return int(text)


def _month(text: str) -> int:
    """A month by number or by name, short or whole."""
    if text.isascii() and text.isalpha() and len(text) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(text.lower()):
                return number
    return _digits(text)


def both_or_neither(first: str, second: str) -> Q:
    """For a constraint on two columns that say one thing together, such as who and when."""
    return Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": False, f"{second}__isnull": False}
    )
