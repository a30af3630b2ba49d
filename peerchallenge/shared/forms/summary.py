"""What is wrong with a form, and where to go to put it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseFormSet, BoundField
from django.forms.utils import ErrorList

from peerchallenge.shared.fields import PARTS, ThreePartDate


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; without a target it is plain text."""

    text: str
    target: str = ""


def id_of(bound: BoundField) -> str:
    """The id the field's markup is built on; for choices, that of the first input."""
    return str(bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name)


def wrong_parts(bound: BoundField) -> list[str]:
    """Which boxes of a date the error is about; all of them when it does not say."""
    errors = bound.form.errors.get(bound.name, ErrorList()).as_data()
    for error in errors:
        parts = (error.params or {}).get("parts")
        if parts:
            return list(parts)
    return list(PARTS) if errors else []


def target_of(bound: BoundField) -> str:
    """The id of the input an error's link lands on."""
    if bound.is_hidden:
        return ""
    if isinstance(bound.field.widget, ThreePartDate):
        first = next((part for part in PARTS if part in wrong_parts(bound)), PARTS[0])
        return f"{id_of(bound)}_{first}"
    return id_of(bound)


def problems_of(*forms: BaseForm | BaseFormSet[Any]) -> list[Problem]:
    """Every error of these forms and formsets, in the order in which their fields stand."""
    found: list[Problem] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            found += [Problem(str(text)) for text in form.non_form_errors()]
            found += problems_of(*form.forms)
        else:
            found += _problems(form)
    return found


def _problems(form: BaseForm) -> Iterator[Problem]:
    for text in form.errors.get(NON_FIELD_ERRORS, []):
        yield Problem(str(text))
    for bound in form:
        for text in bound.errors:
            yield Problem(str(text), target_of(bound))
