from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import challenges

teams: list[URLPattern] = [
    path("challenges/<key:pk>/team", challenges.challenge_team, name="challenge_team"),
    path(
        "challenges/<key:pk>/team/<key:member>/end",
        challenges.challenge_team_end,
        name="challenge_team_end",
    ),
]
