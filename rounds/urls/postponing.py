from __future__ import annotations

from django.urls import URLPattern

postponing: list[URLPattern] = []
