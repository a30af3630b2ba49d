from __future__ import annotations

from django.urls import URLPattern

scope: list[URLPattern] = []
