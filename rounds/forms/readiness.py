from __future__ import annotations

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm


class DespiteForm(GovForm):
    """Why a visit goes ahead although something is open."""

    submit_label = "Call it ready all the same"
    reason = LongTextField(
        label="Why does the visit go ahead all the same?",
        help_text="It stays on the page of the challenge, where both sides read it.",
        max_words=120,
        rows=3,
        threshold=75,
    )
    look = {"reason": {"noun": "why it goes ahead"}}
