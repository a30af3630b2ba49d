"""The checks of a page, each shown to find its fault."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.checks import Checks

pytestmark = pytest.mark.django_db(transaction=True)

SPOIL = """() => {
    document.title = '';
    const main = document.querySelector('main');
    main.insertAdjacentHTML('beforeend', '<h1>Again</h1><img src="/static/favicon.svg">');
    const button = document.querySelector('main .govuk-button:not(.govuk-button--secondary)');
    main.append(button.cloneNode(true));
    main.lastElementChild.style.minWidth = '3000px';
    console.log('a word');
}"""


def test_a_spoiled_page_is_found_out(chromium: Browser, site: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    checks = Checks(site)
    checks.listen(context)
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    assert checks.faults == []
    page.evaluate(SPOIL)
    page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
    checks.look_at(page)
    context.close()
    found = " ".join(checks.faults)
    assert "/sign-in has not exactly one h1" in found
    assert "/sign-in has 2 primary buttons" in found
    assert "/sign-in has no title" in found
    assert "/sign-in at 320 px: image-alt" in found
    assert "/sign-in scrolls sideways" in found
    assert "on the console: a word" in found
    assert "violates the following Content Security Policy" in found
