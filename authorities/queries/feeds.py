"""Whose calendar a secret address belongs to."""

from __future__ import annotations

from authorities.models import CalendarFeed


def feed_at(token: str) -> CalendarFeed | None:
    """None where nobody's has it, it was taken back, or they may no longer sign in."""
    return CalendarFeed.objects.with_token(token).select_related("user").first()
