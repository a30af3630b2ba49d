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
from django.conf import settings
from django.db import InterfaceError, connection, transaction
from django.db import OperationalError as DatabaseGone
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as BrokerGone

from peerchallenge.audit.actions import Actor, record
from peerchallenge.outbox import alone
from peerchallenge.outbox.models import Effect, EffectState
from peerchallenge.shared.mail import NotSent

log = logging.getLogger(__name__)

# A failure is the effect's own: it raised an error, or was stopped for its time or memory.
# An interruption is not: the worker was killed under it, or the database went away.
# Nor is a hold-up: the mail server is away, or takes nothing for now.
MOST_FAILURES, MOST_INTERRUPTIONS = 3, 10
# But an effect may have killed its worker. After so many it shows which, in a process of its own.
INTERRUPTIONS_BEFORE_ALONE = 2

# A ring may be lost: the sweeper rings again after so long, for the oldest of those that wait.
# Were it to ring for all, the queue would fill with rings faster than a worker can answer.
RING_AGAIN = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS / 3)
OLDEST = 200
# An attempt that failed rests longer each time.
REST = {1: RING_AGAIN, 2: timedelta(minutes=5)}
REST_AFTER_INTERRUPTION = timedelta(seconds=5)
# What is held up rests longer and longer, at last an hour, for two days in all.
REST_AFTER_HOLD_UPS = [
    RING_AGAIN,
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)),
    *[timedelta(hours=1)] * 47,
]

TOOK_TOO_LONG = "It took longer than the time allowed."
TOOK_TOO_MUCH = "It needed more memory than is allowed."


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
    except (BrokerGone, OSError) as error:
        log.warning("effect %s waits for the sweeper: %s", effect_id, error)


def sweep() -> int:
    """Ring for the oldest effects that are due and were not rung for of late; how many."""
    now = timezone.now()
    rested = Q(attempts=0) | Q(sweep_after__lt=now)
    oldest = Effect.objects.due().filter(rested).order_by("promised_at")[:OLDEST]
    missed = [pk for pk, after in oldest.values_list("pk", "sweep_after") if after < now]
    Effect.objects.filter(pk__in=missed).update(sweep_after=now + RING_AGAIN)
    for effect_id in missed:
        ring(effect_id)
    return len(missed)


def run(effect_id: int) -> bool:
    """Take the effect, count the attempt, do it, and write down how it ended.

    False: it was stopped half-way and may still be at it in a thread, so end this process.
    """
    effect = _take(effect_id)
    if effect is None:
        return True
    if effect.interruptions >= INTERRUPTIONS_BEFORE_ALONE:
        _watch(effect)
        return True
    return perform(effect)


def perform(effect: Effect) -> bool:
    """Do an effect that is taken; the answer is that of `run`."""
    try:
        _function(effect.task)(effect.argument)
    except SoftTimeLimitExceeded:
        _fail(effect, TOOK_TOO_LONG, rest=RING_AGAIN)
        return False
    except MemoryError:
        _fail(effect, TOOK_TOO_MUCH, rest=RING_AGAIN)
    except NotSent as error:
        log.warning("effect %s: %s", effect, error)
        if error.may_pass:
            _hold_up(effect, str(error))
        else:
            _fail(effect, str(error), again=not error.would_fail_again)
    # Not asked of the connection: leaving a transaction, Django has made a new one by now.
    except (DatabaseGone, InterfaceError) as error:
        log.exception("effect %s interrupted", effect)
        connection.close_if_unusable_or_obsolete()
        _interrupt(effect, f"{type(error).__name__}: {error}")
    except Exception as error:  # whatever went wrong belongs to the effect, not to the worker
        log.exception("effect %s failed", effect)
        again = not getattr(error, "would_fail_again", False)
        _fail(effect, f"{type(error).__name__}: {error}", again=again)
    else:
        _end(effect, EffectState.DONE, error="")
    return True


@transaction.atomic
def retry(effect: Effect, *, by: Actor) -> Effect:
    """Give a failed effect its attempts back."""
    effect = Effect.objects.select_for_update().get(pk=effect.pk)
    if effect.state == EffectState.FAILED:
        effect.state, effect.ended_at = EffectState.WAITING, None
        effect.attempts = effect.interruptions = effect.hold_ups = 0
        effect.save(update_fields=["state", "attempts", "interruptions", "hold_ups", "ended_at"])
        record("effect.retried", effect, by=by)
        transaction.on_commit(lambda: ring(effect.pk))
    return effect


@transaction.atomic
def _take(effect_id: int) -> Effect | None:
    """The attempt is committed before it starts, so one that kills its process still counts."""
    effect = Effect.objects.due().select_for_update(skip_locked=True).filter(pk=effect_id).first()
    if effect is None:
        return None
    if effect.state == EffectState.RUNNING:  # its lease ran out
        _interrupt(effect, "Its worker was stopped while it ran.")
        if effect.interruptions >= MOST_INTERRUPTIONS:
            return None
    effect.state, effect.started_at = EffectState.RUNNING, timezone.now()
    effect.attempts += 1
    effect.save(update_fields=["state", "started_at", "attempts"])
    return effect


def _watch(effect: Effect) -> None:
    """Should the process of its own die while this one lives, the effect is what kills workers:
    then the attempts that seemed to be interrupted were failures too."""
    try:
        error = alone.run(effect.pk, effect.attempts)
    except SoftTimeLimitExceeded:
        error = TOOK_TOO_LONG
    if error:
        effect.interruptions = 0
        _fail(effect, error, rest=RING_AGAIN)


def _fail(effect: Effect, error: str, *, rest: timedelta | None = None, again: bool = True) -> None:
    """It failed by itself: to be tried again after a rest, or put aside."""
    if again and effect.failures < MOST_FAILURES:
        _end(
            effect,
            EffectState.WAITING,
            error=error,
            rest=rest or REST[effect.failures],
        )
    else:
        _end(effect, EffectState.FAILED, error=error)


def _interrupt(effect: Effect, error: str) -> None:
    """No fault of its own: once more in a moment, when what it needs may be back."""
    effect.interruptions += 1
    if effect.interruptions < MOST_INTERRUPTIONS:
        _end(effect, EffectState.WAITING, error=error, rest=REST_AFTER_INTERRUPTION)
    else:
        error = f"It was interrupted {effect.interruptions} times, the last time so: {error}"
        _end(effect, EffectState.FAILED, error=error)


def _hold_up(effect: Effect, error: str) -> None:
    """It waits with its reason until what it needs is back."""
    effect.hold_ups += 1
    if effect.hold_ups <= len(REST_AFTER_HOLD_UPS):
        rest = REST_AFTER_HOLD_UPS[effect.hold_ups - 1]
        _end(effect, EffectState.WAITING, error=error, rest=rest)
    else:
        error = f"It was held up for two days, the last time so: {error}"
        _end(effect, EffectState.FAILED, error=error)


def _end(effect: Effect, state: EffectState, *, error: str, rest: timedelta = RING_AGAIN) -> None:
    now = timezone.now()
    # Only the attempt that is current may end it: a worker given up for dead may yet speak.
    Effect.objects.filter(pk=effect.pk, attempts=effect.attempts, state=EffectState.RUNNING).update(
        state=state,
        error=error,
        interruptions=effect.interruptions,
        hold_ups=effect.hold_ups,
        ended_at=None if state == EffectState.WAITING else now,
        sweep_after=now + rest,
    )


def _function(task: str) -> Callable[[int], None]:
    app, name = task.split(".")
    function: Callable[[int], None] = import_string(f"{app}.tasks.{name}")
    return function
