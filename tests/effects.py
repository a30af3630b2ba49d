"""What a worker would do, at once and in this process."""

from __future__ import annotations

from peerchallenge.outbox.actions import run
from peerchallenge.outbox.models import Effect, EffectState


def run_effects() -> None:
    """What a worker would do: run every waiting effect, and what those promise, once each."""
    seen: set[int] = set()
    while waiting := [
        pk
        for pk in Effect.objects.filter(state=EffectState.WAITING).values_list("pk", flat=True)
        if pk not in seen
    ]:
        for pk in sorted(waiting):
            seen.add(pk)
            run(pk)
