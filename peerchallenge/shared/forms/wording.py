"""Error messages that say what to do, in place of the framework's."""

from __future__ import annotations

from django import forms

from peerchallenge.shared.fields import Sentence, ThreePartDateField

EMAIL = "Enter an email address in the correct format, like name@example.org"
ADDRESS = "Enter an address that starts with https://, like https://www.example.org/plan"
OPTIONAL = " (optional)"


def word_errors(field: forms.Field, noun: str = "") -> None:
    """Give a field messages that name its answer; a message the form wrote itself stays."""
    name = noun or _from_label(field)
    if isinstance(field, ThreePartDateField):
        field.noun = field.noun or noun
    for code, message in _messages(field, name).items():
        if _is_stock(field, code) or getattr(field, "_worded", {}).get(code) is not None:
            field.error_messages[code] = Sentence(message)
    field._worded = _messages(field, name)  # type: ignore[attr-defined]


def _messages(field: forms.Field, name: str) -> dict[str, str]:
    subject = _capital(name) if name else "Answer"
    found = {
        "required": _required(field, name),
        "max_length": f"{subject} must be %(limit_value)s characters or less",
        "min_length": f"{subject} must be %(limit_value)s characters or more",
        "max_words": f"{subject} must be %(limit_value)s words or less",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "min_value": f"{subject} must be %(limit_value)s or more",
        # The framework's own words would print the value back, which may be anything.
        "invalid_choice": "Select one of the choices shown",
        "invalid_list": "Select from the choices shown",
        "invalid_pk_value": "Select from the choices shown",
    }
    if isinstance(field, forms.EmailField):
        found["invalid"] = EMAIL
    elif isinstance(field, forms.URLField):
        found["invalid"] = ADDRESS
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        # Django's floats and decimals are whole numbers to its class tree.
        whole = not isinstance(field, forms.FloatField | forms.DecimalField)
        found["invalid"] = f"{subject} must be a {'whole ' if whole else ''}number"
    elif isinstance(field, forms.FileField):
        found["empty"] = "The selected file is empty"
    return found


def _required(field: forms.Field, name: str) -> str:
    widget = field.widget
    if isinstance(field, forms.BooleanField):
        return f"Select {name}" if name else "Select the box to go on"
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"Select {name}" if name else "Select an answer"
    if isinstance(field, forms.FileField):
        return f"Select {name}" if name else "Select a file"
    return f"Enter {name}" if name else "Enter an answer"


def _from_label(field: forms.Field) -> str:
    """A label names its answer unless it is a question or a whole sentence."""
    label = str(field.label or "").strip().removesuffix(OPTIONAL)
    if not label or label[-1] in "?." or isinstance(field, forms.BooleanField):
        return ""
    return _lower(label)


def _lower(label: str) -> str:
    """“Round name” in the middle of a sentence; names and initials keep their capitals."""
    first = label.split()[0]
    return label if len(first) > 1 and first[1:] != first[1:].lower() else _small(label)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _is_stock(field: forms.Field, code: str) -> bool:
    """Whether the form left this message as the framework has it."""
    if code not in field.error_messages:
        return True
    for kind in type(field).__mro__:
        stock = kind.__dict__.get("default_error_messages", {})
        if code in stock:
            return str(stock[code]) == str(field.error_messages[code])
    return False
