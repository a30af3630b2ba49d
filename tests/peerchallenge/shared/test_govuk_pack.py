"""Our templates against the HTML that govuk-frontend publishes for the same options."""

from __future__ import annotations

from typing import Any

import pytest
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from peerchallenge.shared.forms import Button, Fieldset, GovForm, Submit
from tests.peerchallenge.shared.drawn import DRAWN, draw_input, size
from tests.peerchallenge.shared.fixtures import examples, part_of, shape
from tests.peerchallenge.shared.left_out import APART, compared, unoffered


@pytest.mark.parametrize(
    ("component", "name"),
    [(component, name) for component in DRAWN for name in compared(component)],
)
def test_a_field_has_the_markup_that_govuk_frontend_publishes(component: str, name: str) -> None:
    options, expected = examples(component)[name]
    assert shape(DRAWN[component](options)) == shape(expected)


def test_most_examples_are_compared() -> None:
    """An example left out has a reason; a new one, or a reason gone stale, shows here."""
    assert {component: len(compared(component)) for component in DRAWN} == {
        "input": 36,
        "password-input": 11,
        "textarea": 17,
        "character-count": 20,
        "file-upload": 15,
        "select": 8,
        "radios": 15,
        "checkboxes": 14,
        "date-input": 11,
    }
    stale = [
        (component, name)
        for component, apart in APART.items()
        for name in apart
        if name not in examples(component) or unoffered(examples(component)[name][0])
    ]
    assert stale == []


def test_a_single_checkbox_is_one_choice_named_by_its_label() -> None:
    """What the examples without a fieldset have inside, with the hint below as on a choice."""
    expected = examples("checkboxes")["multiple hints"][1]
    form = forms.Form({})
    form.fields["british"] = forms.BooleanField(
        label="British", help_text="Hint for british option here", required=False
    )
    form.fields["british"].widget.attrs["value"] = "british"
    ours = render_to_string("govuk/field.html", {"field": form["british"]})
    item = part_of(ours, "div", "govuk-checkboxes__item")
    assert shape_of(item) == shape_of(part_of(expected, "div", "govuk-checkboxes__item"))


def shape_of(node: Any) -> Any:
    """Tags and classes alone: names and ids were chosen by each side."""
    if isinstance(node, str):
        return "text"
    return node[0], dict(node[1]).get("class"), [shape_of(child) for child in node[2]]


def layout(*objects: Any) -> str:
    form = GovForm()
    form.helper.layout = Layout(*objects)
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    return render_crispy_form(form)


BUTTONS = [
    name
    for name, (options, _) in examples("button").items()
    if not {"href", "html", "isStartButton", "disabled", "id"} & set(options)
    and ":" not in options.get("classes", "")
    and "custom" not in options.get("classes", "")
    and options.get("preventDoubleClick") is not False
]


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("button")[name]
    kind = Button if options.get("type") == "button" else Submit
    button = kind(
        options["text"],
        name=options.get("name", ""),
        value=options.get("value", ""),
        kind=size(options.get("classes", "")),
        attrs={key: str(value) for key, value in options.get("attributes", {}).items()},
    )
    ours = layout(button)
    if kind is Submit and "preventDoubleClick" not in options:
        ours = ours.replace(' data-prevent-double-click="true"', "")
    assert shape(ours) == shape(expected)


@pytest.mark.parametrize("name", ["link", "explicit link"])
def test_a_link_like_a_button_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("button")[name]
    ours = render_to_string("components/button.html", options)
    assert shape(ours) == shape(expected)


SUMMARIES = [
    "default",
    "without links",
    "mixed with and without links",
    "error list with html as text",
    "error list with html as text link",
]


@pytest.mark.parametrize("name", SUMMARIES)
def test_an_error_summary_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("error-summary")[name]
    form = forms.Form({})
    for at, error in enumerate(options["errorList"]):
        if "href" in error:
            form.fields[f"field{at}"] = forms.CharField(required=False)
            form.add_error(f"field{at}", error["text"])
        else:
            form.add_error(None, error["text"])
    ours = render_to_string("components/error_summary.html", {"form": form})
    assert shape(ours) == shape(expected)


@pytest.mark.parametrize("name", ["default", "id", "html as text"])
def test_an_error_message_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("error-message")[name]
    ours = draw_input({"label": {"text": "Name"}, "errorMessage": {"text": options["text"]}})
    tag, _, children = part_of(ours, "p", "govuk-error-message")
    assert (tag, children) == (
        part_of(expected, "p", "govuk-error-message")[0],
        part_of(expected, "p", "govuk-error-message")[2],
    )


@pytest.mark.parametrize("name", ["default", "html as text", "id"])
def test_a_hint_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("hint")[name]
    ours = draw_input({"label": {"text": "Name"}, "hint": {"text": options["text"]}})
    assert part_of(ours, "div", "govuk-hint")[2] == part_of(expected, "div", "govuk-hint")[2]


LABELS = [
    name
    for name, (options, _) in examples("label").items()
    if "text" in options and "attributes" not in options and "extra" not in str(options)
]


@pytest.mark.parametrize("name", LABELS)
def test_a_label_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("label")[name]
    ours = part_of(draw_input({"label": options}), "label", "govuk-label")
    theirs = part_of(expected, "label", "govuk-label")
    assert (dict(ours[1])["class"], ours[2]) == (dict(theirs[1])["class"], theirs[2])
    assert ("govuk-label-wrapper" in draw_input({"label": options})) == (
        "govuk-label-wrapper" in expected
    )


FIELDSETS = [
    name
    for name, (options, _) in examples("fieldset").items()
    if not {"html", "role", "attributes", "classes"} & set(options)
    and "html" not in options["legend"]
    and "custom" not in str(options["legend"])
]


@pytest.mark.parametrize("name", FIELDSETS)
def test_a_fieldset_has_the_markup_that_govuk_frontend_publishes(name: str) -> None:
    options, expected = examples("fieldset")[name]
    legend = options["legend"]
    ours = layout(
        Fieldset(
            legend["text"],
            size=size(legend.get("classes", "")),
            heading=legend.get("isPageHeading", False),
            described_by=options.get("describedBy", ""),
        )
    )
    assert shape(ours) == shape(expected)


COMPONENTS = {
    "inset-text": ("default", "inset_text", "text"),
    "warning-text": ("default", "warning_text", "text"),
}


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_has_the_markup_that_govuk_frontend_publishes(component: str) -> None:
    name, template, key = COMPONENTS[component]
    options, expected = examples(component)[name]
    ours = render_to_string(f"components/{template}.html", {"text": options[key]})
    assert shape(ours) == shape(expected)
