from django.urls import URLPattern

releasing: list[URLPattern] = []
