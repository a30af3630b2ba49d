"""A visit that is put off, and the days it is offered instead."""

from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import postponing as views
from rounds.views import replacing

postponing: list[URLPattern] = [
    path("challenges/<key:pk>/cancel", replacing.challenge_cancel, name="challenge_cancel"),
    path("challenges/<key:pk>/postpone", views.challenge_postpone, name="challenge_postpone"),
    path("challenges/<key:pk>/replace", replacing.challenge_replace, name="challenge_replace"),
    path("challenges/<key:pk>/dates", views.challenge_dates, name="challenge_dates"),
    path(
        "challenges/<key:pk>/dates/choose",
        views.challenge_dates_choose,
        name="challenge_dates_choose",
    ),
    path(
        "challenges/<key:pk>/dates/again", views.challenge_dates_again, name="challenge_dates_again"
    ),
]
