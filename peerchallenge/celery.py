import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from peerchallenge.outbox import alone, folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")

folder.install()
app = Celery("peerchallenge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["peerchallenge.outbox", "rounds", "feedback"])


@worker_process_init.connect  # type: ignore[untyped-decorator] # Celery has no other place for it
def limit_memory(**kwargs: Any) -> None:
    alone.limit_memory()
