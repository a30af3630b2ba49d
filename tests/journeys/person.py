"""Somebody at a browser: what they do in words, and how many presses it takes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.checks import Checks

# Whether a press on it leaves the page; htmx redraws in place, where scripts run at all.
LEAVES = """(element, scripts) => {
    if (element.tagName === 'A') return !element.download && element.pathname !== '' &&
        (element.pathname !== location.pathname || !element.hash);
    if (element.type !== 'submit') return false;
    const form = element.form;
    // A finding is sent by the page itself, once it says something and what it is.
    const held = form.hasAttribute('data-hold') && form.querySelector('textarea').value &&
        form.querySelector('[name=kind]:checked');
    const inPlace = element.hasAttribute('hx-post') || held ||
        (form.hasAttribute('hx-post') && !form.hasAttribute('hx-trigger'));
    return !(scripts && inPlace);
}"""
FOCUSED = """element => {
    const now = document.activeElement;
    return element === now || (element.type === 'radio' && now.type === 'radio' &&
        element.name === now.name && element.form === now.form);
}"""
BUSY = ".htmx-request, .htmx-swapping, .htmx-settling"
MOST_TABS = 400


class Hands(StrEnum):
    POINTER = "pointer"
    KEYBOARD = "keyboard"


@dataclass
class Person:
    """Counts presses on links, buttons, radios, checkboxes and lists; typing is not counted."""

    page: Page
    checks: Checks
    hands: Hands = Hands.POINTER
    clicks: int = 0
    pages: int = 0

    # --- going somewhere -----------------------------------------------------------------

    def opens(self, path: str, status: int = 200) -> None:
        """Types an address, or follows the link of a mail."""
        url = path if path.startswith("http") else self.checks.site + path
        if status != 200:
            self.checks.expected.add(status)
        answer = self.page.goto(url)
        assert answer is not None
        assert answer.status == status, self.where
        self._arrived()

    def looks_again(self) -> None:
        self.page.reload()
        self._arrived()

    @property
    def where(self) -> str:
        return self.page.url.removeprefix(self.checks.site)

    # --- doing something -----------------------------------------------------------------

    def presses(self, name: str, *, status: int = 200) -> None:
        """A button or a link, by the name a screen reader says; there is no other of it.

        Only a list of tasks may lead by the same name to where the page's button leads.
        """
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        target = button.or_(link.and_(self.page.locator(":not(.govuk-task-list__link)")))
        if target.count() == 0:
            target = button.or_(link)
        expect(target).to_have_count(1)
        self.clicks += 1
        if status != 200:
            self.checks.expected.add(status)
        if not target.evaluate(LEAVES, self.checks.scripts):
            self._press(target)
            expect(self.page.locator(BUSY)).to_have_count(0)
            return
        with self.page.expect_navigation() as going:
            self._press(target)
        answer: Response | None = going.value
        assert answer is None or answer.status == status, f"{answer.status} at {self.where}"
        self._arrived()

    def chooses(self, name: str) -> None:
        """A radio or a checkbox."""
        target = self.page.get_by_label(name, exact=True)
        self.clicks += 1
        if self.hands == Hands.POINTER:
            target.check()
            return
        self._tab_to(target)
        if target.get_attribute("type") == "radio":
            for _ in range(20):
                if target.evaluate("element => element === document.activeElement"):
                    break
                self.page.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def selects(self, option: str, of: str) -> None:
        """From a list, by the beginning of what it says."""
        target = self.page.get_by_label(of, exact=True)
        label = target.locator("option", has_text=option).inner_text()
        self.clicks += 1
        if self.hands == Hands.POINTER:
            target.select_option(label=label)
            return
        self._tab_to(target)
        self.page.keyboard.type(option)
        expect(target.locator("option:checked")).to_have_text(label)

    def types(self, text: str, into: str, *, group: str = "") -> None:
        part = self.page.get_by_role("group", name=group, exact=True) if group else self.page
        box = part.get_by_label(into, exact=True)
        if self.hands == Hands.POINTER:
            box.fill(text)
            return
        self._tab_to(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def attaches(self, file: Path, into: str) -> None:
        """A file; what happens in the browser's own window is not counted."""
        target = self.page.get_by_label(into, exact=True)
        self.clicks += 1
        with self.page.expect_file_chooser() as chooser:
            if self.hands == Hands.POINTER:
                target.click()
            else:
                self._tab_to(target)
                self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def downloads(self, name: str) -> bytes:
        target = self.page.get_by_role("link", name=name, exact=True)
        expect(target).to_have_count(1)
        self.clicks += 1
        with self.page.expect_download() as coming:
            self._press(target)
        return coming.value.path().read_bytes()

    def loses_the_connection(self) -> None:
        self.checks.offline = True
        self.page.context.set_offline(True)

    def has_a_connection_again(self) -> None:
        self.page.context.set_offline(False)

    # --- seeing something ----------------------------------------------------------------

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def cannot_press(self, name: str) -> None:
        expect(self.page.get_by_role("button", name=name)).to_have_count(0)
        expect(self.page.get_by_role("link", name=name)).to_have_count(0)

    def holds(self, into: str) -> str:
        """What stands in a box."""
        return self.page.get_by_label(into, exact=True).input_value()

    def waits_for(self, text: str | re.Pattern[str], part: str = "body") -> None:
        expect(self.page.locator(part)).to_contain_text(text)

    # --- by hand -------------------------------------------------------------------------

    def _press(self, target: Locator) -> None:
        if self.hands == Hands.POINTER:
            target.click()
            return
        self._tab_to(target)
        self.page.keyboard.press("Enter")

    def _tab_to(self, target: Locator) -> None:
        handle: Any = target.element_handle()
        for _ in range(MOST_TABS):
            if handle.evaluate(FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {target} by Tab at {self.where}")

    def _arrived(self) -> None:
        self.pages += 1
        self.checks.look_at(self.page)


Enter = Callable[..., Person]
