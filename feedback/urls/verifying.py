from django.urls import URLPattern

verifying: list[URLPattern] = []
