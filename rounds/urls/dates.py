from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import visits

dates: list[URLPattern] = [
    path("rounds/<key:pk>/visits", visits.round_visits, name="round_visits"),
    path("rounds/<key:pk>/visits/send", visits.round_visits_send, name="round_visits_send"),
    path("challenges/<key:pk>/days", visits.challenge_days, name="challenge_days"),
]
