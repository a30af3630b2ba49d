"""What an authority was told last time."""

from __future__ import annotations

from feedback.models import Letter
from rounds.models import Participation


def last_letter(participation: Participation) -> Letter | None:
    """Issued to the same authority in an earlier round, in the version that counts."""
    round = participation.round
    return (
        Letter.objects.standing()
        .filter(
            challenge__host__authority=participation.authority_id,
            challenge__round__region=round.region_id,
            challenge__round__created_at__lt=round.created_at,
        )
        .defer("pdf")
        .order_by("-issued_on", "-pk")
        .first()
    )
