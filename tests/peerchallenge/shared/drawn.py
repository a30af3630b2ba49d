"""An example's options, drawn by our templates through a Django field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template import Context

from peerchallenge.shared.fields import LongText, ThreePartDateField
from peerchallenge.shared.templatetags.govuk import govuk_field

Options = dict[str, Any]


def size(classes: str) -> str:
    return classes.rpartition("--")[2] if classes else ""


def field_options(options: Options) -> tuple[Options, Options]:
    """An example's options as arguments of a Django field and as a `look`."""
    label = options.get("label", {}) or options.get("fieldset", {}).get("legend", {})
    look: Options = {"label_size": size(label.get("classes", ""))}
    if label.get("isPageHeading"):
        look["heading"] = True
    described_by = options.get("describedBy") or options.get("fieldset", {}).get("describedBy")
    if described_by:
        look["described_by"] = described_by
    for affix in ("prefix", "suffix"):
        if affix in options:
            look[affix] = options[affix]["text"]
    arguments = {
        "label": label.get("text", ""),
        "help_text": options.get("hint", {}).get("text", ""),
        "disabled": bool(options.get("disabled")),
        "required": False,
    }
    return arguments, look


def widget_attrs(options: Options) -> Options:
    names = ("autocomplete", "inputmode", "pattern", "autocapitalize", "type", "id")
    attrs = {name: options[name] for name in names if name in options}
    if "spellcheck" in options:
        attrs["spellcheck"] = "true" if options["spellcheck"] else "false"
    if "classes" in options:
        attrs["class"] = options["classes"]
    return {**attrs, **options.get("attributes", {})}


def draw(field: forms.Field, options: Options, look: Options, value: Any = None) -> str:
    """The field as a plain form shows it, with the example's error added."""
    name = options.get("name") or options.get("id") or "field"
    error = options.get("errorMessage", {}).get("text")
    data = None
    if error:
        data = value if isinstance(value, dict) else {name: value} if value is not None else {}
    form = forms.Form(data, initial={name: value})
    form.fields[name] = field
    if error:
        form.errors.pop(name, None)  # what Django says of the data itself
        form.add_error(name, ValidationError(error, params={"parts": wrong_parts(options)}))
    return govuk_field(Context({"look": look}), form[name])


def wrong_parts(options: Options) -> list[str]:
    given = {part: options.get(part, {}) for part in ("day", "month", "year")}
    marked = [
        part
        for part, one in given.items()
        if one.get("error") or "govuk-input--error" in one.get("classes", "")
    ]
    return marked or [part for part, one in given.items() if one.get("error") is not False]


def draw_input(options: Options) -> str:
    arguments, look = field_options(options)
    field = forms.CharField(widget=forms.TextInput(widget_attrs(options)), **arguments)
    return draw(field, options, look, options.get("value"))


def draw_password(options: Options) -> str:
    arguments, look = field_options(options)
    widget = forms.PasswordInput(widget_attrs(options), render_value=True)
    return draw(forms.CharField(widget=widget, **arguments), options, look, options.get("value"))


def draw_textarea(options: Options) -> str:
    arguments, look = field_options(options)
    if "rows" in options:
        look["rows"] = options["rows"]
    field = forms.CharField(widget=forms.Textarea(widget_attrs(options)), strip=False, **arguments)
    return draw(field, options, look, options.get("value"))


def draw_character_count(options: Options) -> str:
    arguments, look = field_options(options)
    words = options.get("countType") == "words"
    widget = LongText(
        widget_attrs(options),
        rows=options.get("rows", 5),
        max_words=options["maxlength"] if words else None,
        max_characters=None if words else options["maxlength"],
        threshold=options.get("threshold"),
    )
    return draw(forms.CharField(widget=widget, **arguments), options, look, options.get("value"))


def draw_file(options: Options) -> str:
    arguments, look = field_options(options)
    kind = type("Many", (forms.FileInput,), {"allow_multiple_selected": True})
    widget = (kind if options.get("multiple") else forms.FileInput)(widget_attrs(options))
    return draw(forms.FileField(widget=widget, **arguments), options, look)


def draw_select(options: Options) -> str:
    arguments, look = field_options(options)
    items = options.get("items", [])
    choices = [(str(item["value"]), item["text"]) for item in items]
    chosen = next((item["value"] for item in items if item.get("selected")), options.get("value"))
    if any(item["value"] == chosen and item.get("selected") is False for item in items):
        chosen = None
    field = forms.ChoiceField(
        choices=choices, widget=forms.Select(widget_attrs(options)), **arguments
    )
    return draw(field, options, look, chosen)


def choice_options(options: Options, kind: str) -> tuple[list[tuple[str, str]], Options, list[str]]:
    """Choices, what a `look` says about them, and which are chosen."""
    items = [item for item in options["items"] if item]
    look: Options = {"hints": {}}
    chosen = [str(one) for one in options.get("values", [])] or [str(options.get("value", ""))]
    for item in items:
        if "divider" in item:
            look["divider"] = item["divider"]
            continue
        value = str(item["value"])
        if "hint" in item:
            look["hints"][value] = item["hint"]["text"]
        if item.get("behaviour") == "exclusive":
            look["exclusive"] = value
        if item.get("checked"):
            chosen.append(value)
        elif item.get("checked") is False and value in chosen:
            chosen.remove(value)
    for flag in ("small", "inline"):
        look[flag] = f"govuk-{kind}--{flag}" in options.get("classes", "")
    return [(str(i["value"]), i["text"]) for i in items if "divider" not in i], look, chosen


def draw_radios(options: Options) -> str:
    arguments, look = field_options(options)
    choices, more, chosen = choice_options(options, "radios")
    options = {**options, "id": options.get("idPrefix", options["name"])}
    widget = forms.RadioSelect({"id": options["id"]})
    field = forms.ChoiceField(choices=choices, widget=widget, **arguments)
    return draw(field, options, {**look, **more}, chosen[-1])


def draw_checkboxes(options: Options) -> str:
    arguments, look = field_options(options)
    choices, more, chosen = choice_options(options, "checkboxes")
    options = {**options, "id": options.get("idPrefix", options["name"])}
    if "fieldset" not in options:
        (only,) = options["items"]
        arguments["label"] = only["text"]
        arguments["help_text"] = only.get("hint", {}).get("text", "")
        widget = forms.CheckboxInput({"id": options["id"], "value": only["value"]})
        return draw(forms.BooleanField(widget=widget, **arguments), options, look)
    widget = forms.CheckboxSelectMultiple({"id": options["id"]})
    field = forms.MultipleChoiceField(choices=choices, widget=widget, **arguments)
    return draw(field, options, {**look, **more}, chosen)


def draw_date(options: Options) -> str:
    arguments, look = field_options(options)
    field = ThreePartDateField(**arguments)
    given = options.get("values", {})
    value = [
        str(options.get(part, {}).get("value", given.get(part, "")))
        for part in ("day", "month", "year")
    ]
    name = options["id"]
    if "errorMessage" in options:
        data = dict(zip((f"{name}_{p}" for p in ("day", "month", "year")), value, strict=True))
        return draw(field, options, look, data)
    return draw(field, options, look, value)


DRAWN = {
    "input": draw_input,
    "password-input": draw_password,
    "textarea": draw_textarea,
    "character-count": draw_character_count,
    "file-upload": draw_file,
    "select": draw_select,
    "radios": draw_radios,
    "checkboxes": draw_checkboxes,
    "date-input": draw_date,
}
