from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import pool, seats
from rounds.views import teams as views

teams: list[URLPattern] = [
    path("reviewers", pool.reviewers, name="reviewers"),
    path("reviewers.xlsx", pool.reviewers_xlsx, name="reviewers_xlsx"),
    path("reviewers/training", pool.reviewers_training, name="reviewers_training"),
    path("reviewers/<key:pk>", pool.reviewer, name="reviewer"),
    path("rounds/<key:pk>/teams", views.round_teams, name="round_teams"),
    path("rounds/<key:pk>/teams.xlsx", views.round_teams_xlsx, name="round_teams_xlsx"),
    path("rounds/<key:pk>/teams/propose", views.round_teams_propose, name="round_teams_propose"),
    path("rounds/<key:pk>/teams/ask", views.round_teams_ask, name="round_teams_ask"),
    path("rounds/<key:pk>/teams/seats", views.round_seats, name="round_seats"),
    path("challenges/<key:pk>/team", seats.challenge_team, name="challenge_team"),
    path(
        "challenges/<key:pk>/team/<key:member>/end",
        seats.challenge_team_end,
        name="challenge_team_end",
    ),
    path("challenges/<key:pk>/seats/<slug:seat>", seats.seat_candidates, name="seat_candidates"),
    path("seats/<key:pk>", seats.seat, name="seat"),
    path("seats/<key:pk>/accept", seats.seat_accept, name="seat_accept"),
    path("seats/<key:pk>/decline", seats.seat_decline, name="seat_decline"),
    path("seats/<key:pk>/withdraw", seats.seat_withdraw, name="seat_withdraw"),
    path("seats/<key:pk>/lock", seats.seat_lock, name="seat_lock"),
]
