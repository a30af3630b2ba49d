# Celery's app must be known before any task is sent, also from the web process.
from peerchallenge.celery import app as celery_app

__all__ = ["celery_app"]
