"""The demo's past: its acts happen weeks ago, so that every date on a page makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from peerchallenge.outbox.actions import run
from peerchallenge.outbox.models import Effect, EffectState

# Read before anything else: `at` puts another clock in its place for a while.
real_now = timezone.now


@contextmanager
def at(day: date, hour: int = 10, minute: int = 0) -> Iterator[datetime]:
    """Do what follows as if it were then, never later than now, with its mail and PDFs."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    started = real_now()
    moment = min(moment, started - timedelta(minutes=5))
    # The one place that does this: Django reads its clock through this name, and the demo is
    # built by a command of its own, alone in its process.
    timezone.now = lambda: moment + (real_now() - started)
    try:
        yield moment
        run_effects()
    finally:
        timezone.now = real_now


def run_effects() -> None:
    """Keep every promise made so far; what fails is left to the worker."""
    tried: set[int] = set()
    while (
        waiting := set(
            Effect.objects.filter(state=EffectState.WAITING).values_list("pk", flat=True)
        )
        - tried
    ):
        for effect_id in sorted(waiting):
            run(effect_id)
        tried |= waiting
