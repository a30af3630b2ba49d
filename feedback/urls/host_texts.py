from django.urls import URLPattern

host_texts: list[URLPattern] = []
