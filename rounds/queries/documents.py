"""Where the PDF of a self-assessment stands."""

from __future__ import annotations

from peerchallenge.outbox.models import Effect, EffectState
from rounds.models import SentVersion

UNSENT, MAKING, FAILED = "unsent", "making", "failed"
RENDERING = "rounds.render_self_assessment"


def pdf_stands(version: SentVersion | None) -> str:
    """Why it is not there: nothing was sent, it is being made, or it could not be made."""
    if version is None:
        return UNSENT
    last = Effect.objects.of(RENDERING, [version.pk]).order_by("-pk").first()
    return FAILED if last and last.state == EffectState.FAILED else MAKING
