from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import sessions
from rounds.views import timetable as views

HERE = "challenges/<key:pk>/timetable"
ONE = f"{HERE}/sessions/<key:session>"

timetable: list[URLPattern] = [
    path(HERE, views.challenge_timetable, name="challenge_timetable"),
    path(f"{HERE}/start", views.timetable_start, name="timetable_start"),
    path(f"{HERE}/copy-day", views.timetable_copy_day, name="timetable_copy_day"),
    path(f"{HERE}/follow-days", views.timetable_follow_days, name="timetable_follow_days"),
    path(f"{HERE}/settings", views.timetable_settings, name="timetable_settings"),
    path(f"{HERE}/sessions/new", sessions.session_add, name="session_add"),
    path(ONE, sessions.session_change, name="session_change"),
    path(f"{ONE}/move", sessions.session_move, name="session_move"),
    path(f"{ONE}/move-rest", sessions.timetable_move_rest, name="timetable_move_rest"),
    path(f"{ONE}/remove", sessions.session_remove, name="session_remove"),
]
