"""A person's secret address for calendars: made, shown once, replaced and taken back."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities import actions
from authorities.actions.feeds import AddressInUse
from authorities.models import CalendarFeed, User
from authorities.models.people import hash_of
from peerchallenge.audit.actions import history_of
from tests.factories import UserFactory

HERE = "/account/calendar"


@pytest.fixture
def ann(db: None) -> User:
    return UserFactory(name="Ann Field")


@pytest.fixture
def browser(ann: User) -> Client:
    client = Client()
    client.force_login(ann)
    return client


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def token_on(page: str) -> str:
    return re.search(r"/calendar/([\w-]+)\.ics", page)[1]


def test_the_page_says_what_it_is_before_there_is_any(browser: Client) -> None:
    page = words(browser.get(HERE))
    assert "You have no address at the moment." in page
    assert "Make my address" in page
    assert "Take the address back" not in page
    for calendar in ("Outlook", "Google Calendar", "Apple Calendar"):
        assert f">{calendar}</h3>" in page


def test_a_new_address_is_shown_once_and_just_its_hash_is_kept(browser: Client, ann: User) -> None:
    page = words(browser.post(HERE, {"seen": 0}))
    token = token_on(page)
    assert "Copy your address now" in page
    assert f"webcal://localhost:8000/calendar/{token}.ics" in page
    feed = ann.feeds.get()
    assert feed.token_hash == hash_of(token)
    assert token not in str(vars(feed))
    again = words(browser.get(HERE))
    assert token not in again
    assert "Copy your address now" not in again
    assert "No calendar has read it yet" in again


def test_another_address_replaces_the_one_before(browser: Client, ann: User) -> None:
    first = token_on(words(browser.post(HERE, {"seen": 0})))
    second = token_on(words(browser.post(HERE, {"seen": ann.feeds.get().pk})))
    assert first != second
    assert not CalendarFeed.objects.with_token(first).exists()
    assert CalendarFeed.objects.with_token(second).get().user == ann
    verbs = [event.verb for feed in ann.feeds.all() for event in history_of(feed)]
    assert verbs == ["calendar_feed.made", "calendar_feed.made"]


def test_pressing_twice_shows_an_address_that_works(browser: Client, ann: User) -> None:
    browser.post(HERE, {"seen": 0})
    token = token_on(words(browser.post(HERE, {"seen": 0})))
    assert CalendarFeed.objects.with_token(token).exists()
    assert ann.feeds.current().count() == 1


def test_loading_the_page_again_takes_no_calendar_away_that_reads_it(
    browser: Client, ann: User
) -> None:
    token = token_on(words(browser.post(HERE, {"seen": 0})))
    CalendarFeed.objects.update(read_at=timezone.now())
    again = words(browser.post(HERE, {"seen": 0}, follow=True))
    assert "Your address was made before and is in use: it stays as it is." in again
    assert CalendarFeed.objects.with_token(token).exists()
    with pytest.raises(AddressInUse):
        actions.make_calendar_feed(seen=0, by=ann)


def test_taking_it_back_twice_is_taking_it_back(browser: Client, ann: User) -> None:
    token = actions.make_calendar_feed(by=ann)
    page = words(browser.post(reverse("account_calendar_revoke"), follow=True))
    assert "Your address no longer works." in page
    assert not CalendarFeed.objects.with_token(token).exists()
    again = browser.post(reverse("account_calendar_revoke"), follow=True)
    assert "Your address no longer works." not in words(again)
    assert [event.verb for event in history_of(ann.feeds.get())] == [
        "calendar_feed.revoked",
        "calendar_feed.made",
    ]


@pytest.mark.parametrize("seen", ["", "nonsense", "-1", "9" * 30, "\0"])
def test_whatever_comes_as_what_was_seen_is_no_error(browser: Client, seen: str, ann: User) -> None:
    assert "Copy your address now" in words(browser.post(HERE, {"seen": seen}))


def test_everybody_sees_their_own_alone(browser: Client, ann: User) -> None:
    actions.make_calendar_feed(by=UserFactory())
    assert "You have no address at the moment." in words(browser.get(HERE))
    assert ann.feeds.count() == 0


def test_the_account_leads_there(browser: Client) -> None:
    assert HERE in words(browser.get("/account"))
