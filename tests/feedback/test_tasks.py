from django.conf import settings

from peerchallenge.celery import app


def test_the_clock_calls_only_what_a_worker_knows() -> None:
    app.loader.import_default_modules()
    called = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "feedback.count_silence_as_agreement" in called
    assert called - set(app.tasks) == set()
