"""A real site, a real Chromium under the real policy, and whoever comes in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from authorities.models import User
from rounds.models import Challenge
from rounds.tasks import follow_the_calendar
from tests.browser import requests_end
from tests.journeys.checks import Checks
from tests.journeys.person import Enter, Hands, Person
from tests.world import World, run_effects

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WAYS = ["by pointer", "by keyboard alone", "without JavaScript"]


@pytest.fixture(autouse=True)
def site(transactional_db: None, live_server: LiveServer, settings: LazySettings) -> Iterator[str]:
    """Mails link to the site under test."""
    settings.BASE_URL = live_server.url
    yield str(live_server.url)
    requests_end()


@pytest.fixture
def comes_in(chromium: Browser, site: str) -> Iterator[Enter]:
    """Somebody signed in, in a browser of their own; without a user, a stranger."""
    opened: list[tuple[BrowserContext, Checks]] = []

    def enter(user: User | None = None, way: str = "by pointer", width: int = 1440) -> Person:
        scripts = way != "without JavaScript"
        size: Any = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, java_script_enabled=scripts)
        checks = Checks(site, scripts)
        checks.listen(context)
        opened.append((context, checks))
        if user:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": site}])
        hands = Hands.KEYBOARD if way == "by keyboard alone" else Hands.POINTER
        return Person(context.new_page(), checks, hands)

    yield enter
    for context, _ in opened:
        context.close()
    assert [fault for _, checks in opened for fault in checks.faults] == []


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user, BACKEND)
    return client.cookies["sessionid"].value


def visit_is_over(challenge: Challenge) -> Challenge:
    """Its days were three weeks ago, and the clock has seen it."""
    for visit in challenge.days.all():
        visit.day -= timedelta(weeks=3)
        visit.save()
    follow_the_calendar()
    return World.again(challenge)


@pytest.fixture
def post_of() -> Callable[..., str]:
    """The link in the last mail to somebody, once the worker has sent what waits."""

    def link(to: User | str, ending: str = "") -> str:
        run_effects()
        address = to if isinstance(to, str) else to.email
        last = [one for one in mail.outbox if one.to == [address]][-1]
        found = [one for one in re.findall(r"http://\S+", str(last.body)) if one.endswith(ending)]
        assert found, last.body
        return str(found[0])

    return link


@pytest.fixture
def budget(figure: Callable[[str], None]) -> Callable[..., None]:
    """Hold somebody to the clicks a journey may take, and say how many it took."""

    def hold(journey: str, clicks: int, *, most: int, wanted: int | None = None) -> None:
        asked = f"at most {most}" if wanted is None else f"at most {most}; the aim is {wanted}"
        figure(f"journey: {journey}: {clicks} clicks ({asked})")
        assert clicks <= most

    return hold
