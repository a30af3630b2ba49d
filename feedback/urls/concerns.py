from django.urls import URLPattern

concerns: list[URLPattern] = []
