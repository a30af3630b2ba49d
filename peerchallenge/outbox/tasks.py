from celery import shared_task

from peerchallenge.outbox import actions


@shared_task(name="outbox.run", ignore_result=True)
def run(effect_id: int) -> None:
    if not actions.run(effect_id):
        raise SystemExit(1)  # Celery puts another process in the place of this one


@shared_task(name="outbox.sweep", ignore_result=True)
def sweep() -> None:
    actions.sweep()
