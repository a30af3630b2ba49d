"""The site as gunicorn loads it before it forks: its children are killed too often to warm up."""

from django.template.loader import get_template
from django.urls import get_resolver

from peerchallenge.wsgi import application

__all__ = ["application"]

assert get_resolver().url_patterns
get_template("rounds/self_assessment_saved.html")
