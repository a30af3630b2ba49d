"""What people write is text wherever a form or a component prints it."""

import datetime
from typing import Any

import pytest
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from peerchallenge.shared.charts import Arrow, Cell, Node, hexagon_map, ring
from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import (
    Button,
    ButtonGroup,
    Field,
    Fieldset,
    GovForm,
    Link,
    Paragraph,
    Submit,
)
from peerchallenge.shared.templatetags.govuk import draw_stage_meter, tag
from tests.peerchallenge.shared.fixtures import Tree

PAYLOADS = [
    "<script>alert(1)</script>",
    "</label><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus=alert(1) autofocus x='",
    '" onmouseover="alert(1)',
    "</textarea><script>alert(1)</script>",
    "</option></select><iframe src=//evil.example>",
    "100% %s %(value)s %d",
    "</title><base href=//evil.example>",
    "<!-- --><style>*{display:none}</style>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "&lt;b&gt;&#60;script&#62;",
    "<a href=javascript:alert(1)>x</a>",
    "\u202e<img/src=x/onerror=alert(1)>",
    "]]><x:script xmlns:x='urn:x'>1</x:script>",
]


def form_with(words: str) -> str:
    """Every place of a form that a person's words reach, holding these."""

    class Words(GovForm):
        line = forms.CharField(label=words, help_text=words)
        text = LongTextField(label=words, help_text=words, max_words=50)
        radios = forms.ChoiceField(
            label=words, help_text=words, choices=[(words, words)], widget=forms.RadioSelect
        )
        boxes = forms.MultipleChoiceField(
            label=words,
            help_text=words,
            choices=[(words, words), ("b", words)],
            widget=forms.CheckboxSelectMultiple,
        )
        choice = forms.ChoiceField(label=words, choices=[(words, [(words, words)])])
        tick = forms.BooleanField(label=words, help_text=words)
        date = ThreePartDateField(label=words, help_text=words)
        file = forms.FileField(label=words, help_text=words)
        word = forms.CharField(label=words, widget=forms.PasswordInput)
        kept = forms.CharField(widget=forms.HiddenInput)
        look = {
            "line": {"prefix": words, "suffix": words},
            "radios": {"hints": {words: words}, "divider": words},
            "boxes": {"hints": {"b": words}, "divider": words},
        }

        def build_layout(self) -> Layout:
            buttons = ButtonGroup(Submit(words, name=words, value=words), Button(words))
            fields = [Field(name) for name in self.fields]
            return Layout(Fieldset(words, *fields), Paragraph(words), buttons, Link(words, "/"))

    parts = {f"date_{part}": words for part in ("day", "month", "year")}
    names = ("line", "text", "radios", "boxes", "choice", "tick", "kept")
    form = Words({**parts, **dict.fromkeys(names, words), "boxes": [words]})
    for name in form.fields:
        form.add_error(name, words)
    form.add_error(None, words)
    return render_crispy_form(form) + render_to_string(
        "components/error_summary.html", {"form": form}
    )


def components_with(words: str) -> str:
    """Every component that prints a person's words, holding these."""
    when = datetime.datetime(2013, 1, 14, tzinfo=datetime.UTC)
    item: dict[str, Any] = dict.fromkeys(
        ("title", "label", "text", "key", "value", "status", "hint", "by", "action", "number"),
        words,
    )
    item |= {"url": "/", "when": when, "colour": "red"}
    one = [item]
    contexts: dict[str, dict[str, Any]] = {
        "task_list": {"items": one},
        "summary_list": {"rows": one},
        "table": {"caption": words, "head": [words], "rows": [[words, words]]},
        "notification_banner": {"kind": "", "text": words, "id": 1},
        "inset_text": {"text": words},
        "warning_text": {"text": words},
        "breadcrumbs": {"items": one},
        "back_link": {"href": "/", "text": words},
        "sub_navigation": {"items": one, "label": words},
        "timeline": {"events": one},
        "stat_tiles": {"items": one},
        "empty": {"text": words, "href": "/", "action": words},
        "mail": {"mail": {"to": words, "subject": words, "sent_at": when, "body": words}},
        "download": {"href": "/", "title": words, "kind": words, "size": 1, "note": words},
        "progress": {"id": "p", "label": words, "value": 1, "max": 2, "note": words},
        "button": {"text": words},
        "ring": {
            "chart": ring([Node("a", words, words), Node("b", "B")], [Arrow("a", "b")], words)
        },
        "hexagon_map": {"chart": hexagon_map([Cell("a", words, words, 1, words)], words)},
        "stage_meter": draw_stage_meter(1, 2, words),
    }
    drawn = [render_to_string(f"components/{name}.html", c) for name, c in contexts.items()]
    return "".join([*drawn, tag(words)])


def skeleton(html: str) -> list[Any]:
    """Tags and the names of their attributes, and nothing that was written."""

    def of(node: Any) -> Any:
        tag_, attrs, children = node
        return tag_, sorted(attrs), [of(child) for child in children if not isinstance(child, str)]

    return [of(node) for node in Tree(html).root if not isinstance(node, str)]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("drawn", [form_with, components_with])
def test_words_never_become_markup(drawn: Any, payload: str) -> None:
    assert skeleton(drawn(payload)) == skeleton(drawn("plainly"))


@pytest.mark.parametrize("drawn", [form_with, components_with])
def test_words_arrive_as_they_were_written(drawn: Any) -> None:
    times = drawn("plainly").count("plainly")
    assert times > 25
    assert drawn(PAYLOADS[0]).count("&lt;script&gt;alert(1)&lt;/script&gt;") == times
