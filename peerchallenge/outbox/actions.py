"""Promise an effect, run it, ring again for what was missed.

PostgreSQL is the queue and Celery's broker only its doorbell: a message carries an
Effect's id, and may be lost or doubled freely.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from peerchallenge.audit.actions import Actor, record
from peerchallenge.outbox.models import Effect, EffectState

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# A ring may be lost. The sweeper leaves this long before it rings again, and a failed
# attempt rests longer each time, so that a mail server may come back.
RING_AGAIN = timedelta(seconds=20)
REST = {1: timedelta(seconds=20), 2: timedelta(minutes=5)}


def promise(task: str, argument: int) -> Effect:
    """Let `task(argument)` happen once the caller's transaction has committed.

    `task` is "app.function" and names a function in that app's `tasks` module.
    """
    _function(task)
    effect = Effect.objects.create(
        task=task, argument=argument, sweep_after=timezone.now() + RING_AGAIN
    )
    transaction.on_commit(lambda: ring(effect.pk))
    return effect


def ring(effect_id: int) -> None:
    """Tell the workers; a broker that is down is no reason to fail, the sweeper rings again."""
    try:
        current_app.send_task("outbox.run", args=[effect_id], retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("effect %s waits for the sweeper: %s", effect_id, error)


def sweep() -> int:
    """Ring for every effect that is due; how many there were."""
    now = timezone.now()
    missed = Effect.objects.due().filter(sweep_after__lt=now).order_by("promised_at")
    due = list(missed.values_list("pk", flat=True)[:500])
    Effect.objects.filter(pk__in=due).update(sweep_after=now + RING_AGAIN)
    for effect_id in due:
        ring(effect_id)
    return len(due)


def run(effect_id: int) -> None:
    """Take the effect, count the attempt, do it, and write down how it ended."""
    effect = _take(effect_id)
    if effect is None:
        return
    try:
        _function(effect.task)(effect.argument)
    except SoftTimeLimitExceeded:
        _end(effect, error="It took longer than the time allowed.")
    except Exception as error:  # whatever went wrong belongs to the effect, not to the worker
        log.exception("effect %s failed", effect)
        _end(effect, error=f"{type(error).__name__}: {error}")
    else:
        _end(effect, error="")


@transaction.atomic
def retry(effect: Effect, *, by: Actor) -> Effect:
    """Give a failed effect its attempts back."""
    effect = Effect.objects.select_for_update().get(pk=effect.pk)
    if effect.state == EffectState.FAILED:
        effect.state, effect.attempts, effect.ended_at = EffectState.WAITING, 0, None
        effect.save(update_fields=["state", "attempts", "ended_at"])
        record("effect.retried", effect, by=by)
        transaction.on_commit(lambda: ring(effect.pk))
    return effect


@transaction.atomic
def _take(effect_id: int) -> Effect | None:
    """The attempt is committed before it starts, so one that kills its process still counts."""
    effect = Effect.objects.due().select_for_update(skip_locked=True).filter(pk=effect_id).first()
    if effect is None:
        return None
    if effect.attempts >= MOST_ATTEMPTS:
        _end(effect, error=effect.error or "Its worker was stopped while it ran, three times.")
        return None
    effect.state = EffectState.RUNNING
    effect.attempts += 1
    effect.started_at = timezone.now()
    effect.save(update_fields=["state", "attempts", "started_at"])
    return effect


def _end(effect: Effect, *, error: str) -> None:
    """Done; or, after an error, waiting for the next attempt or put aside."""
    if not error:
        state = EffectState.DONE
    elif effect.attempts < MOST_ATTEMPTS:
        state = EffectState.WAITING
    else:
        state = EffectState.FAILED
    over = state in {EffectState.DONE, EffectState.FAILED}
    now = timezone.now()
    # Only the attempt that is current may end it: a worker given up for dead may yet speak.
    Effect.objects.filter(pk=effect.pk, attempts=effect.attempts).exclude(
        state__in=[EffectState.DONE, EffectState.FAILED]
    ).update(
        state=state,
        error=error,
        ended_at=now if over else None,
        sweep_after=now + REST.get(effect.attempts, RING_AGAIN),
    )


def _function(task: str) -> Callable[[int], None]:
    app, name = task.split(".")
    function: Callable[[int], None] = import_string(f"{app}.tasks.{name}")
    return function
