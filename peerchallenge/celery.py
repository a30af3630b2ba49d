import os

from celery import Celery

from peerchallenge.outbox import folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")

folder.install()
app = Celery("peerchallenge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["peerchallenge.outbox", "rounds", "feedback"])
