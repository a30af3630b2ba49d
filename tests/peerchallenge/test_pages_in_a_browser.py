"""The frame's own pages in Chromium: no fault for axe, no sideways scroll, a quiet console."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from authorities.actions import invite_person
from authorities.models import User
from authorities.states import Role
from peerchallenge.outbox.models import Effect
from tests.browser import sideways, violations
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1440, 320)
Open = Callable[[User | None], Page]


@pytest.fixture
def open_as(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """A browser of one's own for somebody, or for a stranger."""
    said: list[str] = []
    contexts = []

    def open_(user: User | None) -> Page:
        context = chromium.new_context(base_url=live_server.url)
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    # A browser says of itself that a page was 404 or 410; nothing else may be said.
    assert [text for text in said if "Failed to load resource" not in text] == []


def fault(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {one}" for one in violations(page)]
        if sideways(page):
            found.append(f"{width}: {page.url} is {sideways(page)} px too wide")
    return found


def test_what_an_officer_opens(open_as: Open, transactional_db: None) -> None:
    world = World()
    round = world.opened()
    run_effects()
    failed, held_up, *_ = Effect.objects.filter(task="rounds.invite_participation")
    Effect.objects.filter(pk=failed.pk).update(
        state="failed", ended_at=timezone.now(), error="SMTPServerDisconnected: " + "x" * 200
    )
    Effect.objects.filter(pk=held_up.pk).update(
        state="waiting",
        ended_at=None,
        hold_ups=1,
        error="The mail server cannot be reached: Connection refused.",
    )
    invite_person(
        "a.very.long.address.indeed@an-authority-with-a-long-name.example.org",
        "Nell Newcomer",
        Role.REVIEWER,
        authority=world.authorities[0],
        by=world.officer,
    )
    page = open_as(world.officer)
    for path in (
        "/",
        "/people",
        f"/people/{world.chair.memberships.get().pk}/end",
        "/account",
        "/authorities",
        f"/authorities/{world.authorities[0].pk}",
        f"/rounds/{round.pk}/messages",
        f"/rounds/{round.pk}/history?saves=1",
        "/password/change",
        "/sign-out",
        "/no-such-page",
    ):
        page.goto(path)
        assert fault(page) == [], path
    page.goto("/people/invite")
    assert fault(page) == []
    page.get_by_role("button", name="Send the invitation").click()
    page.locator(".govuk-error-summary:focus").wait_for()  # fails where focus never gets there
    assert fault(page) == []


def test_what_others_find_at_home(open_as: Open, transactional_db: None) -> None:
    world = World()
    letter = world.letter_issued()
    challenge = letter.challenge
    for user in (
        world.chair,
        world.approver,
        world.director_of(challenge.host_authority),
        world.lead_of(challenge),
    ):
        page = open_as(user)
        page.goto("/")
        assert fault(page) == []


def test_what_a_stranger_opens(open_as: Open, transactional_db: None) -> None:
    cache.clear()
    world = World()
    invite_person(
        "new@example.org", "Nell", Role.REVIEWER, authority=world.authorities[0], by=world.officer
    )
    run_effects()
    invitation = re.search(r"http\S+?(/invitations/\S+)", mail.outbox[-1].body)[1]
    page = open_as(None)
    for path in (
        "/sign-in",
        "/password/reset",
        "/password/reset/sent",
        "/password/reset/1-abc",
        "/help",
        "/accessibility",
        "/privacy",
        invitation,
        "/invitations/unknown",
    ):
        page.goto(path)
        assert fault(page) == [], path
    page.goto("/sign-in")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.title().startswith("Error: Sign in")
    assert fault(page) == []


def test_an_invitation_is_accepted_by_keyboard_alone(open_as: Open, transactional_db: None) -> None:
    cache.clear()
    world = World()
    invite_person(
        "new@example.org", "Nell", Role.REVIEWER, authority=world.authorities[0], by=world.officer
    )
    run_effects()
    page = open_as(None)
    page.goto(re.search(r"http\S+?(/invitations/\S+)", mail.outbox[-1].body)[1])
    page.get_by_label("Choose a password").focus()
    page.keyboard.type("three odd words")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert page.get_by_text("Welcome. Your role: Reviewer").is_visible()
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
