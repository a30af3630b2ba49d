"""Which of govuk-frontend's examples are not compared with ours, each for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.peerchallenge.shared.fixtures import examples

Options = dict[str, Any]

# What govuk-frontend offers and we do not, by where it stands in an example's options.
UNOFFERED = {
    "formGroup": "classes and attributes on a form group",
    "inputWrapper": "classes and attributes round an input",
    "countMessage": "classes on the count",
    "textareaDescriptionText": "another wording of the count",
    "conditional": "conditional reveals: they fail WCAG 4.1.2",
    "wrapperClasses": "the enhanced file input",
    "javascript": "the enhanced file input: its name does not hold its visible text",
    "namePrefix": "a prefix for names: Django's is for the whole form",
    "titleHtml": "HTML from callers",
    "descriptionHtml": "HTML from callers",
    "descriptionText": "a sentence above the errors",
    "disableAutoFocus": "focus that does not move to the errors",
    "visuallyHiddenText": "another language",
    "html": "HTML from callers: labels and hints are text",
    "isStartButton": "start buttons",
    "items.id": "ids chosen for one choice",
    "items.name": "a checkbox of another name in the same group",
    "items.attributes": "attributes on one choice",
    "items.disabled": "one choice switched off",
    "items.label": "classes and attributes on a choice's label",
    "items.autocomplete": "attributes on one box of a date",
    "items.pattern": "attributes on one box of a date",
    "items.inputmode": "attributes on one box of a date",
    "items.classes": "classes on one box of a date",
    "items.width": "widths of a date's boxes",
    "label.attributes": "attributes on labels",
    "hint.attributes": "attributes on hints",
    "errorMessage.attributes": "attributes on errors",
    "errorMessage.classes": "classes on errors",
    "hint.classes": "classes on hints",
    "prefix.classes": "classes on a prefix",
    "suffix.classes": "classes on a suffix",
    "prefix.attributes": "attributes on a prefix",
    "suffix.attributes": "attributes on a suffix",
    "fieldset.attributes": "attributes on a fieldset",
    "fieldset.classes": "classes on a fieldset",
    "role": "roles on a fieldset",
}


def unoffered(options: Options) -> str:
    """The first option of an example that we do not offer, in words; empty if we offer all."""
    if any("Text" in key and key != "titleText" for key in options):
        return "another language"
    for path in _paths(options):
        for known, reason in UNOFFERED.items():
            if path == known or path.endswith(f".{known}"):
                return reason
    return ""


def _paths(value: Any, path: str = "") -> Iterator[str]:
    """“items.hint.text” for every option, at every depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}".lstrip(".")
            yield here
            yield from _paths(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, path)


# Beyond what UNOFFERED says: single examples that ask for what we do not do.
APART = {
    "input": {
        "custom type": "numbers are asked for as text with a numeric keyboard",
    },
    "character-count": {
        "with maxwords": "the deprecated name of `countType: words`",
        "with count type 'length'": "the default, spelt out",
        "with count type 'characters'": "counting clusters: the server counts code points",
        "with count type 'characters' and value": "counting clusters",
        "with count type 'characters' and error message": "counting clusters",
        "with count type 'characters' and threshold": "counting clusters",
        "with textarea maxlength attribute": "native limits, which cut pasted text silently",
        "to configure in JavaScript": "a count without a limit",
        "with neither maxlength, maxwords nor textarea description set": "a count without a limit",
    },
    "date-input": {
        "with translations": "another language",
        "with errors only": "an error without words",
        "with errors only (using classes)": "an error without words",
        "classes": "a date without a name",
        "attributes": "a date without a name",
        "with empty items": "a date without a name",
        "with field value": "a date without a name",
        "with field value overriding values": "a date without a name",
    },
    "select": {
        "with falsy items": "items that are no items",
        "without values": "choices without values",
        "without values with selected value": "choices without values",
        "with falsy values": "choices without values",
        "hint": "a select without choices",
    },
    "radios": {
        "without fieldset": "a group without a name",
        "with falsy items": "items that are no items",
        "with idPrefix": "a group without a name",
        "minimal items and name": "a group without a name",
        "attributes": "attributes on the group",
        "with error message": "a group without a name",
        "with error message and idPrefix": "a group without a name",
        "item checked overrides value": "a group without a name",
        "prechecked using value": "a group without a name",
    },
    "checkboxes": {
        "with falsy values": "items that are no items",
        "classes": "a group without a name",
        "attributes": "attributes on the group",
        "item checked overrides values": "a group without a name",
        "with checked item": "a group without a name",
        "with idPrefix": "a group without a name",
        "with error and idPrefix": "a group without a name",
        "multiple hints": "a group without a name",
        "with single option set 'aria-describedby' on input, and describedBy": "a hint above",
        "with single option (and hint) set 'aria-describedby' on input, and describedBy": "a hint "
        "above a single checkbox: ours stands below it",
        "with error message and hint": "a group without a name",
    },
}


def compared(component: str) -> list[str]:
    apart = APART.get(component, {})
    return [
        name
        for name, (options, _) in examples(component).items()
        if name not in apart and not unoffered(options)
    ]
