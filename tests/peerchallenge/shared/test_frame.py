"""What every page has, whatever it is about."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.peerchallenge.shared.gallery_forms import Everything, OneQuestion

LAYOUTS = ["wide", "two_thirds", "question", "plain"]
REGION = SimpleNamespace(board_name="South West <b>Board</b>", colour="plum")


def page(layout: str, **context: Any) -> str:
    source = (
        f'{{% extends "layouts/{layout}.html" %}}{{% block title %}}Context{{% endblock %}}'
        "{% block heading %}Context{% endblock %}"
        "{% block content %}{% if layout == 'question' %}<h1>Context</h1>{% endif %}{% endblock %}"
    )
    return engines["django"].from_string(source).render({**context, "layout": layout})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_has_one_heading_one_main_and_a_language(layout: str) -> None:
    html = page(layout, region=REGION)
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert '<html lang="en-GB"' in html
    assert html.index('href="#main-content"') < html.index("<header")
    assert "<title>Context – South West &lt;b&gt;Board&lt;/b&gt;</title>" in html
    assert "app-region--plum" in html


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_in_a_page_is_inline(layout: str) -> None:
    html = page(layout, region=REGION, form=Everything({}))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    assert scripts
    assert all("src=" in attrs and body == "" for attrs, body in scripts)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_with_errors_says_so_in_the_title_and_above_the_heading(layout: str) -> None:
    html = page(layout, form=OneQuestion({}))
    assert "<title>Error: Context – Peer challenge</title>" in html
    assert html.index("There is a problem") < html.index("<h1")


def test_a_form_without_errors_does_not() -> None:
    html = page("plain", form=OneQuestion())
    assert "<title>Context – Peer challenge</title>" in html
    assert "There is a problem" not in html


def test_the_first_script_runs_before_anything_is_drawn() -> None:
    body = page("wide").partition("<body")[2].partition(">")[2]
    assert re.match(r'\s*<script src="[^"]*early[^"]*\.js"></script>', body)


def test_the_navigation_marks_where_one_is() -> None:
    items = [
        SimpleNamespace(label="Rounds", url="/rounds", active=True),
        SimpleNamespace(label="People", url="/people", active=False),
    ]
    html = page("wide", navigation=items, sub_navigation=items)
    assert html.count('aria-current="true"') == 1
    assert html.count('aria-current="page"') == 1


def test_htmx_sends_the_token_with_every_request() -> None:
    request = RequestFactory().get("/")
    template = engines["django"].from_string('{% extends "layouts/plain.html" %}')
    html = template.render({"region": None, "navigation": []}, request)
    assert re.search(r"""hx-headers='{"X-CSRFToken": "[A-Za-z0-9]{32,}"}'""", html)
    assert '"allowEval":false' in html
    assert '"includeIndicatorStyles":false' in html
    # Settling a style is an inline style to the browser, which it refuses and complains of.
    assert '"attributesToSettle":["class"]' in html


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
def test_an_error_page_needs_nothing_to_be_drawn(code: int) -> None:
    html = render_to_string(f"{code}.html")
    assert html.count("<h1") == 1


def test_a_refusal_says_why() -> None:
    html = render_to_string("403.html", {"reason": "The round is <closed>."})
    assert "The round is &lt;closed&gt;." in html


def test_every_class_of_our_own_that_a_template_names_is_styled() -> None:
    name = r"app-[a-z]+(?:-[a-z]+)*(?:__[a-z]+(?:-[a-z]+)*)?(?:--[a-z]+)?"
    templates = Path("templates").rglob("*.html")
    used = {
        one
        for path in templates
        for one in re.findall(rf"(?<![\w-]){name}(?![\w-])", path.read_text(encoding="utf-8"))
    }
    css = "".join(path.read_text(encoding="utf-8") for path in Path("static/build").glob("*.css"))
    styled = set(re.findall(rf"\.({name})(?![\w-])", css))
    assert sorted(used - styled) == []
