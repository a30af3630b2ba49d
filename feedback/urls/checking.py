from django.urls import URLPattern

checking: list[URLPattern] = []
