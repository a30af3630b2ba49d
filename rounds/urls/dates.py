from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import date_rules as rules
from rounds.views import dates as days
from rounds.views import objecting, visits

dates: list[URLPattern] = [
    path("rounds/<key:pk>/visits", visits.round_visits, name="round_visits"),
    path("rounds/<key:pk>/visits/send", visits.round_visits_send, name="round_visits_send"),
    path(
        "rounds/<key:pk>/visits/progress", days.round_visits_progress, name="round_visits_progress"
    ),
    path("rounds/<key:pk>/visits/found", days.round_visits_found, name="round_visits_found"),
    path("rounds/<key:pk>/visits/rules", rules.round_visits_rules, name="round_visits_rules"),
    path("challenges/<key:pk>/days", days.challenge_days, name="challenge_days"),
    path(
        "challenges/<key:pk>/days/object",
        objecting.challenge_days_object,
        name="challenge_days_object",
    ),
    path("date-objections/<key:pk>", objecting.date_objection, name="date_objection"),
]
