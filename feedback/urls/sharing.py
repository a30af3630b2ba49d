from django.urls import URLPattern

sharing: list[URLPattern] = []
