"""From a bound field to the markup its template prints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from peerchallenge.shared.fields import PARTS, ThreePartDate
from peerchallenge.shared.forms.look import Look
from peerchallenge.shared.forms.markup import Attrs, Item, Markup, Option, Part
from peerchallenge.shared.forms.summary import id_of, wrong_parts

# What the framework would add that the design system has no use for: native limits cut
# pasted text silently, and the browser's own messages hide ours.
UNWANTED = ("maxlength", "minlength", "min", "max", "step", "required", "aria-invalid")


def take_apart(bound: BoundField, look: Look, *, errors: bool, labels: bool) -> Markup:
    """Choose the template by the widget, and gather what it prints."""
    own: Look = getattr(bound.form, "look", {}).get(bound.name, {})
    look = {**own, **look}
    markup = Markup(
        template="input",
        id=id_of(bound),
        label=str(bound.label) if labels else "",
        hint=str(bound.help_text),
        errors=[str(error) for error in bound.errors] if errors else [],
        look=look,
        size=look.get("label_size", getattr(bound.form, "label_size", "")),
    )
    _draw(markup, bound)
    return markup


def _draw(markup: Markup, bound: BoundField) -> None:
    widget = bound.field.widget
    if bound.is_hidden:
        markup.template = "hidden"
        markup.attrs = {
            **_attrs(markup, bound, ""),
            "type": "hidden",
            "class": None,
            "aria-describedby": None,
            "value": _text(bound) or None,
        }
    elif isinstance(widget, ThreePartDate):
        _date(markup, bound)
    elif isinstance(widget, forms.CheckboxSelectMultiple):
        _choices(markup, bound, "checkboxes", "checkbox")
    elif isinstance(widget, forms.RadioSelect):
        _choices(markup, bound, "radios", "radio")
    elif isinstance(widget, forms.Select):
        _select(markup, bound)
    elif isinstance(widget, forms.CheckboxInput):
        _checkbox(markup, bound)
    elif isinstance(widget, forms.Textarea):
        _textarea(markup, bound)
    elif isinstance(widget, forms.FileInput):
        _file(markup, bound)
    elif isinstance(widget, forms.MultiWidget):
        raise TypeError(f"The govuk pack has no template for {type(widget).__name__}")
    else:
        _input(markup, bound)


def _attrs(markup: Markup, bound: BoundField, base: str) -> Attrs:
    """The input's attributes: ours, then those the form's widget was given."""
    given = dict(bound.field.widget.attrs)
    if bound.field.disabled:
        given["disabled"] = True
    for name in UNWANTED:
        given.pop(name, None)
    error = f"{base}--error" if markup.errors else ""
    width = markup.look.get("width", "")
    if isinstance(width, int):
        width = f"{base}--width-{width}"
    elif width:
        width = f"govuk-!-width-{width}"
    classes = " ".join(part for part in (base, given.pop("class", ""), width, error) if part)
    given.pop("id", None)
    return {
        "class": classes,
        "id": markup.id,
        "name": bound.html_name,
        **given,
        "aria-describedby": markup.described_by or None,
    }


def _text(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _input(markup: Markup, bound: BoundField) -> None:
    widget = bound.field.widget
    kind: Attrs = {"type": getattr(widget, "input_type", "text")}
    if isinstance(widget, forms.PasswordInput):
        markup.template = "password"
        markup.attrs = {
            **_attrs(markup, bound, "govuk-input"),
            "type": "password",
            "spellcheck": "false",
            "autocapitalize": "none",
        }
        markup.attrs.setdefault("autocomplete", "current-password")
        markup.attrs["value"] = (widget.render_value and _text(bound)) or None
        markup.attrs["class"] = (
            f"{markup.attrs['class']} govuk-password-input__input govuk-js-password-input-input"
        )
        return
    if isinstance(bound.field, forms.DecimalField | forms.FloatField):
        kind = {"type": "text", "inputmode": "decimal", "spellcheck": "false"}
    elif isinstance(bound.field, forms.IntegerField):
        kind = {"type": "text", "inputmode": "numeric", "spellcheck": "false"}
    elif isinstance(bound.field, forms.EmailField):
        kind = {"type": "email", "spellcheck": "false", "autocomplete": "email"}
    value = _text(bound)
    markup.attrs = {**kind, **_attrs(markup, bound, "govuk-input"), "value": value or None}


def _textarea(markup: Markup, bound: BoundField) -> None:
    widget = bound.field.widget
    markup.template = "textarea"
    markup.value = _text(bound)
    words = getattr(widget, "max_words", None)
    characters = getattr(widget, "max_characters", None)
    markup.info = bool(words or characters)
    markup.attrs = _attrs(markup, bound, "govuk-textarea")
    # A textarea nobody gave a size carries the framework's, which are not the design system's.
    unsized = markup.attrs.pop("cols", None) == "40" and markup.attrs.get("rows") == "10"
    rows = 5 if unsized else markup.attrs.get("rows", 5)
    markup.attrs["rows"] = markup.look.get("rows", rows)
    if markup.info:
        kind = "words" if words else "characters"
        markup.count = {
            "data-module": "govuk-character-count",
            "data-maxlength": words or characters,
            "data-threshold": widget.threshold,
            "data-count-type": "words" if words else None,
        }
        markup.count_text = f"You can enter up to {words or characters} {kind}"
        markup.attrs["class"] += " govuk-js-character-count"


def _file(markup: Markup, bound: BoundField) -> None:
    markup.template = "file"
    markup.attrs = {**_attrs(markup, bound, "govuk-file-upload"), "type": "file"}
    if getattr(bound.field.widget, "allow_multiple_selected", False):
        markup.attrs["multiple"] = True


def _select(markup: Markup, bound: BoundField) -> None:
    widget = bound.field.widget
    markup.template = "select"
    markup.attrs = _attrs(markup, bound, "govuk-select")
    if widget.allow_multiple_selected:
        markup.attrs["multiple"] = True
    for label, options, _ in _groups(bound):
        markup.options.append(
            (
                str(label or ""),
                [
                    Option(
                        {"value": str(one["value"]), "selected": bool(one["selected"])},
                        _option_text(markup, one),
                    )
                    for one in options
                ],
            )
        )


def _option_text(markup: Markup, option: dict[str, Any]) -> str:
    if str(option["value"]) == "" and set(str(option["label"])) <= {"-"}:
        return markup.look.get("empty", "Choose one")
    return str(option["label"])


def _groups(bound: BoundField) -> list[Any]:
    widget = bound.field.widget
    return list(widget.optgroups(bound.html_name, widget.format_value(bound.value())))


def _choices(markup: Markup, bound: BoundField, template: str, kind: str) -> None:
    markup.template = template
    options = [one for _, group, _ in _groups(bound) for one in group]
    # A radio for "nothing chosen" is the absence of a choice, not a choice.
    options = [one for one in options if str(one["value"]) or set(str(one["label"])) - {"-"}]
    markup.items = [
        _item(markup, bound, kind, one, index, last=index == len(options))
        for index, one in enumerate(options, start=1)
    ]
    flags = [name for name in ("small", "inline") if markup.look.get(name)]
    markup.classes = " ".join(f"govuk-{template}--{flag}" for flag in flags)


def _item(
    markup: Markup, bound: BoundField, kind: str, option: dict[str, Any], index: int, *, last: bool
) -> Item:
    value = str(option["value"])
    # The first has no number, so that the error summary can link to it.
    id_ = markup.id if index == 1 else f"{markup.id}-{index}"
    hint = str(markup.look.get("hints", {}).get(value, ""))
    attrs: Attrs = {
        **{key: one for key, one in option["attrs"].items() if key not in ("id", "checked")},
        "class": f"govuk-{'radios' if kind == 'radio' else 'checkboxes'}__input",
        "id": id_,
        "name": bound.html_name,
        "type": kind,
        "value": value,
        "checked": bool(option["selected"]),
        "disabled": bool(bound.field.disabled or option["attrs"].get("disabled")),
        "data-behaviour": "exclusive" if markup.look.get("exclusive") == value else None,
        "aria-describedby": f"{id_}-item-hint" if hint else None,
    }
    for name in UNWANTED:
        attrs.pop(name, None)
    return Item(
        attrs=attrs,
        id=id_,
        text=str(option["label"]),
        hint=hint,
        hint_id=f"{id_}-item-hint",
        divider=markup.look.get("divider", "") if last else "",
    )


def _checkbox(markup: Markup, bound: BoundField) -> None:
    markup.template = "checkbox"
    hint_id = f"{markup.id}-item-hint"
    ids = [markup.look["described_by"]] if "described_by" in markup.look else []
    ids += [markup.error_id] if markup.errors else []
    ids += [hint_id] if markup.hint else []
    attrs = _attrs(markup, bound, "govuk-checkboxes__input")
    attrs.update(
        {
            "class": "govuk-checkboxes__input",
            "type": "checkbox",
            "value": attrs.get("value", "on"),
            "checked": bool(bound.field.widget.check_test(bound.value())),
            "aria-describedby": " ".join(ids) or None,
        }
    )
    markup.items = [Item(attrs, markup.id, markup.label, markup.hint, hint_id)]
    markup.classes = "govuk-checkboxes--small" if markup.look.get("small") else ""


def _date(markup: Markup, bound: BoundField) -> None:
    markup.template = "date"
    value = bound.value()
    values = value if isinstance(value, list) else bound.field.widget.decompress(value)
    wrong = wrong_parts(bound) if markup.errors else []
    for part, text in zip(PARTS, [*values, "", "", ""], strict=False):
        width = 4 if part == "year" else 2
        error = " govuk-input--error" if part in wrong else ""
        markup.parts.append(
            Part(
                part.capitalize(),
                {
                    "class": f"govuk-input govuk-date-input__input{error} "
                    f"govuk-input--width-{width}",
                    "id": f"{markup.id}_{part}",
                    "name": f"{bound.html_name}_{part}",
                    "type": "text",
                    "value": str(text or "") or None,
                    "inputmode": "numeric",
                    "disabled": bool(bound.field.disabled),
                    **{k: v for k, v in bound.field.widget.attrs.items() if k.startswith("hx-")},
                },
            )
        )
