"""The gallery in a real browser: what a person, and a screen reader, meets."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import sideways, violations

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.peerchallenge.shared.gallery"),
]

PAGES = [
    "form/blank",
    "form/filled",
    "form/errors",
    "question",
    "question?wrong",
    "parts",
    "officer",
    "interruption",
    "error/400",
    "error/403",
    "error/404",
    "error/500",
    "error/503",
]


Open = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Open a page of the gallery; afterwards nothing may have been said on the console."""
    said: list[str] = []
    contexts = []

    def open_(path: str, width: int = 1440, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{live_server.url}/{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault_and_does_not_scroll_sideways(
    visit: Open, path: str, width: int
) -> None:
    page = visit(path, width)
    assert violations(page) == []
    assert sideways(page) == 0


def test_no_status_tag_takes_two_lines(visit: Open) -> None:
    for width in (1440, 320):
        page = visit("parts", width)
        lines = "tags => tags.map(tag => tag.getClientRects().length)"
        assert set(page.locator(".govuk-tag").evaluate_all(lines)) == {1}
        heights = "tags => tags.map(tag => tag.offsetHeight < 36)"
        assert set(page.locator(".govuk-tag").evaluate_all(heights)) == {True}


def test_focus_reaches_the_summary_and_each_link_an_input(visit: Open) -> None:
    page = visit("form/errors")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.className") == "govuk-error-summary"
    links = page.locator(".govuk-error-summary a")
    assert links.count() == 14
    for at in range(links.count()):
        links.nth(at).click()
        assert page.evaluate(f"{focused}.matches('input, textarea, select')"), at
        assert page.evaluate(f"'#' + {focused}.id") == links.nth(at).get_attribute("href")


def test_words_left_are_counted_as_they_are_typed(visit: Open) -> None:
    page = visit("form/blank")
    page.get_by_label("What is working well?").fill("Children say so")
    message = page.locator(".govuk-character-count__status").first
    message.get_by_text("You have 297 words remaining").wait_for()


def test_what_htmx_swaps_in_works_like_the_rest(visit: Open) -> None:
    page = visit("swap")
    page.get_by_role("button", name="Fetch").click()
    page.get_by_label("What is working well?").fill("One two")
    status = page.locator(".govuk-character-count__status")
    status.get_by_text("You have 298 words remaining").wait_for()


def test_none_of_these_unticks_the_others(visit: Open) -> None:
    page = visit("form/filled")
    page.get_by_label("None of these").check()
    assert not page.get_by_label("Case file audits").is_checked()


def test_the_menu_opens_on_a_phone_and_stands_open_without_javascript(visit: Open) -> None:
    page = visit("parts", 320)
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="People")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert link.is_visible()
    plain = visit("parts", 320, java_script_enabled=False)
    assert plain.get_by_role("link", name="People").is_visible()
    assert not plain.get_by_role("button", name="Menu").is_visible()


def test_a_wide_table_scrolls_by_keyboard_in_its_own_region(visit: Open) -> None:
    page = visit("officer", 320)
    region = page.get_by_role("region", name="Authorities and their stages")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.app-scroll').scrollLeft > 0")


def test_a_first_visit_is_at_most_60_kilobytes_of_css_and_js(
    figure: Callable[[str], None],
) -> None:
    files = ["app.css", "app.js", "early.js", "django_htmx/htmx-2.min.js"]
    size = sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in files)
    figure(f"first visit: {size / 1024:.1f} KB of CSS and JS, gzipped (at most 60)")
    assert size <= 60 * 1024


def test_the_css_names_nothing_that_only_gov_uk_may_use() -> None:
    css = Path(str(finders.find("app.css"))).read_text(encoding="utf-8").lower()
    for word in ("gds transport", "crown", "#1d70b8", "govuk-header", "govuk-footer", "url("):
        assert word not in css
