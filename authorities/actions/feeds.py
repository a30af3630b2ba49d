"""The secret address from which a person's own calendar reads their visits."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from authorities.models import CalendarFeed, User
from authorities.models.people import hash_of
from peerchallenge.audit.actions import record

# A calendar asks all day long; when it last did is known to the quarter of an hour.
READ_NOTED_EVERY = timedelta(minutes=15)


class AddressInUse(Exception):
    """A calendar reads from the address made since this person's page was drawn."""

    def __init__(self, feed: CalendarFeed) -> None:
        super().__init__("the address is in use")
        self.feed = feed


@transaction.atomic
def make_calendar_feed(*, seen: int | None = None, by: User) -> str:
    """Their new address's token, which nobody can be told again; the earlier one stops working.

    `seen`: the feed that was on the page, 0 for none. Raises AddressInUse where another has been
    made since and a calendar has read it: loading a page again takes nobody's calendar away.
    """
    by = User.objects.select_for_update().get(pk=by.pk)
    now = by.feeds.current().first()
    if now and now.read_at and seen is not None and seen != now.pk:
        raise AddressInUse(now)
    if now:
        _revoke(now)
    token = secrets.token_urlsafe(32)
    feed = by.feeds.create(token_hash=hash_of(token))
    record("calendar_feed.made", feed, by=by)
    return token


@transaction.atomic
def revoke_calendar_feed(*, by: User) -> CalendarFeed | None:
    """From the next time a calendar asks, it finds nothing there; None where there was none."""
    by = User.objects.select_for_update().get(pk=by.pk)
    now = by.feeds.current().first()
    if now:
        _revoke(now)
        record("calendar_feed.revoked", now, by=by)
    return now


def note_feed_read(feed: CalendarFeed) -> None:
    """A calendar has asked. Not kept in the record: it asks every few hours for years."""
    now = timezone.now()
    if feed.read_at is None or now - feed.read_at >= READ_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


def _revoke(feed: CalendarFeed) -> None:
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
