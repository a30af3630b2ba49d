"""What is asked of every page that somebody comes to on a journey."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.urls import resolve
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser import sideways, violations

HEAVIEST = 40 * 1024
WIDTHS = (1440, 320)
PRIMARY = ".govuk-button:not(.govuk-button--secondary, .govuk-button--warning)"
# Two pages of one shape hold the same elements with the same classes: one is looked at.
SHAPE = """() => [...new Set([...document.querySelectorAll('body *')].map(
    element => `${element.tagName}.${[...element.classList].sort().join('.')}`
))].sort().join(' ')"""
# What is refused says so alike everywhere.
SHARED = ("Error:", "Page not found", "You cannot")
_looked_at: set[tuple[str, str]] = set()
_titles: dict[str, str] = {}


@dataclass
class Checks:
    """Listens to everything one person's browser says and fetches."""

    site: str
    scripts: bool = True
    # All that is wrong, told at the journey's end.
    faults: list[str] = field(default_factory=list)
    # A page refused on purpose: the browser notes its status on the console.
    expected: set[int] = field(default_factory=set)
    # A connection that was cut on purpose: so does each request that fails.
    offline: bool = False

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("request", self._requested)
        context.on("response", self._answered)

    def look_at(self, page: Page) -> None:
        """Cheap things on every page; axe and the two widths once for every shape of page."""
        where = page.url.removeprefix(self.site)
        self._needs(page.locator("h1").count() == 1, f"{where} has not exactly one h1")
        wanted = page.locator(f"main {PRIMARY}").filter(visible=True).count()
        self._needs(wanted <= 1, f"{where} has {wanted} primary buttons")
        self._look_at_title(page, where)
        if self.scripts:
            self._look_closely(page, where)

    def _look_at_title(self, page: Page, where: str) -> None:
        title = page.title()
        self._needs(bool(title), f"{where} has no title")
        if not title.startswith(SHARED):
            other = _titles.setdefault(title, view_of(where))
            self._needs(other == view_of(where), f"{where}: {other} has the title “{title}” too")

    def _look_closely(self, page: Page, where: str) -> None:
        shape = (view_of(where), page.evaluate(SHAPE))
        if shape in _looked_at:
            return
        _looked_at.add(shape)
        usual = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.faults += [f"{where} at {width} px: {fault}" for fault in violations(page)]
            beyond = sideways(page)
            self._needs(beyond == 0, f"{where} scrolls sideways by {beyond} px at {width} px")
        if usual:
            page.set_viewport_size(usual)

    def _said(self, message: ConsoleMessage) -> None:
        status = re.search(r"the server responded with a status of (\d+)", message.text)
        refused = status is not None and int(status[1]) in self.expected
        refused |= self.offline and "ERR_INTERNET_DISCONNECTED" in message.text
        self._needs(refused, f"on the console: {message.text}")

    def _requested(self, request: Request) -> None:
        ours = request.url.startswith((self.site, "data:"))
        self._needs(ours, f"fetched from elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.headers.get("content-type", "").startswith("text/html"):
            weight = int(response.headers.get("content-length", 0))
            self._needs(weight <= HEAVIEST, f"{response.url} weighs {weight} bytes")

    def _needs(self, condition: bool, fault: str) -> None:
        if not condition:
            self.faults.append(fault)


def view_of(where: str) -> str:
    return str(resolve(where.partition("?")[0].partition("#")[0]).view_name)
