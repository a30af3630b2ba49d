from __future__ import annotations

from django.urls import URLPattern, path

from rounds.views import releases as views

HERE = "challenges/<key:pk>/timetable"
VERSION = f"{HERE}/versions/<key:number>"

releases: list[URLPattern] = [
    path(f"{HERE}/release", views.timetable_release, name="timetable_release"),
    path(VERSION, views.timetable_version, name="timetable_version"),
    path(f"{VERSION}/<slug:kind>.pdf", views.timetable_pdf, name="timetable_pdf"),
]
