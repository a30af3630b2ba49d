from django.urls import URLPattern

templates: list[URLPattern] = []
