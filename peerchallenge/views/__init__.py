from peerchallenge.views.calendars import calendar_feed
from peerchallenge.views.demo import demo_mail
from peerchallenge.views.errors import (
    bad_request,
    forbidden,
    not_found,
    server_error,
    token_missing,
)
from peerchallenge.views.frame import page_frame
from peerchallenge.views.pages import accessibility, healthy, help_page, home, privacy
from peerchallenge.views.places import authorities, authority
from peerchallenge.views.region_days import authority_calendar, region_calendar
from peerchallenge.views.rounds import effect_retry, round_history, round_messages

__all__ = [
    "accessibility",
    "authorities",
    "authority",
    "authority_calendar",
    "bad_request",
    "calendar_feed",
    "demo_mail",
    "effect_retry",
    "forbidden",
    "healthy",
    "help_page",
    "home",
    "not_found",
    "page_frame",
    "privacy",
    "region_calendar",
    "round_history",
    "round_messages",
    "server_error",
    "token_missing",
]
